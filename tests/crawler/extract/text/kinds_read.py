"""Made articles, among them such as look like walls or lists; and made lists."""

import json
from collections.abc import Iterator

from archive.records import VerdictKind as Kind
from tests.crawler.extract.text.making import (
    BANNER,
    FLASH,
    GIVEN,
    MENU,
    SITE,
    STORY,
    WEBSITE,
    Made,
    article,
    cards,
    json_ld,
    links,
    made,
    page,
    paragraphs,
    state,
)

TEXTS = [{"type": "p", "html": f"{a} {b}"} for a, b in zip(STORY[::2], STORY[1::2], strict=True)]
DATA = {"props": {"article": {"headline": "Ferry runs again", "body": TEXTS}}}


def articles() -> Iterator[Made]:
    """Give articles: the plain ones, and those that are easily taken for something else."""
    kind = Kind.ARTICLE
    yield made("plain", kind, page(article()))
    yield made("flash declared", kind, page(FLASH, head=GIVEN))
    yield made("flash undeclared", kind, page(f"{MENU}{FLASH}"))
    yield made("flash beside links", kind, page(f"{MENU}{FLASH}<ul>{links(20)}</ul>", head=GIVEN))
    yield made(
        "flash with a subscriber's bar",
        kind,
        page(f"<header>Already a subscriber? Log in</header>{FLASH}", head=GIVEN),
    )
    yield made(
        "hundred related links", kind, page(f"{article()}<h2>More news</h2><ul>{links(100)}</ul>")
    )
    yield made("related cards", kind, page(article(paragraphs(0, 5)) + cards(12, tag="div")))
    yield made(
        "free by declaration, beside an offer",
        kind,
        page(
            article(paragraphs(0, 3))
            + "<div>Subscribe to continue reading our other stories.</div>",
            head=json_ld(
                **{"@type": "NewsArticle", "headline": "Ferry runs again"}, isAccessibleForFree=True
            ),
        ),
    )
    yield made(
        "not free by declaration, whole",
        kind,
        page(
            article(),
            head=json_ld(
                **{"@type": "NewsArticle", "headline": "Ferry runs again"},
                isAccessibleForFree=False,
            ),
        ),
    )
    yield made(
        "redirected to its other site", kind, page(article()), asked_url="https://go.example/x/7"
    )
    yield made("of a number", kind, page(article()), url=f"{SITE}/?p=1234")
    yield made(
        "chinese flash",
        kind,
        page(
            "<h1>渡轮恢复</h1><p>北方群岛的渡轮自周一早晨起恢复运行，发动机曾在十月拆下检修。</p>",
            head=GIVEN,
        ),
    )
    yield made(
        "arabic",
        kind,
        page(
            "<article><h1>عودة العبارة</h1><p>عادت العبارة إلى الجزر الشمالية صباح يوم الاثنين بعد "
            "إصلاح محركها في أكتوبر.</p><p>وقالت مديرة الميناء إنها لا تريد خريفا كهذا مرة أخرى.</p>"
            "</article>"
        ),
    )
    yield made(
        "press release of an institution",
        kind,
        page(
            f"{MENU}<table><tr><td><b>PRESS RELEASE No. 7/2024</b><br><br>{STORY[0]} {STORY[1]} "
            f"{STORY[2]}<br><br>{STORY[4]} {STORY[5]}</td></tr></table>",
            title="Press release",
        ),
        url=f"{SITE}/news/pressrelease.aspx?id=12",
    )
    yield made("in pre", kind, page(f"<pre>{chr(10).join(STORY)}</pre>"))
    yield made(
        "recipe",
        kind,
        page(
            "<h1>Mussel soup</h1><p>A soup of the islands, quick and cheap.</p><ul>"
            + "".join(
                f"<li>{n} {what}</li>"
                for n, what in enumerate(["kg mussels", "leeks", "onions"], 1)
            )
            + "</ul><ol><li>Brush the mussels under cold water and throw away the open ones.</li>"
            "<li>Sweat leeks and onions in butter until they are soft, then pour in the wine.</li>"
            "<li>Cook the mussels for five minutes with the lid on, and shake the pot twice.</li></ol>",
            title="Mussel soup",
            head=json_ld(**{"@type": "Recipe"}, name="Mussel soup"),
        ),
    )
    yield made(
        "forum thread",
        kind,
        page(
            "<h1>Ferry: has anybody got their money back?</h1>"
            + "".join(
                f'<div class="message"><a href="/user/{n}">Islander {n}</a><div class="message-body">'
                f"{STORY[n]} {STORY[n + 1]}</div></div>"
                for n in range(8)
            ),
            title="Ferry: has anybody got their money back? | Island forum",
        ),
        url=f"{SITE}/threads/ferry-money-back.2675/",
    )
    yield made(
        "question and answers",
        kind,
        page(
            f"<h1>Why does a ferry need two engines?</h1><div>{STORY[1]} Why is there no second "
            f"one?</div><h2>2 answers</h2><div>{STORY[4]} {STORY[5]}</div><div>{STORY[8]}</div>",
            title="Why does a ferry need two engines?",
            head=json_ld(**{"@type": "QAPage"}, name="Why does a ferry need two engines?"),
        ),
    )
    yield made(
        "ten beaches",
        kind,
        page(
            "<h1>Ten beaches that you should see</h1>"
            + "".join(
                f"<h2>{n}. Beach of bay {n}</h2><p>{STORY[n % 10]}</p>" for n in range(1, 11)
            ),
            title="Ten beaches that you should see",
        ),
    )
    yield made(
        "ten beaches with links",
        kind,
        page(
            "<h1>Ten beaches that you should see</h1>"
            + "".join(
                f'<h2><a href="https://b{n}.example/">{n}. Beach of the bay number {n}</a></h2>'
                f"<p>{STORY[n % 10]}</p>"
                for n in range(1, 11)
            ),
            title="Ten beaches that you should see",
            head=GIVEN,
        ),
    )
    yield made(
        "video with a text",
        kind,
        page(f"<video></video>{article()}", head=json_ld(**{"@type": "VideoObject"})),
    )
    yield made(
        "behind a pop-up to log in",
        kind,
        page(
            article(paragraphs(0, 4))
            + "<form><h2>Log in</h2><input type=email><input type=password></form>"
        ),
    )
    for name, shape in (
        ("onetrust", '<div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk">{}</div></div>'),
        ("didomi", '<div id="didomi-host"><div class="didomi-popup">{}</div></div>'),
        ("usercentrics", '<div id="usercentrics-root">{}</div>'),
        ("nameless", '<div class="x1">{}</div>'),
        ("dialog", '<div role="dialog" aria-label="Cookies">{}</div>'),
    ):
        yield made(
            f"under a {name} banner", kind, page(shape.format(BANNER) + article(paragraphs(0, 5)))
        )
        yield made(
            f"flash under a {name} banner", kind, page(shape.format(BANNER) + FLASH, head=GIVEN)
        )
    about = (
        (
            "cookies",
            "Accept all cookies? What the banners hide",
            "Whoever clicks “Accept all” lets hundreds of companies watch. By clicking “accept”, readers agree to things they never read, says the consumers' league. It asks that to reject must be as easy as to agree.",
        ),
        (
            "pages not found",
            "404: Page not found, a short history",
            "The error page turned thirty this week. The first was served by a computer in Geneva, and museums collect them today. The number stands for a client's error.",
        ),
        (
            "logging in",
            "Log in, sign in, register: why we hate passwords",
            "The average citizen of the islands keeps ninety passwords, a survey finds. Half of those asked use the same one everywhere, and a third write it on paper.",
        ),
        (
            "paywalls",
            "Subscribe to continue reading: newspapers and their walls",
            "Two thirds of the country's papers ask for money today. “Already a subscriber?” is the sentence that readers meet most often, a study by the university says.",
        ),
        (
            "robots",
            "Are you a robot? Captchas grow harder",
            "Verify that you are human: few orders are as annoying. Machines solve the riddles better than people by now, researchers of the university found in a test.",
        ),
        (
            "scripts",
            "Why so many sites require JavaScript",
            "Please enable JavaScript, says every tenth site to those who switched it off. A foundation counted how many public offices can be used without, and found nine.",
        ),
        (
            "names for sale",
            "This domain is for sale: the trade with names",
            "A dealer on the islands holds four thousand addresses. The dearest brought him a house. Most of them, he says, are never asked for by anybody at all.",
        ),
        (
            "works on a site",
            "Down for maintenance: the tax office's long night",
            "The office's site is to be closed on Saturday. We will be back soon, promised a spokeswoman; declarations can be handed in on paper until Monday.",
        ),
        (
            "ages",
            "Are you over 18? Shops must ask from March",
            "The new law asks sellers of wine to check the age of their customers. You must be 18 to buy, but until now a click was proof enough, the minister said.",
        ),
        (
            "an outage",
            "502 Bad Gateway: provider explains Tuesday's outage",
            "A faulty file took down a third of the country's sites for an hour. The provider apologised in a letter to its customers and promised to test in stages.",
        ),
        (
            "searching",
            "Search results for sale: court rules on advertising",
            "A search engine must say which of its results are paid for. The court found that half of those who were asked had taken them for the engine's own choice.",
        ),
    )
    for what, heading, text in about:
        yield made(
            f"about {what}",
            kind,
            page(f"{MENU}<h1>{heading}</h1><p>{text}</p><p>{STORY[5]}</p>", title=heading),
        )
        yield made(
            f"about {what}, declared",
            kind,
            page(article(f"<p>{text}</p>", heading=heading), title=heading, head=GIVEN),
        )
    yield made(
        "comments on a page not found",
        kind,
        page(
            article(paragraphs(0, 4))
            + '<div class="comments"><p>Your link says page not found!</p></div>'
        ),
    )
    next_data = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(DATA)}</script>'
    yield made("in __NEXT_DATA__", kind, state(next_data))
    for variable in (
        "window.__INITIAL_STATE__",
        "window.__APOLLO_STATE__",
        "window.__PRELOADED_STATE__",
    ):
        yield made(
            f"in {variable}", kind, state(f"<script>{variable} = {json.dumps(DATA)};</script>")
        )
    quoted = json.dumps(json.dumps(DATA))
    yield made(
        "in JSON.parse", kind, state(f"<script>window.__STATE__ = JSON.parse({quoted});</script>")
    )
    strings = ",".join(json.dumps(f"{a} {b}") for a, b in zip(STORY[::2], STORY[1::2], strict=True))
    yield made(
        "in __NUXT__ called",
        kind,
        state(
            "<script>window.__NUXT__=(function(a,b,c,d,e){return {data:[{body:[a,b,c,d,e]}],ok:true}}"
            f"({strings}));</script>"
        ),
    )
    flight = json.dumps(f'1a:["$","p",null,{{"children":{json.dumps(" ".join(STORY))}}}]\n')
    yield made("in __next_f", kind, state(f"<script>self.__next_f.push([1,{flight}])</script>"))
    yield made(
        "three glued",
        kind,
        page(
            article() + article(heading="Second story of the day") + article(heading="Third story")
        ),
    )
    yield made(
        "live blog",
        Kind.LIVE_BLOG,
        page(
            "<h1>Ferry: the day of the return, live</h1>"
            + "".join(f"<div><time>{8 + n}:15</time><p>{s}</p></div>" for n, s in enumerate(STORY)),
            head=json_ld(
                **{"@type": "LiveBlogPosting"}, headline="Ferry: the day of the return, live"
            ),
        ),
    )


def lists() -> Iterator[Made]:
    """Give pages of other articles' headlines."""
    kind = Kind.LIST
    yield made(
        "category of cards",
        kind,
        page(f"<h1>Islands</h1>{cards(12)}", title="Islands - The Paper"),
        url=f"{SITE}/category/islands/",
    )
    yield made(
        "tag page, long excerpts",
        kind,
        page(f"<h1>Tag: ferry</h1>{cards(10, excerpt=5)}", title="ferry Archives"),
        url=f"{SITE}/tag/ferry/",
    )
    yield made(
        "category of divs",
        kind,
        page(f"<h1>Islands</h1>{cards(12, tag='div')}", title="Islands", head=WEBSITE),
        url=f"{SITE}/islands/page/3",
    )
    yield made(
        "category that says article",
        kind,
        page(f"<h1>Islands</h1>{cards(12)}", title="Islands", head=GIVEN),
        url=f"{SITE}/category/islands/page/2/",
    )
    yield made(
        "blog of whole posts",
        kind,
        page(
            "".join(
                f'<article><h2><a href="/2024/{n}/post">Letter number {n} from the islands</a></h2>'
                f'<div class="entry-content">{paragraphs(n % 5, n % 5 + 5)}</div></article>'
                for n in range(6)
            ),
            title="Letters from the islands",
        ),
        url=f"{SITE}/blog/",
    )
    yield made(
        "front page",
        kind,
        page(f"{MENU}<ul>{links(30)}</ul>{cards(6)}", title="The Paper", head=WEBSITE),
        url=f"{SITE}/",
    )
    yield made(
        "front page of links",
        kind,
        page(f"<ul>{links(40)}</ul>", title="The Paper"),
        url=f"{SITE}/index.html",
    )
    yield made(
        "search results",
        kind,
        page(f"<h1>Search results for ferry</h1>{cards(8, tag='div')}", title="ferry - Search"),
        url=f"{SITE}/search?q=ferry",
    )
    yield made(
        "author's page",
        kind,
        page(
            f"<h1>Ida Strand</h1><p>{STORY[3]}</p>{cards(9)}",
            title="Ida Strand, Author",
            head=json_ld(**{"@type": "ProfilePage"}),
        ),
        url=f"{SITE}/author/ida-strand/",
    )
    rows = "".join(
        f'<tr><td>11/{n + 1:02}/2024</td><td><a href="/pr/{n}">Senator greets the islanders of bay {n}</a></td></tr>'
        for n in range(15)
    )
    yield made(
        "table of press releases",
        kind,
        page(
            f"<h1>Press Releases</h1><p>{STORY[0]}</p><table>{rows}</table>", title="Press Releases"
        ),
        url=f"{SITE}/newsroom/press-releases",
    )
    dated = "".join(
        f'<li><a href="/n/{n}">The islands and their ferry, part {n}</a> <span>{n + 1}.10.2024</span></li>'
        for n in range(12)
    )
    yield made(
        "dated links after an introduction",
        kind,
        page(f"<h1>News</h1><p>{STORY[2]} {STORY[4]}</p><ul>{dated}</ul>", title="News"),
        url=f"{SITE}/news/",
    )
    japanese = "".join(
        f'<li><a href="/news/{n}">北の島々へのフェリーが月曜日の朝から再び運航、{n}回目の点検を終えて</a>2024年10月{n + 1}日</li>'
        for n in range(15)
    )
    yield made(
        "japanese news",
        kind,
        page(f"<h1>新着記事</h1><ul>{japanese}</ul>", title="新着記事"),
        url=f"{SITE}/articles/page/9/",
    )
    yield made(
        "teasers in one link each",
        kind,
        page(
            "<h1>Islands</h1>"
            + "".join(
                f'<a href="/2024/{n}/s"><h3>The islands, report number {n}</h3><p>{STORY[n % 10]}</p></a>'
                for n in range(14)
            ),
            title="Islands",
        ),
        url=f"{SITE}/islands/",
    )
    yield made(
        "declared a collection",
        kind,
        page(
            f"<h1>Islands</h1><p>{STORY[2]}</p>{cards(12)}",
            head=json_ld(**{"@type": "CollectionPage"}, name="Islands"),
        ),
        url=f"{SITE}/islands/",
    )
