"""The publishers' pages: articles, fronts, other shapes of lists, feeds, robots.txt."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, timedelta
from email.utils import format_datetime
from html import escape
from itertools import islice

from tests.newsstand.answers import Answer, Request, html, moved, plain
from tests.newsstand.designs import MONTHS, Sheet, links, long_date, page
from tests.newsstand.oddities import Oddity
from tests.newsstand.pdfs import release
from tests.newsstand.publishers import PAPERS, PRESS_ROOM, PUBLISHERS, RELEASES
from tests.newsstand.world import World

ROBOTS = {
    "labnotes.example": "User-agent: *\nDisallow: /members/\n",
    PRESS_ROOM: "User-agent: *\nCrawl-delay: 1\nAllow: /\n",
}
FEED_HOST = "harbourbusiness.example"
SCRIPT_HOST = "dailyassay.example"
POSTS_AT_MOST = 100
FEED_AT_MOST = 4
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_HOST = "labnotes.example"
SHORT_MONTHS = tuple(month[:3] for month in MONTHS)


def answer(world: World, request: Request) -> Answer | None:
    """Answer for a publisher's host; None where it has no such page."""
    host, path = request.host, request.path
    if path == "/robots.txt":
        return plain(_robots(world, host))
    if path == "/":
        searched = host == NEWS_HOST and "s" in request.query
        return _search_feed(world, request) if searched else _front(world, host)
    if (host, path) == (FEED_HOST, "/consent"):
        back = request.query.get("back", "")
        return moved(back if re.match(r"/\w", back) else "/", cookie="consent=yes; Path=/")
    if paged := PAGED.get((host, path)):
        return paged(world, request)
    if make := LISTS.get((host, path)):
        return make(world)
    return _aside(world, request) or _article(world, request)


def newest(world: World, host: str, below: int | None = None) -> Iterator[int]:
    """Give the numbers of a publisher's readable articles, newest first."""
    top = world.count if below is None else below
    hidden = (Oddity.DEAD, Oddity.GONE, Oddity.LANDING, Oddity.LIST)
    for number in range(top - 1, -1, -1):
        if world.host(number) == host and world.oddity(number) not in hidden:
            yield number


def sheet(world: World, host: str, number: int, url: str | None = None) -> Sheet:
    """Lay out one article of a publisher; `url` takes the place of its own address."""
    shown = world.shows_date(host, number)
    plain_bytes = world.oddity(number) if host in PUBLISHERS else None
    return Sheet(
        story=world.story(host, number),
        publisher=PAPERS[host].name,
        url=url or _link(world, host, number),
        published=world.published(host, number) if shown else None,
        modified=world.modified(host, number) if shown else None,
        related=_related(world, host, number),
        charset=None if plain_bytes in (Oddity.LATIN1, Oddity.UNDECLARED) else "utf-8",
    )


def set_article(world: World, host: str, number: int) -> Answer:
    """Answer with an article's page."""
    laid = sheet(world, host, number)
    text = PAPERS[host].design(laid)
    changed = laid.modified or laid.published
    kind = world.oddity(number) if host in PUBLISHERS else None
    if kind is Oddity.PDF:
        day = long_date(world.published(host, number))
        body = release(laid.story.title, f"{laid.story.place}, {day}", laid.story.paragraphs)
        return Answer(body=body, type="application/pdf", changed=changed)
    if kind is Oddity.LATIN1:
        body = text.encode("cp1252", "xmlcharrefreplace")
        return Answer(body=body, type="text/html; charset=iso-8859-1", changed=changed)
    if kind is Oddity.UNDECLARED:
        body = text.encode("cp1252", "xmlcharrefreplace")
        return Answer(body=body, type="text/html", changed=changed)
    return html(text, changed=changed)


def _article(world: World, request: Request) -> Answer | None:
    number = world.locate(request.host, request.target)
    if number is None:
        return None
    match world.oddity(number) if request.host in PUBLISHERS else None:
        case Oddity.DEAD | Oddity.LANDING | Oddity.LIST:
            return None
        case Oddity.GONE:
            return html(page(title="Gone", head="", body="<h1>410 Gone</h1>"), status=410)
        case Oddity.CONSENT if "consent=yes" not in request.cookies:
            return html(_consent(request.target))
    return set_article(world, request.host, number)


def _aside(world: World, request: Request) -> Answer | None:
    """Answer for the pages that stand where an article was promised."""
    found = re.fullmatch(r"/(go|products|dossier)/(\d{1,9})", request.path)
    if not found or int(found[2]) >= world.count or world.host(int(found[2])) != request.host:
        return None
    number = int(found[2])
    match found[1], world.oddity(number):
        case "go", Oddity.REDIRECT:
            return moved(
                world.url(request.host, world.article_target(request.host, number)), status=301
            )
        case "products", Oddity.LANDING:
            return html(LANDING)
        case "dossier", Oddity.LIST:
            return html(_dossier(world, request.host))
    return None


def _related(world: World, host: str, number: int) -> tuple[tuple[str, str], ...]:
    """Give three older articles of the same house, found nearby."""
    near = newest(world, host, below=number) if host in PUBLISHERS else iter(range(number + 1, 99))
    chosen = (n for n in islice(near, 3) if n < world.extent(host))
    return tuple((world.first_title(host, n), _link(world, host, n)) for n in chosen)


def _link(world: World, host: str, number: int) -> str:
    return world.url(host, world.article_target(host, number))


def _robots(world: World, host: str) -> str:
    text = ROBOTS.get(host, "User-agent: *\nDisallow:\n")
    return f"{text}Sitemap: {world.url(host, '/sitemap.xml')}\n" if host == FEED_HOST else text


def _front(world: World, host: str) -> Answer:
    numbers = newest(world, host) if host in PUBLISHERS else iter(range(RELEASES))
    listed = tuple((world.first_title(host, n), _link(world, host, n)) for n in islice(numbers, 12))
    name = PAPERS[host].name
    body = f"<header><b>{name}</b></header><main><h1>{name}</h1><ul>{links(listed)}</ul></main>"
    heads = {
        FEED_HOST: '<link rel="alternate" type="application/rss+xml" href="/feed.xml">',
        NEWS_HOST: f'<link rel="https://api.w.org/" href="{world.url(NEWS_HOST, "/wp-json/")}">',
    }
    return html(page(title=name, head=heads.get(host, ""), body=body))


def _dossier(world: World, host: str) -> str:
    listed = tuple(
        (world.first_title(host, n), _link(world, host, n)) for n in islice(newest(world, host), 15)
    )
    body = f"<table><tr><td><h1>Dossier: science</h1><ul>{links(listed)}</ul></td></tr></table>"
    return page(title="Dossier: science - Polder Post", head="", body=body)


def _consent(target: str) -> str:
    body = f"""<div class="gate"><h1>Before you go on board</h1>
<p>Harbour Business and its 214 partners would like to keep cookies on your device, to measure
how you read and to show you advertisements that fit.</p>
<p>You can accept everything, or choose purpose by purpose.</p>
<form action="/consent"><input type="hidden" name="back" value="{escape(target)}">
<button>Accept all</button> <a href="/choices">Manage my choices</a></form></div>"""
    return page(title="Your privacy at Harbour Business", head="", body=body)


LANDING = page(
    title="Wire Reach Plus",
    head="",
    body="""<header><a href="/">Meridian Newswire</a></header>
<div class="hero"><h1>Wire Reach Plus</h1>
<p>Put your release in front of more desks.</p><a href="/buy">Start free trial</a></div>
<div class="plans"><div><h3>Basic</h3><p>$90 a month</p><a href="/buy?1">Choose</a></div>
<div><h3>Team</h3><p>$240 a month</p><a href="/buy?2">Choose</a></div></div>
<ul><li>Ten desks</li><li>Live dashboard</li><li>Cancel at any time</li></ul>""",
)


def _press_room(world: World) -> Answer:
    """Set a table of releases, with day-first dates in a column of their own."""
    rows = "\n".join(
        f"<tr><td>{world.published(PRESS_ROOM, n):%d/%m/%Y}</td>"
        f'<td><a href="{escape(_link(world, PRESS_ROOM, n))}">'
        f"{escape(world.first_title(PRESS_ROOM, n))}</a></td><td>PDF</td></tr>"
        for n in range(RELEASES)
    )
    body = f"""<div class="top"><a href="/">Quiet Shore Instruments</a></div><h1>Press room</h1>
<table class="releases"><thead><tr><th>Date</th><th>Release</th><th>File</th></tr></thead>
<tbody>{rows}</tbody></table>"""
    return html(page(title="Press room | Quiet Shore Instruments", head="", body=body))


def _in_the_news(world: World) -> Answer:
    """Set a list of what other papers wrote, with `<time>` and the paper's name."""
    every_fourth = (world.lead(n) for n in range(world.count - 1, -1, -4))
    elsewhere = (one for one in every_fourth if one.host != NEWS_HOST and one.oddity is None)
    items = "\n".join(
        f'<li class="e5"><time datetime="{lead.day}">{_short_day(lead.day)}</time>'
        f'<span class="outlet">{PUBLISHERS[lead.host].name}</span>'
        f'<a href="{escape(lead.article)}">'
        f"{escape(world.first_title(lead.host, lead.number))}</a></li>"
        for lead in islice(elsewhere, 10)
    )
    body = f"""<header><a href="/">Labnotes</a></header>
<main><h1>In the news</h1><ul>{items}</ul></main>"""
    text = page(title="In the news · Labnotes", head="", body=body)
    return html(text, changed=world.last_change())


def _short_day(day: date) -> str:
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def _feed(world: World) -> Answer:
    return _rss(world, FEED_HOST, islice(newest(world, FEED_HOST), 20), generator="Harbour Press")


def _rss(world: World, host: str, numbers: Iterable[int], *, generator: str) -> Answer:
    items = "".join(
        f"<item><title>{escape(world.story(host, n).title)}</title>"
        f"<link>{escape(_link(world, host, n))}</link>"
        f'<guid isPermaLink="false">{host.partition(".")[0]}-{n}</guid>'
        f"<pubDate>{format_datetime(world.published(host, n))}</pubDate>"
        f"<description>{escape(world.story(host, n).paragraphs[0])}</description></item>\n"
        for n in numbers
    )
    return plain(
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{PAPERS[host].name}</title><link>{world.url(host, '/')}</link>"
        f"<generator>{generator}</generator>"
        f"<description>The newest articles</description>\n{items}</channel></rss>\n",
        type="application/rss+xml; charset=utf-8",
    )


def _sitemap(world: World) -> Answer:
    entries = "".join(
        f"<url><loc>{escape(_link(world, FEED_HOST, n))}</loc>"
        f"<lastmod>{_lastmod(world, n)}</lastmod></url>\n"
        for n in islice(newest(world, FEED_HOST), 1000)
    )
    start = '<?xml version="1.0" encoding="utf-8"?>'
    text = f'{start}\n<urlset xmlns="{SITEMAPS}">\n{entries}</urlset>\n'
    return plain(text, type="application/xml")


def _json_feed(world: World) -> Answer:
    items = [
        {
            "id": f"assay-{n}",
            "url": _link(world, SCRIPT_HOST, n),
            "title": world.story(SCRIPT_HOST, n).title,
            "date_published": world.published(SCRIPT_HOST, n).isoformat(),
        }
        for n in islice(newest(world, SCRIPT_HOST), 20)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The Daily Assay"}
    return plain(json.dumps(feed | {"items": items}), type="application/feed+json")


def _drawn(world: World) -> Answer:
    """Set a list that a script draws; a feed stands behind it."""
    feed = world.url(SCRIPT_HOST, "/feed.json")
    head = f'<link rel="alternate" type="application/feed+json" title="Latest" href="{feed}">'
    body = """<div id="root"></div><noscript>Please enable JavaScript to read on.</noscript>
<script src="/assets/latest.js"></script>"""
    return html(page(title="Latest - The Daily Assay", head=head, body=body))


def _blog(world: World) -> Answer:
    """Set the newest few posts of a site that WordPress runs, and that says so."""
    items = "\n".join(
        f'<article><h2><a href="{escape(_link(world, NEWS_HOST, n))}">'
        f"{escape(world.story(NEWS_HOST, n).title)}</a></h2>"
        f"<time>{_short_day(world.published(NEWS_HOST, n).date())}</time></article>"
        for n in islice(newest(world, NEWS_HOST), 6)
    )
    interface = world.url(NEWS_HOST, "/wp-json/")
    head = f'<link rel="https://api.w.org/" href="{interface}">'
    return html(page(title="Blog · Labnotes", head=head, body=f"<main>{items}</main>"))


def _posts(world: World, request: Request) -> Answer:
    """Answer as WordPress' interface does; beyond its last page it has an error."""
    size = min(int(request.query.get("per_page", "10")), POSTS_AT_MOST)
    number = int(request.query.get("page", "1"))
    everything = _with_words(world, request.query.get("search", ""))
    pages = -(-len(everything) // size)
    if number > max(pages, 1):
        error = {"code": "rest_post_invalid_page_number", "data": {"status": 400}}
        return replace(plain(json.dumps(error), type="application/json"), status=400)
    chosen = everything[(number - 1) * size : number * size]
    answer = plain(json.dumps([_post(world, n) for n in chosen]), type="application/json")
    counts = (("X-WP-Total", str(len(everything))), ("X-WP-TotalPages", str(pages)))
    return replace(answer, headers=counts)


def _with_words(world: World, words: str) -> list[int]:
    """Give the posts whose title has all the words, as WordPress finds them."""
    wanted = words.casefold().split()
    return [
        n
        for n in newest(world, NEWS_HOST)
        if all(word in world.story(NEWS_HOST, n).title.casefold() for word in wanted)
    ]


def _search_feed(world: World, request: Request) -> Answer:
    """Set what the site's own search finds, as a feed."""
    found = _with_words(world, request.query["s"])
    return _rss(world, NEWS_HOST, islice(found, 10), generator="https://wordpress.org/")


def _blog_feed(world: World, request: Request) -> Answer | None:
    """Set a page of WordPress' feed; None beyond the last."""
    page_number = int(request.query.get("paged", "1"))
    start = (page_number - 1) * FEED_AT_MOST
    chosen = list(islice(newest(world, NEWS_HOST), start, start + FEED_AT_MOST))
    return _rss(world, NEWS_HOST, chosen, generator="https://wordpress.org/") if chosen else None


def _post(world: World, number: int) -> Mapping[str, object]:
    moment = world.published(NEWS_HOST, number)
    return {
        "id": number,
        "date": moment.replace(tzinfo=None).isoformat(),
        "date_gmt": moment.astimezone(UTC).replace(tzinfo=None).isoformat(),
        "link": _link(world, NEWS_HOST, number),
        "title": {"rendered": escape(world.story(NEWS_HOST, number).title)},
    }


def _news_sitemap(world: World) -> Answer:
    entries = "".join(
        f"<url><loc>{escape(_link(world, FEED_HOST, n))}</loc><news:news><news:publication>"
        f"<news:name>{PAPERS[FEED_HOST].name}</news:name><news:language>en</news:language>"
        "</news:publication><news:publication_date>"
        f"{world.published(FEED_HOST, n).isoformat()}</news:publication_date>"
        f"<news:title>{escape(world.story(FEED_HOST, n).title)}</news:title></news:news></url>\n"
        for n in islice(newest(world, FEED_HOST), 5)
    )
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    space = f'xmlns="{SITEMAPS}" xmlns:news="{news}"'
    return plain(f"<urlset {space}>\n{entries}</urlset>\n", type="application/xml")


def _sitemaps(world: World) -> Answer:
    """Set an index of sitemaps, the one that changed last in the middle."""
    changed = {
        "/sitemap.xml": world.today - timedelta(days=1),
        "/news-sitemap.xml": world.today,
        "/category-sitemap.xml": world.today,
    }
    parts = "".join(
        f"<sitemap><loc>{world.url(FEED_HOST, path)}</loc><lastmod>{day}</lastmod></sitemap>\n"
        for path, day in changed.items()
    )
    text = f'<sitemapindex xmlns="{SITEMAPS}">\n{parts}</sitemapindex>\n'
    return plain(text, type="application/xml")


def _lastmod(world: World, number: int) -> str:
    moment = world.modified(FEED_HOST, number) or world.published(FEED_HOST, number)
    return moment.isoformat()


LISTS: Mapping[tuple[str, str], Callable[[World], Answer]] = {
    (FEED_HOST, "/feed.xml"): _feed,
    (FEED_HOST, "/sitemap.xml"): _sitemap,
    (FEED_HOST, "/news-sitemap.xml"): _news_sitemap,
    (FEED_HOST, "/sitemaps.xml"): _sitemaps,
    (SCRIPT_HOST, "/feed.json"): _json_feed,
    (SCRIPT_HOST, "/latest/"): _drawn,
    (NEWS_HOST, "/blog/"): _blog,
    (NEWS_HOST, "/in-the-news/"): _in_the_news,
    (PRESS_ROOM, "/press/"): _press_room,
}
"""Host and path of the other shapes of lists ▸ what sets them."""
PAGED: Mapping[tuple[str, str], Callable[[World, Request], Answer | None]] = {
    (NEWS_HOST, "/blog/feed/"): _blog_feed,
    (NEWS_HOST, "/wp-json/wp/v2/posts"): _posts,
}
"""Host and path of lists of which one page is asked for ▸ what sets it."""
