"""How the publishers' pages look: one function for each design, from a `Sheet` to HTML.

Each design is marked up in another way, and each prints its dates in another form. A design
prints no date at all where the sheet has none to show. Nothing here knows of servers or requests.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape

from tests.newsstand.content import Story

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything a design needs to set one article."""

    story: Story
    publisher: str
    url: str
    published: datetime | None
    """None where the page must not show its date."""
    modified: datetime | None
    related: tuple[tuple[str, str], ...]
    """Titles and addresses of other articles of the publisher."""
    charset: str | None = "utf-8"
    """None where the page must not declare one."""


def ordinal(number: int) -> str:
    """Give 8th for 8."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def long_date(day: datetime) -> str:
    """Give `8 November 2024`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def american_date(day: datetime) -> str:
    """Give `Nov. 8, 2024`."""
    return f"{MONTHS[day.month - 1][:3]}. {day.day}, {day.year}"


def page(*, title: str, head: str, body: str, charset: str | None = "utf-8") -> str:
    """Set a whole HTML document; `head` and `body` are HTML, `title` is text."""
    declared = f'<meta charset="{charset}">' if charset else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head>{declared}<title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width">{head}</head>\n'
        f"<body>{body}</body></html>\n"
    )


def meta(name: str, content: str, *, key: str = "name") -> str:
    """Set a meta element."""
    return f'<meta {key}="{name}" content="{escape(content)}">\n'


def links(items: tuple[tuple[str, str], ...]) -> str:
    """Set titles and addresses as list items."""
    return "".join(f'<li><a href="{escape(url)}">{escape(text)}</a></li>' for text, url in items)


def _head(sheet: Sheet, extra: str = "") -> str:
    return (
        f'<link rel="canonical" href="{escape(sheet.url)}">\n'
        + meta("og:title", sheet.story.title, key="property")
        + meta("og:site_name", sheet.publisher, key="property")
        + meta("og:type", "article", key="property")
        + extra
    )


def _json_ld(data: Mapping[str, object]) -> str:
    text = json.dumps(data).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>\n'


def _paragraphs(texts: tuple[str, ...], attributes: str = "") -> str:
    return "\n".join(f"<p{attributes}>{escape(text)}</p>" for text in texts)


def _names(sheet: Sheet) -> str:
    return escape(" and ".join(sheet.story.byline))


def itemprop(sheet: Sheet) -> str:
    """`<article>` with itemprop; dates in JSON-LD, with offset."""
    story = sheet.story
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "author": [{"@type": "Person", "name": name} for name in story.byline],
        "publisher": {"@type": "Organization", "name": sheet.publisher},
    }
    if sheet.published:
        facts["datePublished"] = sheet.published.isoformat()
    if sheet.modified:
        facts["dateModified"] = sheet.modified.isoformat()
    body = f"""
<header><a href="/">{sheet.publisher}</a><nav><ul><li><a href="/">Home</a></li>
<li><a href="/about">About us</a></li><li><a href="/subscribe">Subscribe</a></li></ul></nav>
</header>
<main><article itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">{escape(story.title)}</h1>
<p class="byline">By <span itemprop="author">{_names(sheet)}</span></p>
<ul class="share-bar"><li><a href="#share">Share this</a></li>
<li><a href="#mail">E-mail</a></li></ul>
<figure><img src="/pictures/lead.jpg" alt="">
<figcaption>{escape(story.caption)}
<small>Photo: {escape(story.credit)}</small></figcaption></figure>
<div itemprop="articleBody">{_paragraphs(story.paragraphs)}</div></article>
<aside class="author-box"><h3>About the author</h3><p>{_names(sheet)} covers laboratories
and the money behind them for this paper.</p></aside>
<aside class="newsletter"><h3>Our morning letter</h3><p>Six stories before breakfast.
No spam, ever.</p></aside>
<section class="related"><h3>More like this</h3><ul>{links(sheet.related)}</ul></section></main>
<footer><p>© {sheet.publisher}. All rights reserved.</p></footer>"""
    return page(
        title=f"{story.title} | {sheet.publisher}",
        head=_head(sheet, _json_ld(facts)),
        body=body,
        charset=sheet.charset,
    )


def classed(sheet: Sheet) -> str:
    """Divs with class names; dates in meta elements and printed; modified printed too."""
    story, extra, printed = sheet.story, "", ""
    if sheet.published:
        moment = sheet.published.isoformat()
        extra = meta("article:published_time", moment, key="property")
        printed = f"Published {american_date(sheet.published)}"
    if sheet.modified:
        extra += meta("article:modified_time", sheet.modified.isoformat(), key="property")
        printed += f" · Updated {american_date(sheet.modified)}"
    body = f"""
<div class="top"><div class="logo"><a href="/">{sheet.publisher}</a></div>
<div class="menu"><a href="/markets">Markets</a> <a href="/firms">Firms</a></div></div>
<div class="wrap"><div class="story"><div class="story-section">{escape(story.section)}</div>
<h1 class="story-title">{escape(story.title)}</h1>
<div class="story-meta"><span class="story-author">{_names(sheet)}</span>
<span class="story-date">{printed}</span></div>
<div class="story-social"><a href="#a">Post</a> <a href="#b">Save</a> <a href="#c">Print</a></div>
<div class="story-photo"><img src="/img/{len(story.title)}.jpg" alt="Picture">
<div class="story-caption">{escape(story.caption)}</div>
<div class="story-credit">{escape(story.credit)} / Harbour Pool</div></div>
<div class="story-text">{_paragraphs(story.paragraphs, ' class="story-par"')}</div>
<div class="story-tags"><a href="/tag/1">{escape(story.section)}</a></div></div>
<div class="promo-box"><div>Never miss a tide</div><p>Sign up for the Harbour briefing.</p></div>
<div class="read-next"><div class="read-next-title">Read next</div>
<ul>{links(sheet.related)}</ul></div>
<div class="comments"><h3>2 comments</h3><div class="comment"><b>dockhand</b><p>About time somebody
wrote this up.</p></div><div class="comment"><b>Bea</b><p>I would like to see the invoices.</p>
</div></div></div><div class="bottom">Harbour Business is printed on loopback.</div>"""
    return page(
        title=f"{story.title} - {sheet.publisher}",
        head=_head(sheet, extra + meta("author", ", ".join(story.byline))),
        body=body,
        charset=sheet.charset,
    )


def line_breaks(sheet: Sheet) -> str:
    """Text separated by `<br>`, no paragraphs; the date is printed in words, nowhere else."""
    story = sheet.story
    printed = f"{sheet.published:%A}, {long_date(sheet.published)}" if sheet.published else ""
    text = "<br><br>\n".join(escape(paragraph) for paragraph in story.paragraphs)
    body = f"""
<div id="masthead"><b>{sheet.publisher}</b> | <a href="/">front page</a> | <a href="/old">past
issues</a> | <a href="/letters">letters</a></div><hr>
<div id="content"><h2>{escape(story.title)}</h2>
<i>by {_names(sheet)}</i><br>{printed}<br><br>
<div class="pic"><img src="pic.gif" alt="[picture]"><br><small>{escape(story.caption)}
(picture: {escape(story.credit)})</small></div>
{text}<br><br>
<a href="javascript:history.back()">back</a></div><hr>
<div id="also"><b>Also in this issue</b><ul>{links(sheet.related)}</ul></div>
<div id="guestbook"><b>Guest book</b><br>Lovely paper. Greetings from the coast!</div>"""
    return page(
        title=f"{sheet.publisher}: {story.title}", head="", body=body, charset=sheet.charset
    )


def table(sheet: Sheet) -> str:
    """A layout of nested tables; the date is printed day-first with dashes of its own column."""
    story = sheet.story
    printed = f"{sheet.published:%d-%m-%Y}" if sheet.published else ""
    body = f"""
<table width="100%"><tr><td colspan="2"><a href="/">
<img src="/logo.gif" alt="{sheet.publisher}"></a>
</td></tr><tr><td valign="top" width="160"><table class="menu">
<tr><td><a href="/">Home</a></td></tr>
<tr><td><a href="/regio">Region</a></td></tr><tr><td><a href="/weer">Weather</a></td></tr>
<tr><td><b>Most read</b><ul>{links(sheet.related)}</ul></td></tr></table></td>
<td valign="top"><table class="artikel"><tr><td class="kop"><h1>{escape(story.title)}</h1></td></tr>
<tr><td class="datum">{printed}</td></tr><tr><td class="auteur">{_names(sheet)}</td></tr>
<tr><td><img src="/foto/1.jpg" alt=""><br><span class="bijschrift">{escape(story.caption)}
© {escape(story.credit)}</span></td></tr>
<tr><td class="tekst">{_paragraphs(story.paragraphs)}</td></tr>
<tr><td class="delen"><a href="#d">Share</a> <a href="#p">Print</a></td></tr></table></td></tr>
<tr><td colspan="2" class="voet">{sheet.publisher} · contact · privacy</td></tr></table>"""
    return page(title=story.title, head=_head(sheet), body=body, charset=sheet.charset)


def chunks(sheet: Sheet) -> str:
    """The text cut into several blocks with boxes between; `<time datetime>`; no byline."""
    story = sheet.story
    blocks = [story.paragraphs[i : i + 2] for i in range(0, len(story.paragraphs), 2)]
    box = (
        '<div class="slot slot-ad"><span>Advertisement</span></div>',
        '<div class="slot slot-form"><p>Releases like this one, every day in your inbox.</p></div>',
    )
    text = "\n".join(
        f'<div class="chunk chunk-text">{_paragraphs(block)}</div>{box[i] if i < len(box) else ""}'
        for i, block in enumerate(blocks)
    )
    printed = ""
    if sheet.published:
        stamp = sheet.published
        printed = (
            f'<time datetime="{stamp.isoformat()}">{american_date(stamp)}, {stamp:%H:%M}</time>'
        )
    body = f"""
<header class="bar"><a class="brand" href="/">{sheet.publisher}</a>
<nav><a href="/releases">News releases</a> <a href="/products">Services</a></nav></header>
<div class="release"><h1>{escape(story.title)}</h1>
<div class="stamp">News provided by <a href="/org">{escape(story.byline[0])} Associates</a>
{printed}</div>
<div class="chunk chunk-picture"><figure><img src="/m/release.png" alt="">
<figcaption>{escape(story.caption)}</figcaption></figure></div>
{text}
<div class="chunk chunk-contact"><b>Media contact</b> press@meridianwire.example</div></div>
<section class="strip"><h2>Also from this source</h2><ul>{links(sheet.related)}</ul></section>
<footer class="bar"><a href="/terms">Terms of use</a>
<a href="/cookies">Cookie settings</a></footer>"""
    return page(title=story.title, head=_head(sheet), body=body, charset=sheet.charset)


def graph(sheet: Sheet) -> str:
    """A modern page with meaningless class names, sub-headings, and a JSON-LD `@graph`."""
    story = sheet.story
    node: dict[str, object] = {"@type": "Article", "@id": sheet.url, "headline": story.title}
    printed = ""
    if sheet.published:
        node["datePublished"] = sheet.published.isoformat()
        printed = f'<time datetime="{sheet.published:%Y-%m-%d}">{long_date(sheet.published)}</time>'
    if sheet.modified:
        node["dateModified"] = sheet.modified.isoformat()
    nodes = [{"@type": "WebSite", "name": sheet.publisher}, node]
    half = len(story.paragraphs) // 2
    body = f"""
<div class="x1a"><header class="q8"><a href="/">{sheet.publisher}</a><button>Menu</button></header>
<main class="z3"><div class="k4"><span>{escape(story.section)}</span><h1>{escape(story.title)}</h1>
<div class="v7"><a rel="author" href="/people/1">{_names(sheet)}</a> {printed}</div></div>
<figure class="m2"><img src="/i/hero.webp" alt=""><figcaption>{escape(story.caption)}
<span>{escape(story.credit)}</span></figcaption></figure>
<section class="b6"><h2>{SUBHEADS[0]}</h2>{_paragraphs(story.paragraphs[:half])}
<h2>{SUBHEADS[1]}</h2>{_paragraphs(story.paragraphs[half:])}</section>
<section class="n5"><form action="/letter"><label>Weekly notes <input name="mail"></label>
<button>Join</button></form></section></main>
<aside class="r9"><h2>From the same bench</h2><ul>{links(sheet.related)}</ul></aside>
<footer>Labnotes is a cooperative. <a href="/imprint">Imprint</a></footer></div>"""
    return page(
        title=f"{story.title} · {sheet.publisher}",
        head=_head(sheet, _json_ld({"@context": "https://schema.org", "@graph": nodes})),
        body=body,
        charset=sheet.charset,
    )


SUBHEADS = ("At the bench", "What comes after")
"""The sub-headings that `graph` puts between an article's halves."""

Design = Callable[[Sheet], str]
