"""What is a change of a list and what is not: decided without an archive."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.listchanges import compare, identities, is_redated, is_retitled
from archive.records import Change, ChangeKind, Dated, Headline, HeldEntry
from tests.archive.making import day, headline, list_page


def line(name: str, published: str | None = "2024-11-08", **more: str) -> Headline:
    return headline(f"Title {name}", f"https://paper.example/{name}", published=published, **more)  # type: ignore[arg-type]  # only texts are given


def lines(names: str) -> tuple[Headline, ...]:
    return tuple(line(name) for name in names.split())


def held(headlines: tuple[Headline, ...], reading: str = "first") -> tuple[HeldEntry, ...]:
    given_identities = identities(list_page(*headlines))
    return tuple(
        HeldEntry(id=number, identity=identity, headline=each, reading=reading, place=(0, number))
        for number, (each, identity) in enumerate(zip(headlines, given_identities, strict=True))
    )


def told(before: tuple[Headline, ...], now: tuple[Headline, ...]) -> list[tuple[str, str]]:
    """Give kind and title of each change."""
    page = list_page(*now)

    def title(change: Change) -> str:
        if change.entry is not None:
            return page.headlines[change.entry].title
        assert change.held
        return change.held.headline.title

    return [(change.kind.value, title(change)) for change in compare(held(before), page)]


@st.composite
def lists(draw: st.DrawFn, least: int = 0) -> tuple[Headline, ...]:
    """A list in order of its dates, as lists are, of headlines with links and without."""
    numbers = draw(st.lists(st.integers(0, 500), min_size=least, max_size=30, unique=True))
    linked = draw(st.booleans())
    days = sorted(
        (draw(st.dates().map(str).filter(lambda d: d > "1000")) for _ in numbers), reverse=True
    )
    return tuple(
        headline(f"Title {n}", f"https://p.example/{n}" if linked else None, published=d)
        for n, d in zip(numbers, days, strict=True)
    )


@given(lists())
def test_a_list_has_not_changed_from_itself(listed: tuple[Headline, ...]) -> None:
    assert told(listed, listed) == []


@given(lists(least=2), st.data())
def test_what_comes_on_top_is_added_and_what_scrolls_off_is_nothing(
    listed: tuple[Headline, ...], data: st.DataObject
) -> None:
    new = data.draw(st.integers(0, len(listed) - 1))
    off = data.draw(st.integers(0, len(listed) - new))
    changes = told(listed[new:], listed[: len(listed) - off])
    kept = min(new, len(listed) - off)
    assert changes == [("added", each.title) for each in listed[:kept]]


@given(lists(least=4), st.data())
def test_what_is_gone_from_the_middle_is_withdrawn(
    listed: tuple[Headline, ...], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(1, len(listed) - 2))
    changes = told(listed, listed[:gone] + listed[gone + 1 :])
    assert changes == [("withdrawn", listed[gone].title)]


@pytest.mark.parametrize(
    ("before", "now", "changes"),
    [
        pytest.param("a b c d", "n a c d", ["added n", "withdrawn b"], id="both at once"),
        pytest.param("a b c d e", "a c n e", ["added n", "withdrawn b", "withdrawn d"], id="two"),
        pytest.param("a b c d", "b c d", [], id="above the first: perhaps it was pinned"),
        pytest.param("a b c d", "a b c", [], id="below the last: scrolled off"),
        pytest.param("a b c d", "c a d", [], id="another order tells nothing"),
        pytest.param("a b c d e f", "a f", [], id="more is gone than left: another page"),
        pytest.param("a b c", "x y z", ["added x", "added y", "added z"], id="nothing in common"),
        pytest.param("a b c", "", [], id="an empty page withdraws nothing"),
    ],
)
def test_where_it_stood_decides(before: str, now: str, changes: list[str]) -> None:
    found = [f"{kind} {title[6:]}" for kind, title in told(lines(before), lines(now))]
    assert found == changes


def test_at_the_seam_of_two_lists_what_is_gone_has_scrolled_off() -> None:
    main = tuple(line(n, f"2024-11-0{9 - i}") for i, n in enumerate("abcd"))
    popular = tuple(line(n, d) for n, d in (("p", "2024-11-20"), ("q", "2023-01-01")))
    new = line("n", "2024-11-10")
    assert told(main + popular, (new, *main[:3], *popular)) == [("added", "Title n")]


def test_a_reading_is_compared_with_itself_only() -> None:
    """The page has moved on: what stood on another page is between nothing."""
    first, second = held(lines("a b c"), "one"), held(lines("d e f"), "two")
    second = tuple(replace(entry, id=entry.id + 10) for entry in second)
    assert compare(first + second, list_page(*lines("b c d e"))) == ()


def test_a_new_title_date_or_link_is_told() -> None:
    before = lines("a b c")
    assert told(before, (before[0], headline("Other", before[1].url), before[2])) == [
        ("retitled", "Other")
    ]
    redated = replace(before[1], published=day("2024-11-20"))
    assert told(before, (before[0], redated, before[2])) == [("redated", "Title b")]
    relinked = replace(before[1], url="https://other.example/b")
    assert told(before, (before[0], relinked, before[2])) == [("relinked", "Title b")]


def test_a_publisher_that_is_split_off_meanwhile_makes_no_new_title() -> None:
    before = headline("Ferry sails - Daily Post", publisher=None)
    for raw in (before.raw, "2 hours ago: Ferry sails - Daily Post"):
        now = replace(headline("Ferry sails"), raw=raw)
        assert not is_retitled(before, now)
        assert not is_retitled(now, before)
    assert is_retitled(before, headline("Boat sails"))


def test_every_link_may_change_at_once() -> None:
    before = lines("a b c")
    now = tuple(replace(each, url=f"{each.url}?lang=en") for each in before)
    assert [kind for kind, _ in told(before, now)] == ["relinked"] * 3


def test_one_title_under_two_links_is_two_headlines() -> None:
    """Results of two companies on one day: the old one scrolls off as the new one comes."""
    report = line("report")
    other = replace(report, url="https://paper.example/other-report")
    changes = told((*lines("a b"), report), (other, *lines("a b")))
    assert changes == [("added", "Title report")]


def test_what_was_withdrawn_and_is_listed_again_has_returned() -> None:
    before = held(lines("a b c"))
    gone = (before[0], replace(before[1], withdrawn=True, reading="older"), before[2])
    (change,) = compare(gone, list_page(*lines("a b c")))
    assert change.kind is ChangeKind.RETURNED


@pytest.mark.parametrize(
    ("before", "now", "flag", "is_new"),
    [
        ("It’s “on”", 'It\'s  "on"', "", False),
        ("Ferry sails", "Ferry sails again", "", True),
        ("Ferry sails on", "Ferry sails ...", "truncated", False),
        ("Ferry sails on", "Boat sails ...", "truncated", True),
        ("Ferry – sails", "Ferry ? sails", "damaged", False),
    ],
)
def test_a_title_set_otherwise_is_the_same(before: str, now: str, flag: str, is_new: bool) -> None:
    printed = replace(headline(now), truncated=flag == "truncated", damaged=flag == "damaged")
    assert is_retitled(headline(before), printed) is is_new


def test_a_cut_title_that_is_whole_now_is_another() -> None:
    assert is_retitled(replace(headline("Ferry ..."), truncated=True), headline("Ferry sails"))


def dated(text: str, raw: str) -> Dated:
    return replace(day(text), raw=raw)


@pytest.mark.parametrize(
    ("before", "now", "is_new"),
    [
        (dated("2024-11-08", "8 Nov 2024"), dated("2024-11-09", "9 Nov 2024"), True),
        (dated("2024-11-08", "2 hours ago"), dated("2024-11-09", "9 Nov 2024"), False),
        (dated("2024-11-08", "yesterday"), dated("2024-11-11", "11 Nov"), True),
        (dated("2024-11-08", "8 Nov 2024"), dated("2024-11-08", "08.11.2024"), False),
        (None, dated("2024-11-08", "8 Nov 2024"), False),
    ],
)
def test_a_date_counted_from_the_visit_may_be_a_day_off(
    before: Dated | None, now: Dated, is_new: bool
) -> None:
    assert is_redated(before, now) is is_new
