"""A set of formulas, company by company and period by period: none is joined to another's page.

Each title is printed in many ways (cut, robbed of letters, with names behind it, without its
publisher) and looked for twice: where its own page is missing and where it is there.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive import titles
from archive.matching import Answer, Candidate, Printed, Shelf, choose, printed
from archive.records import Headline
from tests.archive.making import headline

COMPANIES = (
    "Abelix", "Abelon Pharma", "Bryntal Therapeutics", "Bryn Group", "Corvane, Inc.", "Galdor Bio",
    "Galdor Biologics", "Jolène Santé", "K2 Optics", "Nordvik", "Nordvik Bio", "T2 Optics",
)  # fmt: skip
PERIODS = (("First Quarter", "2024-05-07"), ("Third Quarter", "2024-11-05"))
TEMPLATES = (
    "{company} Reports {period} 2024 Financial Results and Provides Business Update",
    "Reports {period} 2024 Financial Results: {company}",
    "{company} Reports Inducement Grants Under Nasdaq Listing Rule 5635(c)(4)",
    "Inducement Grants Under Nasdaq Listing Rule 5635(c)(4) Reported by {company}",
    "{company} to Participate in Three Upcoming Investor Conferences in the {period}",
    "Half-Year Report of the Liquidity Contract of {company} with Bank Alder, {period} 2024",
    "Halvorsen Law Firm Reminds Investors of the Deadline in the Class Action Against {company}",
    "{company} Announces Positive Topline Results From a Phase 3 Trial of Its Lead Candidate",
    "Northern Growth Conference {period} 2024: Webcast Presentation by {company}",
    "Bank Alder Publishes Total Voting Rights and Number of Shares for {company}",
)
SHARES = (0.35, 0.6, 0.75, 0.9)


def everything() -> list[Headline]:
    """Give each company's every formula of every period, as a wire's list prints them."""
    return [
        headline(
            template.format(company=company, period=period),
            f"https://wire.example/{n}",
            publisher="Wire",
            published=day,
        )
        for n, (template, company, (period, day)) in enumerate(
            product(TEMPLATES, COMPANIES, PERIODS)
        )
    ]


def ways(title: str) -> Iterator[tuple[str, str, str | None]]:
    """Give a title as lists print it: which way, how, and the publisher beside it."""
    yield "whole", title, "Wire"
    yield "whole", title.upper(), None
    yield "whole", f"{title} - Wire", None
    yield "suffixed", f"{title} - Wire Post", None
    if not title.isascii():
        yield "robbed", "".join(char for char in title if char.isascii()), "Wire"
    for share in SHARES:
        cut = title[: int(len(title) * share)]
        yield "cut", f"{cut}...", "Wire"
        yield "cut", f"{cut.rpartition(' ')[0]} ...", "Wire"
        yield "cut, bare", f"{cut.rpartition(' ')[0]} -...", None


def answers(asked: Printed, shelf: Shelf, own: str | None) -> tuple[Answer, Answer]:
    """Choose without and with the page that is meant."""
    offered = [
        Candidate(printed=printed(each), page=str(each.url)) for each in shelf.like(asked.title)
    ]
    missing = [candidate for candidate in offered if candidate.url != own]
    return choose(asked, missing), choose(asked, offered)


def test_none_of_many_formulas_is_joined_to_anothers_page() -> None:
    lines = everything()
    shelf = Shelf(lines)
    found: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    # Every seventh, which comes to each company, formula and period; all are there to be mistaken.
    for line in lines[::7]:
        day = printed(line).day
        for way, title, publisher in ways(line.title):
            asked = Printed(title=title, publisher=publisher, day=day)
            without, with_it = answers(asked, shelf, line.url)
            assert without.taken is None, (way, title, without)
            assert with_it.taken is None or with_it.taken.candidate.url == line.url, (way, title)
            tried[way] += 1
            found[way] += with_it.taken is not None
    assert len(lines) == len(TEMPLATES) * len(COMPANIES) * len(PERIODS)
    share = {way: found[way] / tried[way] for way in tried}
    assert share["whole"] == share["suffixed"] == share["robbed"] == 1
    # What a cut leaves may be a formula without its name: most are rightly left open.
    assert share["cut"] > 0.2
    assert share["cut, bare"] == 0


DAY = date(2024, 8, 6)
NAME = st.text("abdeikorvxß", min_size=2, max_size=9).map(str.capitalize)
FORMULA = st.sampled_from(TEMPLATES).map(lambda t: t.replace("{period}", "Second Quarter"))


@settings(max_examples=300, deadline=None)
@given(
    NAME, NAME, FORMULA, FORMULA, st.integers(0, 110), st.booleans(),
    st.sampled_from(("Wire", None)), st.integers(-4, 4), st.booleans(),
)  # fmt: skip
def test_two_companies_are_never_joined(
    one: str, other: str, mine: str, theirs: str, at: int, blank: bool, publisher: str | None,
    days: int, other_is_cut: bool,
) -> None:  # fmt: skip
    """However the one is cut, robbed or dated, and whoever printed it."""
    # Robbed of all that is not ASCII, two names may be left alike; nobody could tell them apart.
    one_name, other_name = titles.read(one), titles.read(other)
    assume(one_name.letters != other_name.letters and one_name.left != other_name.left)
    title, whole = mine.format(company=one), theirs.format(company=other)
    if at < len(title):
        title = title[:at].rstrip() + (" ..." if blank else "...")
    if other_is_cut:
        whole = f"{whole[: at + 9]}..."
    held = Printed(
        title=whole, publisher="Wire", day=DAY + timedelta(days=days), url="https://wire.example/1"
    )
    asked = Printed(title=title, publisher=publisher, day=DAY)
    for first, second in ((asked, held), (held, asked)):
        answer = choose(first, [Candidate(printed=second, page="x")])
        assert answer.taken is None, answer


SERIES = "Harbour seals learn to ride the morning ferry between northern islands"


@pytest.mark.parametrize(
    ("days", "publisher", "taken"),
    [(0, "Wire", True), (0, None, False), (2, "Wire", False)],
)
def test_a_beginning_of_other_days_needs_day_and_publisher(
    days: int, publisher: str | None, taken: bool
) -> None:
    """Other titles that begin so show that it is a series."""
    offered = [
        Candidate(
            printed=Printed(
                title=f"{SERIES}: {place}",
                publisher="Wire",
                day=DAY - timedelta(days=gap),
                url=f"https://wire.example/{place}",
            ),
            page=place,
        )
        for place, gap in (("june", days), ("winter", 40))
    ]
    answer = choose(Printed(title=f"{SERIES} ...", publisher=publisher, day=DAY), offered)
    assert (answer.taken is not None) is taken
    assert taken or "other titles begin so too" in answer.reason


def test_a_formula_that_shows_its_name_and_hides_only_formula_is_found() -> None:
    title = "Abelix Reports Second Quarter 2024 Financial Results"
    held = Printed(title=title, day=DAY, url="https://wire.example/1")
    answer = choose(
        Printed(title="Abelix Reports Second Quarter 2024 ...", publisher="Wire", day=DAY),
        [Candidate(printed=held, page="1")],
    )
    assert answer.taken is not None


def test_the_lists_own_posts_may_name_another_publisher() -> None:
    url = "https://river.example/2024/seals"
    held = Candidate(printed=Printed(title=SERIES, day=DAY, url=url), page="1")
    asked = Printed(title=SERIES, publisher="Glossy", day=DAY)
    assert choose(asked, [held]).taken is None
    own = Printed(
        title=SERIES, publisher="Glossy", day=DAY, list_url="https://river.example/archive/"
    )
    answer = choose(own, [held])
    assert answer.taken is not None
    assert "on the list's own site" in answer.reason


def test_a_cut_title_needs_a_day_or_a_publisher_to_compare() -> None:
    held = Printed(title=f"{SERIES} in nine pictures", url="https://wire.example/1")
    for day, publisher, taken in ((DAY, None, False), (DAY, "Wire", True)):
        asked = Printed(title=f"{SERIES} ...", publisher=publisher, day=day)
        answer = choose(asked, [Candidate(printed=held, page="1")])
        assert (answer.taken is not None) is taken
    slug = Printed(title=f"{SERIES.lower()} …", url="https://wire.example/1")
    assert choose(Printed(title=SERIES, day=DAY), [Candidate(printed=slug, page="1")]).taken is None
