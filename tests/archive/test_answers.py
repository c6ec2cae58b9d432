"""What people see of a search: harmless, within the width, and never silent."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import answers, query
from archive.answers import Shown
from archive.facets import FacetCount
from archive.found import Facet, HitKind, SearchHit, SearchResults, Span
from archive.query import Asked, Here
from archive.terminal import cells

OURS = re.compile(r"\x1b\[[0-9;]*m")
HERE = Here(now=datetime(2026, 11, 22, tzinfo=UTC), zone=UTC, source_id=int)
SNIPPET = (Span(text="to the "), Span(text="island ferry", match=True), Span(text=" on Sundays"))


def hit(**given: object) -> SearchHit:
    fields: dict[str, object] = {
        "kind": HitKind.ARTICLE,
        "id": 7,
        "url": "https://paper.example/ferry",
        "title": "Ferry",
        "publisher": "Daily Post",
        "published": "2024-11-08T09:30:00+01:00",
        "published_precision": "minute",
        "published_from": "json-ld",
        "snippet": SNIPPET,
        "rank": -1.0,
    }
    return SearchHit(**(fields | given))  # type: ignore[arg-type]


def shown(words: str = "ferry", **given: Any) -> Shown:
    asked = query.build(Asked(words=words), HERE)
    assert asked is not None
    return Shown(query=asked, zone=UTC, source_names={1: "Lists"}, **given)


def lines(*hits: SearchHit, total: int | None = None, offset: int = 0, **given: Any) -> list[str]:
    found = SearchResults(hits=hits, total=len(hits) if total is None else total, **given)
    return [OURS.sub("", line) for line in answers.results(found, shown(offset=offset))]


def test_a_hit() -> None:
    assert lines(hit(story_size=3)) == [
        "1 found",
        "",
        "1.  Ferry",
        "    Daily Post · 2024-11-08 09:30+01:00 · article 7 · and 2 copies",
        "    https://paper.example/ferry",
        "    to the island ferry on Sundays",
    ]


@pytest.mark.parametrize(
    ("precision", "shown"), [("year", "2024"), ("month", "2024-11"), ("day", "2024-11-01")]
)
def test_no_more_of_a_date_is_shown_than_is_known(precision: str, shown: str) -> None:
    known = hit(published="2024-11-01", published_precision=precision)
    assert f"Daily Post · {shown} · article 7" in lines(known)[3]


def test_a_hit_with_garbled_letters() -> None:
    assert lines(hit(damaged=True))[3].endswith(" · article 7 · garbled")


def test_a_hit_without_anything() -> None:
    bare = hit(title=None, publisher=None, published=None, url=None, snippet=())
    assert lines(bare)[2:] == ["1.  (no title)", "    publisher unknown · no date · article 7"]


def test_a_page_of_many_says_which() -> None:
    assert lines(hit(), hit(), total=99, offset=10)[0] == "99 found, 11 to 12 shown"
    assert "12. Ferry" in lines(hit(), hit(), total=99, offset=10)
    assert lines(hit(), total=99)[-1] == "The next ones: the same with --offset 1"
    assert "The next ones" not in "".join(lines(hit(), total=11, offset=10))


def test_a_page_behind_the_last_says_so() -> None:
    assert lines(total=25, offset=99) == ["25 found, none from 100 on"]


def test_marks_and_blanks_survive_wrapping() -> None:
    styled = list(answers.results(SearchResults(hits=(hit(),), total=1), shown()))[-1]
    assert styled.count("\x1b[33m") == 2, "two pieces of the match, styled each"
    assert OURS.sub("", styled).strip() == "to the island ferry on Sundays"


@given(st.text(), st.text(), st.lists(st.builds(Span, text=st.text(), match=st.booleans())))
def test_no_text_controls_the_terminal_or_overflows(
    title: str, publisher: str, snippet: list[Span]
) -> None:
    for line in lines(hit(title=title, publisher=publisher[:20], snippet=tuple(snippet))):
        assert not set(line) & {chr(code) for code in (*range(32), *range(127, 160))}
        if " " in line.strip():
            assert "\u202e" not in line
    assert all(cells(line) > 0 for line in lines(hit(title=title)) if line)


def test_what_was_not_ranked_is_said() -> None:
    found = lines(hit(), total=10_000, capped=True, ranked=5_000)
    assert found[0] == "more than 10,000 found, 1 to 1 shown"
    assert found[1] == "ranked the newest 5,000 of more than 10,000; --exhaustive ranks all"
    assert lines(hit(), total=7, ranked=5)[1].startswith("ranked the newest 5 of 7;")


def test_copies_in_a_row_each() -> None:
    found = SearchResults(hits=(hit(story_size=3),), total=1)
    out = [OURS.sub("", line) for line in answers.results(found, shown(all_copies=True))]
    assert out[3].endswith(" · one of 3 copies")


def facet(name: str, *counts: tuple[str, int], **given: Any) -> Facet:
    found = tuple(FacetCount(value=value, count=count) for value, count in counts)
    return Facet(name=name, counts=found, other=0, covered=None)._replace(**given)


def test_counts() -> None:
    facets = (
        facet("publisher", ("Daily\x1b[2J Post", 1200), ("北京晚报", 7), covered=5000),
        facet("month", ("2024-11", 3), ("2024-10", 9)),
        facet("source", ("1", 12), ("9", 1), other=3),
        facet("language"),
    )
    assert lines(hit(), facets=facets)[1:15] == [
        "",
        "By publisher (of the newest 5,000)",
        "    1,200  Daily Post",
        "        7  北京晚报",
        "",
        "By month",
        "    3  2024-11",
        "    9  2024-10",
        "",
        "By source",
        "    12  Lists",
        "     1  source 9",
        "    and 3 more",
        "",
    ]


def test_many_counts_are_cut_with_their_number() -> None:
    counts = [(f"Paper {number}", 1) for number in range(20)]
    assert "    and 13 more" in lines(hit(), facets=(facet("publisher", *counts, other=5),))


def test_the_zone_of_days_is_stated_with_hits_too() -> None:
    found = answers.results(SearchResults(hits=(hit(),), total=1), shown("ferry after:7d"))
    assert OURS.sub("", list(found)[1]) == "published from 2026-11-15 on (days in UTC)"


def test_remarks_tell_what_was_not_ranked() -> None:
    found = SearchResults(hits=(), total=9, ranked=5, facets=(facet("month", other=7),))
    asked = shown("fo:x").query
    assert list(answers.remarks(found, asked)) == [
        "`fo:` is no field, so it was searched as a word",
        "ranked the newest 5 of 9; --exhaustive ranks all",
        "of month 7 values more are not listed",
    ]


def test_a_headline_whose_page_is_lost_says_so() -> None:
    bare = {"kind": HitKind.HEADLINE, "snippet": (Span(text="Ferry", match=True),)}
    assert "headline only, article not held" in "\n".join(lines(hit(**bare)))
    gone = "\n".join(lines(hit(gone=True, **bare)))
    assert "· gone; not in the web archive" in gone
    assert "not held" not in gone
