"""Lists of every shape, each a small page in the words of a made-up press."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import pytest

from archive.records import DateSource, Headline, ListPage
from crawler.extract import extract_headlines

CAPTURED = datetime(2024, 11, 20, 12, tzinfo=UTC)
URL = "https://www.harbour-courier.example/news/"

TITLES = (
    "Harbour board votes to deepen the northern channel",
    "Ferry strike ends after eleven days of talks",
    "Museum opens a hall for ships in bottles",
    "Storm of the century spared the old lighthouse",
    "Students map every bench along the river",
    "Council buys two electric dredgers",
)
DAYS = (
    date(2024, 11, 18),
    date(2024, 11, 15),
    date(2024, 11, 13),
    date(2024, 11, 7),
    date(2024, 10, 30),
    date(2024, 10, 9),
)
ENTRIES = tuple(zip(TITLES, DAYS, strict=True))

NAVIGATION = """<nav><ul><li><a href="/">Home</a></li><li><a href="/news/">News</a></li>
<li><a href="/sport/">Sport</a></li><li><a href="/contact/">Contact us</a></li>
<li><a href="/jobs/">Work for the Courier</a></li></ul></nav>"""
FOOTER = """<footer><ul><li><a href="/imprint">Imprint and privacy notice</a></li>
<li><a href="/terms">Terms of use</a></li><li><a href="/ads">Advertise with the Courier</a></li>
</ul><p>© 2024 Harbour Courier</p></footer>"""


def slug(title: str) -> str:
    return title.lower().replace(" ", "-")


def link(title: str, inner: str | None = None) -> str:
    return f'<a href="/news/{slug(title)}">{inner or title}</a>'


def page(body: str, *, language: str = "en", head: str = "") -> bytes:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>Courier news</title>{head}</head><body>{NAVIGATION}<h1>News</h1>{body}{FOOTER}"
        "</body></html>"
    ).encode()


def read(html: bytes, *, url: str = URL, captured_at: datetime = CAPTURED) -> ListPage:
    return extract_headlines(html, url=url, captured_at=captured_at)


def day(headline: Headline) -> date | None:
    value = headline.published.value if headline.published else None
    return value.date() if isinstance(value, datetime) else value


def pairs(headlines: Sequence[Headline]) -> list[tuple[str, date | None]]:
    return [(headline.title, day(headline)) for headline in headlines]


def each(row: Callable[[str, date], str], around: str = "{}") -> str:
    return around.format("\n".join(row(title, when) for title, when in ENTRIES))


def long(when: date) -> str:
    return f"{when:%B} {when.day}, {when.year}"


def german(when: date) -> str:
    months = {9: "September", 10: "Oktober", 11: "November"}
    return f"{when.day}. {months[when.month]} {when.year}"


SHAPES = {
    "date after the link": each(lambda t, d: f"<li>{link(t)} <span>{long(d)}</span></li>", "<ul>{}</ul>"),
    "date before the link": each(lambda t, d: f"<li>{long(d)}: {link(t)}</li>", "<ul>{}</ul>"),
    "date at the end of the link": each(lambda t, d: f"<li>{link(t, f'{t} ({d:%d.%m.%Y})')}</li>", "<ul>{}</ul>"),
    "date at the beginning of the link": each(lambda t, d: f"<li>{link(t, f'{d.isoformat()} {t}')}</li>", "<ul>{}</ul>"),
    "time element": each(
        lambda t, d: f'<article><h2>{link(t)}</h2><time datetime="{d}T09:30:00+01:00">{long(d)}</time>'
        f'<p>A few words about it.</p><a class="author" href="/by/ann">Ann Author</a></article>'
    ),
    "time element with an epoch": each(
        lambda t, d: f'<div><h3>{link(t)}</h3><time datetime="{int(datetime(d.year, d.month, d.day, 9, tzinfo=UTC).timestamp())}">some time ago</time></div>'
    ),
    "table cells": each(lambda t, d: f"<tr><td>{d:%d/%m/%Y}</td><td>{link(t)}</td><td>Press</td></tr>", "<table><tr><th>Date</th><th>Title</th><th>Kind</th></tr>{}</table>"),
    "split over elements": each(
        lambda t, d: f"<div class=row><div class=date><span class=d>{d.day}</span><span class=m>{d:%b}</span><span class=y>{d.year}</span></div><h4>{link(t)}</h4></div>"
    ),
    "day apart from year and month": each(
        lambda t, d: f"<li><div class=time><b>{d:%d}</b><i>{d:%Y-%m}</i></div><p>{link(t)}</p></li>", "<ul>{}</ul>"
    ),
    "data attribute": each(lambda t, d: f'<li data-published="{d}T10:00:00Z">{link(t)}</li>', "<ul>{}</ul>"),
    "card that is one link": each(
        lambda t, d: f'<li>{link(t, f"<div class=img></div><div><span>News</span><h3>{t}</h3><p>Words about it, and more.</p><time>{long(d)}</time></div>")}</li>', "<ul>{}</ul>"
    ),
    "card without a heading": each(
        lambda t, d: f'<div class=c>{link(t, f"<div>{long(d)}</div><div>{t}</div>")}</div>'
    ),
    "image link, title link and more link": each(
        lambda t, d: f'<div class=item>{link(t, "<img src=a.png>")}<div><span class=date>{d:%d.%m.%Y}</span><h3>{link(t)}</h3><p>Words.</p>{link(t, "Read more")}</div></div>'
    ),
    "definition list": each(lambda t, d: f"<dt>{long(d)}</dt><dd>{link(t)}</dd>", "<dl>{}</dl>"),
    "definition list, date after": each(lambda t, d: f"<dt>{link(t)}</dt><dd>{long(d)}</dd>", "<dl>{}</dl>"),
    "broken lines": each(lambda t, d: f"{d.isoformat()} {link(t)}<br>", "<div>{}</div>"),
    "broken lines, date after": each(lambda t, d: f"{link(t)} - {long(d)}<br>", "<p>{}</p>"),
    "pairs of rows": each(
        lambda t, d: f"<tr><td>1.</td><td class=title>{link(t)}</td></tr><tr><td></td><td>12 points, {long(d)} | <a href=/c>3 comments</a></td></tr>", "<table>{}</table>"
    ),
    "heading for each": each(lambda t, d: f"<h3>{long(d)}</h3><ul><li>{link(t)}</li></ul>"),
    "section before the title": each(
        lambda t, d: f'<li><span class=date>{d:%Y-%m-%d}</span> <a href="/section/port">[Port]</a> {link(t)}</li>', "<ul>{}</ul>"
    ),
    "tags after the title": each(
        lambda t, d: f'<div class=post><h2>{link(t)}</h2><div class=meta>Posted on {long(d)} by <a href="/by/ann">Ann Author</a> in <a href="/t/port">Port</a>, <a href="/t/sea">Sea</a>, <a href="/t/town">Town life</a></div></div>'
    ),
    "title that is no link": each(
        lambda t, d: f'<div class=pr><p class=date>{long(d)}</p><h4>{t}</h4><p>Words.</p><a href="/news/{slug(t)}">Read more</a></div>'
    ),
    "links to documents": each(lambda t, d: f'<li>{long(d)} <a href="/news/{slug(t)}">{t}</a> (PDF, 120 kB)</li>', "<ul>{}</ul>"),
    "nested lists": each(lambda t, d: f"<li>{long(d)}<ul><li>{link(t)}</li></ul></li>", "<ul>{}</ul>"),
    "classes differ from item to item": "".join(
        f'<li class="{"first big" if n == 0 else "teaser-sport" if n % 2 else "teaser-port"}">{link(t)} <i>{long(d)}</i></li>'
        for n, (t, d) in enumerate(ENTRIES)
    ).join(("<ul>", "</ul>")),
    "broken by advertisements": "<div class=ad><a href='https://ads.example/x'>Buy a boat today, new models here</a></div>".join(
        f"<div class=item><h3>{link(t)}</h3><span>{long(d)}</span></div>" for t, d in ENTRIES
    ),
}  # fmt: skip


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES.keys())
def test_a_list_of_every_shape_is_read_whole(body: str) -> None:
    listed = read(page(body))
    assert pairs(listed.headlines) == list(ENTRIES)
    assert [h.url for h in listed.headlines] == [
        f"https://www.harbour-courier.example/news/{slug(title)}" for title in TITLES
    ]
    assert [h.position for h in listed.headlines] == list(range(len(TITLES)))
