import pytest

from crawler.extract.lists.datemarks import Place
from crawler.extract.lists.linecredit import credit_lines, is_proper
from crawler.extract.lists.textlists import TextEntry


def entry(title: str, sign: str = "-", linked: str | None = None) -> TextEntry:
    return TextEntry(
        title=title,
        raw=title,
        found=None,
        date_text=None,
        place=Place.END,
        bullet="-",
        sign=sign,
        linked=linked,
    )


def credited(*titles: str) -> list[tuple[str, str | None]]:
    lines = [entry(title) for title in titles]
    found = credit_lines(lines, [None] * len(lines), site="list.example", known={})
    return [(one.title, one.publisher) for one in found]


def test_second_halves_of_titles_are_no_publishers() -> None:
    titles = (
        "The strike ends - what comes next",
        "A lamp is lit - for the last time",
        "The pier is rebuilt - of oak alone",
    )
    assert credited(*titles) == [(title, None) for title in titles]


def test_names_that_do_not_come_again_are_publishers_where_all_lines_are_built_so() -> None:
    assert credited("The strike ends today - The Tide", "A lamp is lit again - Isle Courier") == [
        ("The strike ends today", "The Tide"),
        ("A lamp is lit again", "Isle Courier"),
    ]


def test_topics_before_a_colon_are_no_publishers() -> None:
    titles = ("Budget: what comes of it", "Harbour: how deep it is", "Strike: who pays for it")
    assert credited(*titles) == [(title, None) for title in titles]


def test_a_link_holds_the_title_and_the_name_stands_beside_it() -> None:
    lines = [entry("A strike - at last - The Tide", linked="A strike - at last")]
    (found,) = credit_lines(lines, [None], site=None, known={})
    assert (found.title, found.publisher) == ("A strike - at last", "The Tide")


def test_the_hosts_come_last() -> None:
    titles = ("The strike ends today", "A lamp is lit again", "The pier is rebuilt")
    hosts = ("tide.example", "courier.example", "tide.example")
    found = credit_lines([entry(title) for title in titles], hosts, site="list.example", known={})
    assert tuple(one.publisher for one in found) == hosts


@pytest.mark.parametrize(
    ("name", "proper"),
    [("The Tide", True), ("nature.com", True), ("what is new", False)],
)  # fmt: skip
def test_proper_names(name: str, proper: bool) -> None:
    assert is_proper(name) is proper


def test_a_name_before_a_topic_is_a_publisher() -> None:
    titles = ("Wire: Budget: what comes of it", "Isle: Pier: to be oak", "nfa: Fog lifts at last")
    assert credited(*titles) == [
        ("Budget: what comes of it", "Wire"),
        ("Pier: to be oak", "Isle"),
        ("Fog lifts at last", "nfa"),
    ]


def test_names_in_brackets_before_each_title_are_publishers() -> None:
    titles = ("[NFA] The strike ends", "[Wire] A lamp is lit", "[Isle] The pier is oak")
    assert [name for _, name in credited(*titles)] == ["NFA", "Wire", "Isle"]
    assert {name for _, name in credited(*titles, "The fog lifts at last")} == {None}
    labels = ("[Video] The strike ends", "[Video] A lamp is lit", "[PDF] The pier is oak")
    assert {name for _, name in credited(*labels)} == {None}


def test_a_name_written_small_is_one_beside_names_of_others() -> None:
    assert credited("The strike ends - Wire", "A lamp is lit - nfa", "The pier - Isle Courier") == [
        ("The strike ends", "Wire"),
        ("A lamp is lit", "nfa"),
        ("The pier", "Isle Courier"),
    ]
