"""What a web archive is asked, and what its answers mean; whole crawls are in test_lookups."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.held import Known, Lookup, Memento
from archive.records import PageKind
from crawler.mementos import (
    MOST_KNOWN,
    MOST_TRIED,
    Ask,
    accept_datetime,
    as_original,
    from_timegate,
    from_timemap,
    http_date,
    links,
    next_step,
    original_of,
    raw_of,
    stamp_of,
    timegate_for,
    without_inserts,
)
from tests.crawler.made import claim

PAGE = "http://paper.example/ferry?id=7"
GATE = "https://keepsake.example/web/"
ASKED = f"{GATE}{PAGE}"
WANTED = datetime(2024, 11, 8, 12, tzinfo=UTC)


def at(url: str, days: float) -> Memento:
    return Memento(url=url, at=WANTED + timedelta(days=days))


def place(stamp: str, form: str = "") -> str:
    return f"{GATE}{stamp}{form}/{PAGE}"


def lookup(known: Known | None = None) -> Lookup:
    return Lookup(
        id=1,
        url=PAGE,
        kind=PageKind.POST,
        source_id=1,
        found_on=None,
        wanted=WANTED,
        attempts=0,
        known=known,
    )


def test_a_timegate_is_asked_with_the_page_behind_its_address() -> None:
    assert timegate_for(GATE, PAGE) == ASKED
    assert timegate_for(GATE, "http://a.example/#!/x") == f"{GATE}http://a.example/%23!/x"
    assert "secret" not in timegate_for(GATE, "http://me:secret@a.example/")


def test_the_date_that_is_wanted_is_written_in_gmt() -> None:
    there = datetime(2024, 11, 8, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert accept_datetime(there) == "Sat, 09 Nov 2024 04:30:00 GMT"
    assert http_date(accept_datetime(there)) == there


@pytest.mark.parametrize("text", [None, "", "yesterday", "Fri, 31 Feb 2024 12:00:00 GMT", "\x00"])
def test_what_is_no_http_date_is_none(text: str | None) -> None:
    assert http_date(text) is None


def test_links_are_read_with_all_their_parameters() -> None:
    read = links(
        f'<{PAGE}>; rel="original", <{GATE}{PAGE}>;rel=timegate,\n'
        f'<{place("20241109080000")}>; rel="first  LAST memento"; note="a, \\"b\\"; <c>" ;'
        'datetime="Sat, 09 Nov 2024 08:00:00 GMT", </map>; rel="timemap"; rel="other"',
        base=ASKED,
    )
    assert [sorted(link.rels) for link in read] == [
        ["original"],
        ["timegate"],
        ["first", "last", "memento"],
        ["timemap"],
    ]
    assert read[2].at == datetime(2024, 11, 9, 8, tzinfo=UTC)
    assert read[3].url == "https://keepsake.example/map"


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("", []),
        ("<", []),
        ("<>", [ASKED]),
        ("no link, <http://a.example/>; rel", ["http://a.example/"]),
        ("<http://a.example/;, <http://b.example/>", ["http://a.example/;, <http://b.example/"]),
        ("<javascript:x>; rel=memento, <//b.example/>", ["https://b.example/"]),
        ('<http://a.example/>; title="never closed', ["http://a.example/"]),
    ],
)
def test_broken_links_are_passed_over(text: str, urls: list[str]) -> None:
    assert [link.url for link in links(text, base=ASKED)] == urls


@given(st.text(alphabet='<>;,="\\ \n\x00a:/[é%', max_size=80))
def test_no_link_header_raises(text: str) -> None:
    for link in links(text, base=ASKED):
        assert link.url.startswith(("http://", "https://"))


@given(
    st.dictionaries(st.sampled_from(["link", "location", "memento-datetime"]), st.text()), st.text()
)
def test_no_answer_raises(headers: dict[str, str], text: str) -> None:
    from_timegate(headers, asked=ASKED, status=302, wanted=WANTED)
    from_timemap(text, asked=ASKED, known=Known(), wanted=WANTED)
    without_inserts(text.encode(), url=place("20241109080000"))
    for read in (stamp_of, original_of):
        read(text)
    raw_of(text)


@given(st.datetimes(datetime(1996, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - made aware below
def test_every_replayed_address_says_when_and_what(when: datetime) -> None:
    stamp = f"{when:%Y%m%d%H%M%S}"
    for form in ("", "id_", "mp_"):
        url = place(stamp, form)
        assert stamp_of(url) == when.replace(microsecond=0, tzinfo=UTC)
        assert original_of(url) == PAGE
        assert raw_of(url) == place(stamp, "id_")


@pytest.mark.parametrize(
    "url", [PAGE, "http://paper.example/20241109080000/story", place("2024110908"), ""]
)
def test_other_addresses_are_nobodys_captures(url: str) -> None:
    assert (stamp_of(url), original_of(url), raw_of(url)) == (None, None, url)


def test_an_impossible_time_is_none() -> None:
    assert stamp_of(place("20241345998877")) is None


@pytest.mark.parametrize(
    ("url", "original"),
    [
        (f"{GATE}20241109080000/http:/paper.example/a", "http://paper.example/a"),
        (f"{GATE}20241109080000/www.paper.example/a", "http://www.paper.example/a"),
    ],
)
def test_careless_spellings_of_the_original_are_mended(url: str, original: str) -> None:
    assert original_of(url) == original


def told(*mementos: Memento, **headers: str) -> dict[str, str]:
    named = [f'<{m.url}>; rel="memento"; datetime="{accept_datetime(m.at)}"' for m in mementos]
    return {"link": ", ".join(named), **headers}


def test_the_nearest_of_all_that_a_timegate_names_is_first() -> None:
    near, far = at(place("20241109120000"), 1), at(place("20230109120000"), -600)
    known = from_timegate(
        told(far, near, location=near.url), asked=ASKED, status=302, wanted=WANTED
    )
    assert known is not None
    assert known.mementos == (near, far)


def test_of_two_as_near_the_later_one_is_first() -> None:
    before, after = at("http://k.example/b", -1), at("http://k.example/a", 1)
    known = from_timegate(told(before, after), asked=ASKED, status=302, wanted=WANTED)
    assert known is not None
    assert known.mementos == (after, before)


def test_a_timegate_that_redirects_without_links_is_understood_by_the_address() -> None:
    known = from_timegate(
        {"location": "/web/20241109120000/" + PAGE}, asked=ASKED, status=302, wanted=WANTED
    )
    assert known is not None
    assert known.mementos == (at(place("20241109120000"), 1),)


def test_a_timegate_may_be_the_memento_itself() -> None:
    said = {"memento-datetime": accept_datetime(WANTED), "content-location": "/kept/7"}
    known = from_timegate(said, asked=ASKED, status=200, wanted=WANTED)
    assert known is not None
    assert known.mementos == (at("https://keepsake.example/kept/7", 0),)


@pytest.mark.parametrize("status", [200, 302, 404])
def test_an_answer_without_any_memento_is_none(status: int) -> None:
    headers = {"location": "https://keepsake.example/about", "link": f'<{PAGE}>; rel="original"'}
    assert from_timegate(headers, asked=ASKED, status=status, wanted=WANTED) is None


@pytest.mark.parametrize(("days", "expected"), [(3, False), (400, True)])
def test_a_timegate_that_names_its_newest_whatever_is_asked_is_recognised(
    days: int, expected: bool
) -> None:
    newest = at("https://keepsake.example/newest", days)
    link = (
        f'<{newest.url}>; rel="memento last"; datetime="{accept_datetime(newest.at)}",'
        '</map>; rel="timemap"'
    )
    known = from_timegate(
        {"location": newest.url, "link": link}, asked=ASKED, status=302, wanted=WANTED
    )
    assert known is not None
    assert known.map_first is expected
    assert known.timemap == "https://keepsake.example/map"


def test_a_timemap_adds_what_is_nearer_and_is_read_once() -> None:
    newest = at(place("20260109120000"), 427)
    near = at(place("20241110120000"), 2)
    known = Known(mementos=(newest,), timemap=f"{GATE}timemap", map_first=True)
    read = from_timemap(told(near, newest)["link"], asked=ASKED, known=known, wanted=WANTED)
    assert read == Known(mementos=(near, newest))
    many = told(*(at(place("20241110120000"), n) for n in range(1, 100)))["link"]
    assert len(from_timemap(many, asked=ASKED, known=known, wanted=WANTED).mementos) == MOST_KNOWN


def test_the_steps_lead_from_the_timegate_to_the_captures_in_turn() -> None:
    one, two = at(place("20241109120000"), 1), at("https://keepsake.example/two", 2)
    first = next_step(lookup(), timegate=GATE)
    assert first is not None
    assert (first.ask, first.url) == (Ask.TIMEGATE, ASKED)

    known = Known(mementos=(one, two), timemap=f"{GATE}map")
    second = next_step(lookup(known), timegate=GATE)
    assert second is not None
    assert (second.ask, second.url) == (Ask.MEMENTO, place("20241109120000", "id_"))
    third = next_step(lookup(replace(known, tried=(one.url,))), timegate=GATE)
    assert third is not None
    # It has no raw form that could be known.
    assert (third.memento, third.url) == (two, two.url)

    tried = replace(known, tried=(one.url, two.url))
    fourth = next_step(lookup(tried), timegate=GATE)
    assert fourth is not None
    assert (fourth.ask, fourth.url) == (Ask.TIMEMAP, f"{GATE}map")
    assert next_step(lookup(replace(tried, timemap=None)), timegate=GATE) is None


def test_the_list_of_all_is_read_first_where_the_date_was_not_heard() -> None:
    known = Known(mementos=(at("https://k.example/", 900),), timemap=GATE, map_first=True)
    step = next_step(lookup(known), timegate=GATE)
    assert step is not None
    assert step.ask is Ask.TIMEMAP


def test_no_more_than_a_few_captures_are_tried() -> None:
    mementos = tuple(at(f"https://k.example/{n}", n) for n in range(9))
    tried = tuple(each.url for each in mementos[:MOST_TRIED])
    known = Known(mementos=mementos, timemap=GATE, tried=tried)
    assert next_step(lookup(known), timegate=GATE) is None


BARE = b"""<html><head><title>Ferry</title><link rel="canonical" href="http://paper.example/ferry">
</head><body><p>It sails <a href="https://other.example/a?b=/web/">again</a>.</p></body></html>"""


def test_the_wayback_machines_banner_and_links_are_taken_out() -> None:
    shown = BARE.replace(
        b"<head>",
        b"<head><script src='//archive.example/x.js'></script>\n"
        b"<!-- End Wayback Rewrite JS Include -->",
    )
    shown = shown.replace(
        b"<body>",
        b"<body><!-- BEGIN WAYBACK TOOLBAR INSERT --><div><p>12 captures</p></div>\n"
        b"<!-- END WAYBACK TOOLBAR INSERT -->",
    )
    shown = shown.replace(
        b"http://paper", b"https://keepsake.example/web/20241109080000/http://paper"
    )
    shown = shown.replace(b"https://other", b"/web/20241109080000mp_/https://other")
    shown += b"<!--\n     FILE ARCHIVED ON 08:00:00 Nov 09, 2024 AND RETRIEVED\n-->"
    assert without_inserts(shown, url=place("20241109080000")) == BARE


def test_pywbs_insert_is_taken_out() -> None:
    shown = BARE.replace(
        b"<head>", b"<head><!-- WB Insert --><script>wb()</script><!-- End WB Insert -->"
    )
    assert without_inserts(shown, url=place("20241109080000")) == BARE


def test_a_page_that_was_replayed_raw_stays_as_it_is() -> None:
    assert without_inserts(BARE, url=place("20241109080000", "id_")) == BARE


def test_a_page_is_as_its_own_server_sent_it_then() -> None:
    url = place("20241109080000", "id_")
    page = as_original(
        claim=claim(url=PAGE),
        url=url,
        headers={
            "memento-datetime": "Sat, 09 Nov 2024 08:00:01 GMT",
            "content-type": "text/html; charset=cp1252",
            "x-robots-tag": "none",
        },
        body=BARE,
        memento=Memento(url=place("20241109080000"), at=WANTED),
    )
    assert (page.url, page.status, page.memento_url) == (PAGE, 200, url)
    assert page.captured_at == datetime(2024, 11, 9, 8, 0, 1, tzinfo=UTC)
    assert page.headers == {"content-type": "text/html; charset=cp1252"}


def test_an_archived_redirect_is_read_where_it_led() -> None:
    url = f"{GATE}20241109080000id_/http://paper.example/"
    memento = Memento(url=place("20241109080000"), at=WANTED)
    page = as_original(claim=claim(url=PAGE), url=url, headers={}, body=b"", memento=memento)
    assert page.url == "http://paper.example/"
    assert page.claim.url == PAGE
