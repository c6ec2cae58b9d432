"""Lists of every shape, each a small page in the words of a made-up press."""

# ruff: noqa: E501 - an entry's markup is easier to check on one line

import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import DateSource, Headline, ListPage, Precision
from crawler.extract import extract_headlines
from tests.crawler.extract.hostile import HREFS, hrefs, page_with

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
    "month first over elements": each(
        lambda t, d: f"<div class=row><span><div class=box><div>{d:%b}</div><div>{d.day}</div><div>{d.year}</div></div></span><h3>{link(t)}</h3></div>"
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
    "authors and counts in other cells": each(
        lambda t, d: f'<tr><td>{link(t)}</td><td><a href="/by/{len(t) % 3}">Ann Author</a></td><td><a href="/news/{slug(t)}#c">{len(t) % 7}</a></td><td>{d}</td></tr>', "<table>{}</table>"
    ),
    "cards in the cells of a table": "<table>" + "".join(
        "<tr>" + "".join(f"<td>{link(t)}<br>{long(d)}</td>" for t, d in ENTRIES[n : n + 2]) + "</tr>" for n in (0, 2, 4)
    ) + "</table>",
    "a date, a title and an excerpt on lines of one link": each(
        lambda t, d: f'<li><a href="/news/{slug(t)}">{long(d)}<br><b>{t}</b><br>A few words about it that are as long as any title of the paper.</a></li>'
    ),
    "titles beside links to documents": each(
        lambda t, d: f'<tr><td>{d:%d/%m/%Y}</td><td>{t}</td><td><a href="/news/{slug(t)}">PDF</a></td></tr>', "<table>{}</table>"
    ),
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


def test_a_heading_dates_a_group() -> None:
    body = (
        f"<h3>Monday, 18 November 2024</h3><ul><li>{link(TITLES[0])}</li><li>{link(TITLES[1])}</li></ul>"
        f"<h3>Friday, 15 November 2024</h3><ul><li>{link(TITLES[2])}</li><li>{link(TITLES[3])}</li>"
        f"<li>{link(TITLES[4])}</li></ul>"
    )
    listed = read(page(body)).headlines
    monday, friday = date(2024, 11, 18), date(2024, 11, 15)
    assert [day(h) for h in listed] == [monday, monday, friday, friday, friday]


def test_a_heading_dates_the_page() -> None:
    body = "<h2>What was new on November 18th, 2024</h2><ul>" + each(
        lambda t, _: f"<li>{link(t)}</li>"
    )
    listed = read(page(body + "</ul>")).headlines
    assert [h.title for h in listed] == list(TITLES)
    assert {day(h) for h in listed} == {date(2024, 11, 18)}


def test_flat_headings_and_links() -> None:
    body = "<div>" + each(
        lambda t, d: f"<b>{long(d)}</b><br>· {link(t)}<br>· {link(t + ' again')}<br>"
    )
    listed = read(page(body + "</div>")).headlines
    assert [day(h) for h in listed] == [d for d in DAYS for _ in range(2)]


def test_relative_dates_count_from_the_capture() -> None:
    ages = ("22 minutes ago", "3 hours ago", "yesterday", "2 days ago", "1 week ago", "2 weeks ago")
    body = "".join(f"<li>{link(t)}<em>{age}</em></li>" for t, age in zip(TITLES, ages, strict=True))
    listed = read(page(f"<ul>{body}</ul>")).headlines
    assert [d and (CAPTURED.date() - d).days for d in map(day, listed)] == [0, 0, 1, 2, 7, 14]
    assert [h.published and h.published.precision.value for h in listed][:3] == [
        "minute",
        "hour",
        "day",
    ]


def test_days_without_a_year_keep_the_list_sorted() -> None:
    days = ("5 February", "9 January", "28 December", "1 December", "30 June", "4 January")
    body = "".join(f"<li>{d} {link(t)}</li>" for t, d in zip(TITLES, days, strict=True))
    listed = read(page(f"<ul>{body}</ul>"), captured_at=datetime(2024, 2, 7, tzinfo=UTC)).headlines
    assert [d and d.year for d in map(day, listed)] == [2024, 2024, 2023, 2023, 2023, 2023]


def test_a_heading_gives_the_year() -> None:
    rows = "".join(f"<li>{d.day} {d:%B}: {link(t)}</li>" for t, d in ENTRIES)
    listed = read(page(f"<h2>2019</h2><ul>{rows}</ul>")).headlines
    assert [day(h) for h in listed] == [d.replace(year=2019) for d in DAYS]


@pytest.mark.parametrize(
    ("form", "days"),
    [
        ("%d/%m/%Y", ((2024, 11, 8), (2024, 11, 7), (2024, 11, 5), (2024, 10, 25), (2024, 10, 3), (2024, 10, 1))),
        ("%m/%d/%Y", ((2024, 11, 8), (2024, 11, 7), (2024, 11, 5), (2024, 10, 25), (2024, 10, 3), (2024, 10, 1))),
        ("%d/%m/%Y", ((2024, 9, 12), (2024, 9, 11), (2024, 9, 10), (2024, 9, 9), (2024, 9, 6), (2024, 9, 5))),
        ("%m/%d/%y", ((2024, 9, 12), (2024, 9, 11), (2024, 9, 10), (2024, 9, 9), (2024, 9, 6), (2024, 9, 5))),
        ("%y.%m.%d", ((2024, 11, 8), (2024, 11, 7), (2024, 11, 5), (2024, 10, 25), (2024, 10, 3), (2024, 10, 1))),
    ],
)  # fmt: skip
def test_the_list_decides_the_order_of_day_and_month(
    form: str, days: Sequence[tuple[int, int, int]]
) -> None:
    wanted = [date(*d) for d in days]
    body = "".join(
        f"<tr><td>{d:{form}}</td><td>{link(t)}</td></tr>"
        for t, d in zip(TITLES, wanted, strict=True)
    )
    assert [day(h) for h in read(page(f"<table>{body}</table>")).headlines] == wanted


def test_an_undecidable_order_is_no_date() -> None:
    body = f"<ul><li>{link(TITLES[0])} <i>05/04/2024</i></li><li>{link(TITLES[1])} <i>04/03/2024</i></li></ul>"
    listed = read(page(body)).headlines
    assert [(h.published, h.date_text) for h in listed] == [
        (None, "05/04/2024"),
        (None, "04/03/2024"),
    ]


def test_the_link_decides_an_open_order() -> None:
    body = (
        f'<ul><li><a href="/2024/04/05/a">{TITLES[0]}</a> <i>05/04/2024</i></li>'
        f'<li><a href="/2024/03/04/b">{TITLES[1]}</a> <i>04/03/2024</i></li></ul>'
    )
    assert [day(h) for h in read(page(body)).headlines] == [date(2024, 4, 5), date(2024, 3, 4)]


def test_a_number_in_a_title_is_not_the_date() -> None:
    titles = (
        "Port plan 2030 agreed on 5 May 2011",
        "What 8 May 1945 means here",
        "Summit of 3/4 ends",
    )
    body = "".join(
        f"<li>{link(t)} <span>{long(d)}</span></li>" for t, d in zip(titles, DAYS, strict=False)
    )
    assert pairs(read(page(f"<ul>{body}</ul>")).headlines) == list(zip(titles, DAYS, strict=False))


def test_the_printed_day_wins_over_the_same_instant_elsewhere() -> None:
    body = each(
        lambda t, d: f'<li>{link(t)} <time datetime="{d}T23:30:00-05:00">{long(d)}</time></li>'
    )
    utc = each(
        lambda t, d: (
            f'<li>{link(t)} <time datetime="{date.fromordinal(d.toordinal() + 1)}T04:30:00Z">{long(d)}</time></li>'
        )
    )
    assert pairs(read(page(f"<ul>{body}</ul>")).headlines) == list(ENTRIES)
    assert pairs(read(page(f"<ul>{utc}</ul>")).headlines) == list(ENTRIES)


def test_links_that_name_their_day() -> None:
    body = each(
        lambda t, d: f'<li><a href="/{d:%Y/%m/%d}/{slug(t)}.html">{t}</a></li>', "<ul>{}</ul>"
    )
    listed = read(page(body)).headlines
    assert pairs(listed) == list(ENTRIES)
    assert {h.published.source for h in listed if h.published} == {DateSource.URL}


def test_a_list_without_dates_is_still_a_list() -> None:
    listed = read(page(each(lambda t, _: f"<li>{link(t)}</li>", "<ul>{}</ul>"))).headlines
    assert pairs(listed) == [(title, None) for title in TITLES]


def test_dateparser_reads_the_dates_of_other_languages() -> None:
    months = {9: "Setyembre", 10: "Oktubre", 11: "Nobyembre"}
    body = each(
        lambda t, d: f"<li>{link(t)} <i>{months[d.month]} {d.day}, {d.year}</i></li>", "<ul>{}</ul>"
    )
    assert pairs(read(page(body, language="fil")).headlines) == list(ENTRIES)


def test_the_main_list_comes_before_the_side_list() -> None:
    main = each(lambda t, d: f"<article><h2>{link(t)}</h2><p>{long(d)}</p><p>Words.</p></article>")
    side = "".join(
        f'<li><a href="/old/{n}">An older story of the town, part {n}</a> <i>{n} May 2023</i></li>'
        for n in range(9, 4, -1)
    )
    comments = '<li><a href="/by/x">Reader</a> on <a href="/news/y">A story</a></li>' * 3
    body = f'<aside class="sidebar"><h3>Popular</h3><ul>{side}</ul><ul>{comments}</ul></aside><main>{main}</main>'
    listed = read(page(body)).headlines
    assert pairs(listed[:6]) == list(ENTRIES)
    assert all("older story" in h.title for h in listed[6:])


def test_what_is_popular_or_related_is_not_the_page_s_own_list() -> None:
    main = each(lambda t, d: f"<article><h2>{link(t)}</h2><p>{long(d)}</p><p>Words.</p></article>")
    side = "".join(
        f'<li><a href="/old/{n}">An older story of the town, part {n}</a> <i>{n} May 2023</i></li>'
        for n in range(9, 4, -1)
    )
    body = f'<main>{main}</main><section class="related"><ul>{side}</ul></section>'
    assert pairs(read(page(body)).headlines) == list(ENTRIES)
    alone = read(page(f'<section class="related"><ul>{side}</ul></section>')).headlines
    assert len(alone) == 5


def test_a_list_without_dates_beside_dated_months() -> None:
    main = each(lambda t, _: f"<div><h2>{link(t)}</h2><p>A few words about it.</p></div>")
    months = "".join(
        f'<li><a href="/2024/{n:02}/">{n:02}/2024</a> (4)</li>' for n in range(9, 1, -1)
    )
    side = (
        f"<aside><h2>Archives of the paper</h2><ul>{months}</ul>"
        f"<h2>What others read</h2><ul><li><a href=/p>A story of May</a></li></ul></aside>"
    )
    assert pairs(read(page(main + side)).headlines) == [(title, None) for title in TITLES]


def test_three_headings_without_dates_are_a_list() -> None:
    body = "".join(f"<div><h3>{link(t)}</h3><p>Words.</p></div>" for t in TITLES[:3])
    assert [h.title for h in read(page(body)).headlines] == list(TITLES[:3])


def test_one_date_above_many_links_is_not_theirs() -> None:
    links = "".join(
        f'<li><a href="/about/{n}">Committees and offices {n} »</a></li>' for n in range(9)
    )
    main = each(lambda t, d: f"<tr><td>{long(d)}</td><td>{link(t)}</td></tr>", "<table>{}</table>")
    body = f"<div><p>Today is November 20, 2024</p></div>{main}<div><ul>{links}</ul></div>"
    assert pairs(read(page(body)).headlines) == list(ENTRIES)


def test_menus_and_tag_clouds_are_no_lists() -> None:
    cloud = "".join(f'<a href="/tag/{n}">Harbour story number {n}</a> ' for n in range(12))
    main = each(lambda t, d: f"<li>{link(t)} {long(d)}</li>", "<ul>{}</ul>")
    assert pairs(read(page(f'<div class="tagcloud">{cloud}</div>{main}')).headlines) == list(
        ENTRIES
    )


def test_what_a_script_draws_is_said_to_be_so() -> None:
    html = b"<html><body><div id=root></div><script src=app.js></script></body></html>"
    assert read(html).needs_javascript
    assert read(html).headlines == ()


def test_a_page_says_its_language_and_name() -> None:
    listed = read(page("<p>Nothing here.</p>", language="de-AT"))
    assert (listed.language, listed.title) == ("de", "Courier news")
    assert not listed.needs_javascript


PRESS = ("Glossbury", "The Tide", "Wire Nine", "Glossbury", "The Tide", "Wire Nine")


@pytest.mark.parametrize(
    "form", ["{t} - {p}", "{t} – {p}", "{t} | {p}", "{t} ({p})", "{t} [{p}]", "{p}: {t}"]
)
def test_publishers_printed_with_the_title(form: str) -> None:
    body = "".join(
        f"<li>{form.format(t=t, p=p)} - {long(d)}</li>"
        for (t, d), p in zip(ENTRIES, PRESS, strict=True)
    )
    listed = read(page(f"<ul>{body}</ul>")).headlines
    assert [(h.title, h.publisher) for h in listed] == list(zip(TITLES, PRESS, strict=True))
    assert pairs(listed) == list(ENTRIES)


def test_publishers_in_an_element_of_their_own() -> None:
    body = "".join(
        f'<div><h3>{link(t)}</h3><span class="source">{p}</span><span>{long(d)}</span></div>'
        for (t, d), p in zip(ENTRIES, PRESS, strict=True)
    )
    listed = read(page(body)).headlines
    assert [(h.title, h.publisher) for h in listed] == list(zip(TITLES, PRESS, strict=True))


def test_hosts_of_a_link_blog_are_publishers() -> None:
    hosts = ("tide.example", "wire9.example", "gloss.example") * 2
    body = "".join(
        f'<li><a href="https://www.{host}/{n}">{t}</a> {long(d)}</li>'
        for n, ((t, d), host) in enumerate(zip(ENTRIES, hosts, strict=True))
    )
    listed = extract_headlines(
        page(f"<ul>{body}</ul>"),
        url=URL,
        captured_at=CAPTURED,
        known_publishers={"www.tide.example": "The Tide"},
    ).headlines
    assert [h.publisher for h in listed][:3] == ["The Tide", "wire9.example", "gloss.example"]


PLAIN = """A word on the harbour, written in May 2019, long before the list below began.
Read the original post:
What the tide brings ...
- Harbour board votes to deepen the northern channel - Glossbury - November 18th, 2024
- Substantial changes to the dredging of channels and ... - November 18th, 2024
- nave hopes for a ship - canal of the north - The Tide - November 15th, 2024
- The ferry strike, its makers and those who paid for all of it -... - November 15th, 2024
- Ferry strike ends after eleven days of talks - Glossbury - November 13th, 2024
- Museum opens a hall - The Tide - November 7th, 2024
Recent Comments
"""


def test_lines_of_plain_text() -> None:
    listed = read(PLAIN.encode()).headlines
    assert [(h.title, h.publisher) for h in listed] == [
        ("Harbour board votes to deepen the northern channel", "Glossbury"),
        ("Substantial changes to the dredging of channels and ...", None),
        ("nave hopes for a ship - canal of the north", "The Tide"),
        ("The ferry strike, its makers and those who paid for all of it", None),
        ("Ferry strike ends after eleven days of talks", "Glossbury"),
        ("Museum opens a hall", "The Tide"),
    ]
    assert [h.truncated for h in listed] == [False, True, False, True, False, False]
    assert [h.publisher_cut for h in listed] == [False, False, False, True, False, False]
    assert [h.damaged for h in listed] == [False, False, True, False, False, False]
    assert [day(h) for h in listed][:3] == [
        date(2024, 11, 18),
        date(2024, 11, 18),
        date(2024, 11, 15),
    ]
    assert listed[0].raw.startswith("- Harbour board")
    assert all(h.url is None for h in listed)


@pytest.mark.parametrize("bullet", ["* ", "• ", "1. ", "", "– "])
def test_bullets_of_text_lists(bullet: str) -> None:
    lines = "\n".join(f"{bullet}{t}, {long(d)}" for t, d in ENTRIES)
    assert pairs(read(lines.encode()).headlines) == list(ENTRIES)


def test_days_above_lines_of_text() -> None:
    lines = "\n".join(f"{long(d)}\n* {t}\n* {t} again" for t, d in ENTRIES)
    listed = read(lines.encode()).headlines
    assert [day(h) for h in listed] == [d for d in DAYS for _ in range(2)]


def test_an_article_is_no_list() -> None:
    body = (
        "<article><h1>One story</h1><time>18 November 2024</time>" + "<p>Some words of it.</p>" * 12
    )
    assert len(read(page(body + "</article>")).headlines) <= 1


HOSTILE = {
    "nested elements": b"<div>" * 10_000 + b"<a href=/x>A title of a page</a> 5 May 2024",
    "unclosed elements": b"<font><b><a href=/x>A title of some length</a> 5 May 2024<br>" * 1_000,
    "links": b"<a href=/n>A headline of some length</a> " * 100_000,
    "digits": b"<p>" + b"1" * 1_000_000,
    "digits without markup": b"1" * 1_000_000,
    "numbers in elements": b"<b>12</b> " * 20_000,
    "no markup": b"word " * 200_000,
    "null bytes": b"\0" * 1_000_000,
    "null bytes in a list": b"<ul>\0<li>\0<a href=/x>Title\0 here</a> 5 May 2024" * 100,
    "angle brackets": b"<" * 1_000_000,
    "dates": b"<p>" + b"5 May 2024 " * 50_000,
    "dates in elements": b"<i>5 May 2024</i>" * 20_000,
    "dated links": b"".join(
        b"<li>%d/1/2023 <a href=/%d>A headline of some length</a>" % (n % 12 + 1, n)
        for n in range(20_000)
    ),
    "times": b"<time datetime=2024-05-05>x</time>" * 100_000,
    "one line": b"<p>" + b"word 5 May 2024 " * 63_000,
    "a long word": b"<p>5 " + b"a" * 1_000_000 + b" ago",
    "white space": b"<p>5" + b" " * 1_000_000 + b"May",
    "parts of dates": b"<b>5</b> <i>May</i> " * 20_000,
    "years": b"<b>2024</b><a href=/y>A headline of some length</a>" * 20_000,
    "attributes": b"<p " + b" ".join(b"data-date%d=2024-05-05" % n for n in range(10_000)) + b">",
    "cells": b"<table><tr>" + b"<td>5 May 2024 <a href=/x>A headline</a>" * 10_000,
    "columns by the hundred": b"".join(
        b"<p class=%s><a href=/%d>A headline of some length %d</a> 5 May 2024</p>"
        % (bytes(97 + n * 7**k // 13 % 26 for k in range(3)), n, n)
        for n in range(8_000)
    ),
    "nothing": b"",
}


# Five on a machine of its own; with both cores busy a second of work takes nearly two.
HOSTILE_SECONDS = 10


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_ends_in_an_answer(html: bytes) -> None:
    start = time.process_time()
    listed = read(html)
    assert time.process_time() - start < HOSTILE_SECONDS
    assert listed.url == URL


TREES = st.recursive(
    st.sampled_from(
        ["5 May 2024", "05/06/24", "3h", "8", "Nov", "2024", "A title that is long enough", "word",
         "Updated 9 May 2024", "<time datetime=2024-05-05></time>", "<br>", "<hr>"]
    ),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(
            ["div", "ul", "li", "table", "tr", "td", "h2", "a href=/a", "a href=/2024/05/05/b", "b",
             "dl", "dt", "dd", "p class=date", "nav", "span title=2024-05-05"]
        ),
        st.lists(inner, min_size=1, max_size=6),
    ),
    max_leaves=60,
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(TREES, st.integers(min_value=1, max_value=40))
def test_any_tree_gives_dates_that_say_where_they_are_from(tree: str, times: int) -> None:
    listed = read((tree * times).encode())
    dates = [one.published for one in listed.headlines if one.published]
    assert all(one.raw and one.source and one.precision for one in dates)
    assert all(one.title for one in listed.headlines)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_answer(html: bytes) -> None:
    assert read(html).url == URL


PIECES = st.sampled_from(
    ["<li>", "</li>", "<ul>", "<a href=/a>", "<a href=/b>", "</a>", "<h2>", "</h2>", "<br>", "<td>",
     "<tr>", "<table>", "5 May 2024", "05/06/2024", "yesterday", "A title that is long enough", "2019",
     "<time datetime=2024-01-02>", " - ", "Glossbury", "<p>", "</p>", "12", "Nov", "…", "<nav>"]
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=60))
def test_headlines_keep_their_laws(pieces: list[str]) -> None:
    listed = read("".join(pieces).encode())
    assert [h.position for h in listed.headlines] == list(range(len(listed.headlines)))
    assert all(h.title.strip() and h.raw for h in listed.headlines)
    days = [d for d in map(day, listed.headlines) if d]
    assert all((d - CAPTURED.date()).days <= 1 for d in days)
    urls = [h.url for h in listed.headlines if h.url]
    assert len(set(urls)) == len(urls)
    assert listed.older != URL


@settings(max_examples=15, deadline=None)
@given(st.lists(hrefs, min_size=1, max_size=5), st.sampled_from(["", URL]))
def test_addresses_that_cannot_be_parted_break_nothing(addresses: list[str], url: str) -> None:
    for some in (addresses, list(HREFS)):
        page = extract_headlines(page_with(some), url=url, captured_at=CAPTURED)
        assert all(one.url is None or urlsplit(one.url).scheme for one in page.headlines)


DAYBOX = """<article><div class="box"><span>{0.day}</span><span>{0:%b}</span></div>
<h2>{1}</h2><p>Written by hand on May 5, 2011, about the harbour.</p></article>"""


@pytest.mark.parametrize("where", ["links", "heading", "address"])
def test_the_month_of_an_archive_gives_its_days_their_year(where: str) -> None:
    path = "/2019/03/" if where == "links" else "/news/"
    rows = "".join(
        DAYBOX.format(date(2019, 3, 28 - 4 * n), f'<a href="{path}{slug(title)}">{title}</a>')
        for n, title in enumerate(TITLES)
    )
    heading = "<h1>Archive: March 2019</h1>" if where == "heading" else ""
    url = "https://www.harbour-courier.example/2019/03/" if where == "address" else URL
    listed = read(page(heading + rows), url=url)
    assert [day(one) for one in listed.headlines] == [
        date(2019, 3, 28 - 4 * n) for n in range(len(TITLES))
    ]


@pytest.mark.parametrize(
    ("other", "own"),
    [
        ("Deadline", "Published"),
        ("Closing date", "Date published"),
        ("Abgabefrist", "Veröffentlicht am"),
        ("Last updated", "Posted"),
        ("Fecha límite", "Fecha de publicación"),
    ],
)
def test_a_table_says_which_of_its_days_are_of_publication(other: str, own: str) -> None:
    rows = each(
        lambda t, d: (
            f"<tr><td>{d + timedelta(days=1):%d.%m.%Y}</td><td>{link(t)}</td><td>{d:%d.%m.%Y}</td></tr>"
        )
    )
    head = f"<tr><th>{other}</th><th>Title</th><th>{own}</th></tr>"
    assert pairs(read(page(f"<table>{head}{rows}</table>")).headlines) == list(ENTRIES)


def test_the_day_of_a_change_is_not_that_of_publication() -> None:
    for words in ("Last updated: ", "Updated ", "Zuletzt aktualisiert am "):
        rows = "".join(f"<li>{link(t)} <i>{words}{long(d)}</i></li>" for t, d in ENTRIES)
        listed = read(page(f"<ul>{rows}</ul>")).headlines
        assert pairs(listed) == [(title, None) for title in TITLES]
        assert [one.date_text for one in listed] == [long(d) for d in DAYS]


def test_a_date_in_a_short_teaser_is_not_its_entry_s() -> None:
    teasers = ["Begun on 1 June 1888, it is done.", *["More of it, and at length."] * 5]
    rows = "".join(
        f"<div><h3>{link(title)}</h3><p>{teaser}</p><p>{long(when)}</p></div>"
        for teaser, (title, when) in zip(teasers, ENTRIES, strict=True)
    )
    assert pairs(read(page(rows)).headlines) == list(ENTRIES)


def test_the_time_of_a_whole_list_is_no_entry_s() -> None:
    rows = "".join(
        f"<p><a href='/2024/11/{n + 10}/{slug(t)}'>{t}</a></p>" for n, t in enumerate(TITLES[:2])
    )
    rows += "".join(f"<p>{link(title)}</p>" for title in TITLES[2:])
    listed = read(page(f"<h2>Top news at 2:15 PM ET, November 19, 2024</h2>{rows}")).headlines
    wanted = [date(2024, 11, 10), date(2024, 11, 11), *[date(2024, 11, 19)] * 4]
    assert [one.published and one.published.value for one in listed] == wanted


def test_an_instant_in_a_title_says_more_than_the_words() -> None:
    rows = each(
        lambda t, d: (
            f'<li>{link(t)} <span title="{d}T10:30:00 1731000000"><a href="/i">3 days ago</a></span></li>'
        ),
        "<ul>{}</ul>",
    )
    listed = read(page(rows)).headlines
    found = [one.published.isoformat() if one.published else None for one in listed]
    assert found == [f"{when}T10:30:00" for when in DAYS]


def test_months_in_brackets_date_a_short_list() -> None:
    months = ("May 2024", "March 2024", "June 2023")
    rows = "".join(
        f"<li>{link(title)}, Herald ({month})</li>"
        for title, month in zip(TITLES[:3], months, strict=True)
    )
    listed = read(page(f"<ul>{rows}</ul>")).headlines
    found = [one.published.precision if one.published else None for one in listed]
    assert found == [Precision.MONTH] * 3
    assert [day(one) for one in listed] == [date(2024, 5, 1), date(2024, 3, 1), date(2023, 6, 1)]
