"""What people see: every text harmless, every line within the width."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import display
from archive.found import HitKind, SearchHit, SearchResults, Span
from archive.held import SourceSummary
from archive.records import Source
from archive.terminal import cells

OURS = re.compile(r"\x1b\[[0-9;]*m")
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


def lines(*hits: SearchHit, total: int | None = None, offset: int = 0) -> list[str]:
    results = SearchResults(hits=hits, total=len(hits) if total is None else total)
    return [OURS.sub("", line) for line in display.results(results, offset=offset)]


def test_a_hit() -> None:
    assert lines(hit(story_size=3)) == [
        "1 found",
        "",
        "1.  Ferry",
        "    Daily Post · 2024-11-08 09:30+01:00 · article 7 · 3 copies",
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


def test_a_page_behind_the_last_says_so() -> None:
    assert lines(total=25, offset=99) == ["25 found, none from 100 on"]


def test_marks_and_blanks_survive_wrapping() -> None:
    styled = list(display.results(SearchResults(hits=(hit(),), total=1), offset=0))[-1]
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


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2024-11-08", "2024-11-08"),
        ("2024-11-08T09:30:00", "2024-11-08 09:30"),
        ("2024-11-08T09:30:15.5-05:00", "2024-11-08 09:30-05:00"),
        ("2024-11-08T09:30:00+00:00", "2024-11-08 09:30 UTC"),
        (datetime(2024, 11, 8, 9, 30, tzinfo=UTC), "2024-11-08 09:30 UTC"),
    ],
)
def test_short_date(value: str | datetime, shown: str) -> None:
    assert display.short_date(value) == shown


@pytest.mark.parametrize(
    ("url", "paused", "headlines", "state"),
    [
        ("urn:sha256:ab", True, 3, "(imported)"),
        ("https://paper.example/", True, 3, "(imported)"),
        ("https://paper.example/", True, 0, "(paused)"),
        ("https://paper.example/", False, 0, "Lists"),
    ],
)
def test_a_source_that_came_as_a_file_says_so(
    url: str, paused: bool, headlines: int, state: str
) -> None:
    added = datetime(2026, 11, 22, tzinfo=UTC)
    summary = SourceSummary(
        source=Source(id=1, url=url, name="Lists", added_at=added, paused=paused),
        headlines=headlines,
        with_link=headlines,
        articles=0,
        newest=None,
        last_visit=None,
        last_state=None,
        last_reason=None,
    )
    first, *_, visited = [OURS.sub("", line) for line in display.sources([summary])]
    assert first.endswith(state)
    assert ("imported" in visited) is (state == "(imported)")
