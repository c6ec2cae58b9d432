"""Which page a headline means: with every other company's template beside it, none but its own."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.matching import (
    BAR,
    Answer,
    Candidate,
    Printed,
    Publishers,
    Shelf,
    choose,
    compare_publishers,
    day_of,
    is_host_of,
    same_name,
    weigh,
)
from archive.records import Dated, DateSource, Precision
from tests.archive.making import headline

DAY = date(2024, 8, 2)
STORY = "Harbour seals learn to ride the morning ferry between northern islands"
COMPANIES = (
    "Abelix", "Bryntal Therapeutics", "Corvane, Inc.", "Dunmore Oncology", "Elquist Pharma",
    "Fenwright Biosciences", "Galdor Bio", "Hexham Holdings", "Ivarsson AG", "Jolène Santé",
    "K2 Optics", "Lumière SA", "Müritz", "Nordvik", "T2 Optics",
)  # fmt: skip
TEMPLATES = (
    "{} Reports Second Quarter 2024 Financial Results",
    "{} Reports Inducement Grants Under Nasdaq Listing Rule 5635(c)(4)",
    "{} to Present at the Northern Growth Conference",
    "Voting Rights and Share Capital of {} on 31 July 2024",
    "{}: Half-Year Report of the Liquidity Contract with Bank Alder",
    "{} to Report Second Quarter 2024 Results and Provide Business Update",
    "Report on {}’s Liquidity Contract",
)


def at(title: str, url: str = "https://paper.example/1", **given: object) -> Candidate:
    fields: dict[str, object] = {"day": DAY} | given
    return Candidate(printed=Printed(title=title, url=url, **fields), page=url)  # type: ignore[arg-type] # whatever the test gives


def asked(title: str, publisher: str | None = None, day: date | None = DAY) -> Printed:
    return Printed(title=title, publisher=publisher, day=day)


def taken(answer: Answer) -> str | None:
    return answer.taken.candidate.url if answer.taken else None


def ways(title: str) -> list[str]:
    """Give a title as lists print it: whole, cut, robbed, with a publisher, in capitals."""
    cut = title[: len(title) * 3 // 4]
    robbed = "".join(char for char in title if char.isascii())
    return [title, f"{cut}...", f"{cut.rpartition(' ')[0]} ...", robbed, f"{title} - Wire Post",
            title.upper()]  # fmt: skip


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_template_is_joined_to_another_companys(template: str) -> None:
    others = {name: at(template.format(name), f"https://wire.example/{name}") for name in COMPANIES}
    for name in COMPANIES:
        rest = [candidate for other, candidate in others.items() if other != name]
        for title in ways(template.format(name)):
            for publisher in (None, "Wire"):
                answer = choose(asked(title, publisher), rest)
                assert answer.taken is None, (title, answer)


@pytest.mark.parametrize(("template", "name"), list(product(TEMPLATES, COMPANIES)))
def test_a_template_is_joined_to_its_own_company(template: str, name: str) -> None:
    held = [at(template.format(each), f"https://wire.example/{each}") for each in COMPANIES]
    answer = choose(asked(template.format(name)), held)
    assert taken(answer) == f"https://wire.example/{name}"


def test_a_formula_without_a_name_is_never_enough() -> None:
    title = "Voting Rights and Shares Capital of the Company"
    answer = choose(asked(title, "Wire"), [at(title, publisher="Wire")])
    assert answer.taken is None
    assert answer.reason.startswith("too little evidence: exact after folding")


def test_a_formula_that_comes_again_needs_the_day() -> None:
    title = "Abelix Reports Inducement Grants Under Nasdaq Listing Rule 5635(c)(4)"
    issues = [
        at(title, f"https://wire.example/{n}", day=DAY + n * timedelta(days=30)) for n in range(3)
    ]
    assert taken(choose(asked(title), issues)) == "https://wire.example/0"
    assert taken(choose(asked(title), issues[1:])) is None
    assert taken(choose(asked(title, "Wire", day=None), issues[:1])) is None


def test_two_pages_with_one_title_are_no_answer() -> None:
    two = [at(STORY, "https://one.example/"), at(STORY, "https://two.example/")]
    answer = choose(asked(STORY), two)
    assert answer.taken is None
    assert answer.reason == "ambiguous: 2 pages have this title"
    assert [rival.candidate.url for rival in answer.rivals] == [each.url for each in two]


def test_the_publisher_tells_copies_apart() -> None:
    two = [at(STORY, "https://one.example/x"), at(STORY, "https://manilatimes.example/x")]
    assert taken(choose(asked(STORY, "The Manila Times"), two)) == two[1].url


def test_a_copy_at_another_publisher_is_not_the_page() -> None:
    assert taken(choose(asked(STORY, "Glossy"), [at(STORY, publisher="Daily Post")])) is None
    assert taken(choose(asked(STORY, "Glossy"), [at(STORY)])) is None


def test_candidates_for_one_page_are_one() -> None:
    held = at(STORY, "https://paper.example/1")
    listed = Candidate(printed=held.printed, page=held.page, article_id=3)
    answer = choose(asked(STORY), [held, listed])
    assert answer.taken is not None
    assert answer.taken.candidate.article_id == 3


def test_what_was_cut_before_it_differs_is_ambiguous() -> None:
    two = [at(f"{STORY} in {place}", f"https://p.example/{place}") for place in ("June", "winter")]
    assert taken(choose(asked(f"{STORY} ..."), two[:1])) == two[0].url
    assert taken(choose(asked(f"{STORY} ..."), two)) is None


@pytest.mark.parametrize(
    ("mine", "theirs", "publisher"),
    [
        (f"{STORY} - Glossy", STORY, "Glossy"),
        (STORY, f"{STORY} | Glossy", None),
        (f"{STORY} - Glossy", f"{STORY} | Glossy", None),
        (f"{STORY[:60]}...", f"{STORY} – Glossy.com", "Glossy"),
    ],
)
def test_a_publisher_behind_the_title_is_taken_off(
    mine: str, theirs: str, publisher: str | None
) -> None:
    answer = choose(asked(mine), [at(theirs, "https://www.glossy.example/1", publisher=publisher)])
    assert taken(answer) is not None
    assert "without “Glossy" in answer.reason


def test_two_different_ends_are_never_both_taken_off() -> None:
    line = "Half-year report of the liquidity contract and the harbour seals of the north"
    assert weigh(asked(f"{line} - Abelix"), at(f"{line} - Nordvik")) is None


def test_days_and_publishers_raise_or_lower_the_score() -> None:
    def score(day: date | None, publisher: str | None) -> float:
        title = "Harbour seals ride ferry"
        held = at(title, "https://x.example/", day=day, publisher=publisher)
        found = weigh(asked(title, "Post"), held)
        assert found
        return found.score

    days = (DAY, DAY + timedelta(days=9), DAY + timedelta(days=40), DAY - timedelta(days=400))
    scores = [score(day, "Post") for day in days]
    assert scores == sorted(scores, reverse=True)
    assert score(None, "Post") < score(DAY, "Post")
    assert score(DAY, None) < BAR < score(DAY, "Post")
    assert score(DAY, "Mail") == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nature.com", "Nature", True),
        ("Nature", "Nature Communications", True),
        ("The Manila Times", "Manila Times", True),
        ("NYPost", "New York Post", True),
        ("Journal of Translational...", "Journal of Translational Medicine", True),
        ("New Scientist", "The Scientist", False),
        ("Daily Post", "Post", False),
        ("PR Newswire", "GlobeNewswire", False),
        ("…", "Post", False),
    ],
)
def test_names_of_publishers(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same_name(other, one) is same


@pytest.mark.parametrize(
    ("url", "name", "same"),
    [
        ("https://nypost.com/x", "New York Post", True),
        ("https://news.mit.edu/x", "MIT News", True),
        ("https://www.frontiersin.org/x", "Frontiers", True),
        ("https://pmc.ncbi.nlm.nih.gov/x", "PMC", True),
        ("https://www.stocktitan.net/x", "The Manila Times", False),
        ("urn:sha256:00", "Post", False),
    ],
)
def test_hosts_of_publishers(url: str, name: str, same: bool) -> None:
    assert is_host_of(url, name) is same


def test_without_names_nothing_is_known_of_publishers() -> None:
    assert compare_publishers(((), None), ((), "https://a.example/")) is Publishers.UNKNOWN


def test_a_month_is_no_day() -> None:
    month = Dated(value=DAY, precision=Precision.MONTH, source=DateSource.LIST, raw="August")
    assert day_of(month) is None
    assert day_of(None) is None


def test_headlines_from_elsewhere_are_found_by_how_they_begin() -> None:
    one = headline("The naïve harbour seals", "https://a.example/1")
    shelf = Shelf(
        [one, headline("The naïve harbour seals"), headline("Another", "https://b.example/")]
    )
    assert shelf.like("The nave harbour ...") == (one,)
    assert shelf.like("THE NAÏVE HARBOUR SEALS - Post") == (one,)
    assert shelf.like("Ferries") == ()


WORDS = st.sampled_from(
    ["ferry", "island", "winter", "seals", "harbour", "reports", "quarter", "results", "café"]
)
PRINTED = st.builds(
    Printed,
    title=st.lists(WORDS, min_size=1, max_size=9).map(" ".join),
    publisher=st.sampled_from((None, "Post", "Mail")),
    day=st.none() | st.dates(date(2024, 1, 1), date(2024, 3, 1)),
)


@given(PRINTED, PRINTED)
def test_weighing_is_symmetric_and_the_same_title_is_the_best(one: Printed, other: Printed) -> None:
    def scored(mine: Printed, theirs: Printed) -> float:
        found = weigh(mine, Candidate(printed=theirs, page="x"))
        return found.score if found else 0.0

    assert scored(one, other) == scored(other, one)
    assert 0 <= scored(one, other) <= 1
    if one.title == other.title:
        assert scored(one, one) >= scored(one, other) or one.day is None or one.publisher is None
    else:
        assert scored(one, other) == 0
