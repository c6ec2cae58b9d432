"""When two printed titles are one, and that they are two as soon as one word or number differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.titles import (
    compare,
    content_words,
    is_formula,
    may_name,
    mended,
    names_period,
    read,
    recurs,
    telling,
)


def evidence(one: str, other: str) -> str | None:
    agreement = compare(read(one), read(other))
    return agreement.evidence if agreement else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferry Sails on Sundays", "FERRY SAILS ON SUNDAYS"),
        ("A “new” harbour – at last", "A 'new' harbour - at last"),
        ("What's left of the harbour", "Whats left of the harbour"),
        ("Tea &amp; cake in the harbour", "Tea & cake in the harbour"),
        ("Tea & cake in the harbour", "Tea and cake in the harbour"),
        ("A cell- based graft", "A cell-based graft"),
        ("Graft cells—multipotent cells", "Graft cellsmultipotent cells"),
        ("Rule 5635(C)(4) again", "Rule 5635(c)(4) again"),
        ("The naïve harbour", "The naive harbour"),
        ("The naÃ¯ve harbour", "The naïve harbour"),
        ("A price of 1,500 boats", "A price of 1500 boats"),
        ("港の船が日曜日に出る", "港の船が日曜日に出る。"),
        ("Ferry fares (updated)", "Ferry&nbsp;fares: updated"),
    ],
)
def test_what_readers_take_for_the_same_is_exact(one: str, other: str) -> None:
    assert evidence(one, other) == "exact after folding"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grows by 1.5 knots", "Grows by 15 knots"),
        ("Harbour results for 2023", "Harbour results for 2024"),
        ("CD4+ cells in harbour seals", "CD4 cells in harbour seals"),
        ("Acme opens a harbour", "Apex opens a harbour"),
        ("Acme opens a harbour", "Acme opens a harbour today"),
        ("Acme opens a harbour", "Acme does not open a harbour"),
        ("か行の船", "が行の船"),
        ("Results of Phase 2...", "Results of Phase 25 trials"),
        ("腾讯 opens a harbour", " opens a harbour"),
        ("", ""),
        ("...", "Ferry sails"),
    ],
)
def test_what_differs_in_a_word_or_a_number_is_two(one: str, other: str) -> None:
    assert evidence(one, other) is None


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Ferry sails on ...", "Ferry sails on Sundays", "cut after 12 of 19 characters"),
        ("Ferry sails on Sun…", "Ferry sails on Sundays", "cut after 15 of 19 characters"),
        ("Ferry sails on Sundays -...", "Ferry sails on Sundays", "cut after 19 of 19 characters"),
        ("Ferry sails […]", "Ferry sails on ...", "both cut, cut after 10 of 12 characters"),
        ("The nave harbour", "The naïve harbour", "1 character lost"),
        ("-catenin and the harbour", "β-catenin and the harbour", "1 character lost"),
        ("Piers 216–28 in use", "Piers 21628 in use", "1 character lost"),
        (
            "The nave harbour...",
            "The naïve harbour of old",
            "cut after 14 of 19 characters, 1 character lost",
        ),
    ],
)
def test_what_was_cut_or_lost_is_said(one: str, other: str, words: str) -> None:
    assert evidence(one, other) == evidence(other, one) == words


def test_the_more_is_shown_the_more_it_says() -> None:
    whole = read("The ferry to the islands will sail on Sundays again")
    forms = [
        agreement.form
        for shown in ("The ferry to the...", "The ferry to the islands will sail...")
        if (agreement := compare(read(shown), whole))
    ]
    exact = compare(whole, whole)
    assert exact
    assert forms == sorted(forms)
    assert forms[-1] < exact.form == 1


def test_a_word_that_a_cut_may_have_broken_is_no_evidence() -> None:
    whole = read("Ferry sails on Sundays")
    broken, between = compare(read("Ferry sai..."), whole), compare(read("Ferry sails ..."), whole)
    assert broken
    assert between
    assert (broken.words, between.words) == (("ferry",), ("ferry", "sails"))


def test_words_that_distinguish_are_counted() -> None:
    assert telling(read("Acme Therapeutics, Inc. Reports Second Quarter 2024 Results").words) == 1
    assert telling(read("Voting Rights and Shares Capital of the Company").words) == 0
    assert telling(read("The ferry to the islands sails").words) == 3
    assert telling(read("港の船が日曜日に出る").words) > 3


@pytest.mark.parametrize(
    ("title", "again"),
    [
        ("Acme Reports Inducement Grants", True),
        ("Acme to Attend Upcoming Investor Conferences", True),
        ("Acme Reports Second Quarter 2024 Results", False),
        ("The ferry to the islands sails", False),
    ],
)
def test_formulas_that_come_again_are_known(title: str, again: bool) -> None:
    assert recurs(read(title).words) is again


def test_a_period_needs_its_year() -> None:
    assert names_period(read("Results for the second quarter of 2024").words)
    assert not names_period(read("Results for the second quarter").words)
    assert not names_period(read("The harbour in 2024").words)


def test_a_search_takes_the_words_that_an_index_has() -> None:
    assert content_words("What's new at the Harbour of Åby: 1,500 boa...") == (
        "harbour",
        "åby",
        "1",
        "500",
    )
    assert content_words("港の船が日曜日に出る、と会社は言った...") == (
        "港の船が日曜日に出る",
        "と会社は言った",
    )


def test_only_what_was_decoded_wrongly_is_mended() -> None:
    assert mended("naÃ¯ve") == "naïve"
    assert mended("Â") == "Â"
    assert mended("ÃÂ°Â…x") != ""


TITLES = st.text(alphabet="abcdeéβ 12.…-–|'ＡÃ¯", max_size=30) | st.text(max_size=40)


@given(TITLES)
def test_every_title_that_has_letters_is_itself(title: str) -> None:
    mine = read(title)
    agreement = compare(mine, mine)
    assert (agreement is not None) == bool(mine.letters)
    if agreement and not mine.cut:
        assert agreement.exact


@given(TITLES, TITLES)
def test_comparing_is_symmetric_and_never_above_exact(one: str, other: str) -> None:
    forth, back = compare(read(one), read(other)), compare(read(other), read(one))
    assert (forth is None) == (back is None)
    if forth and back:
        assert (forth.form, forth.evidence) == (back.form, back.evidence)
        assert 0 < forth.form <= 1


@given(
    st.lists(
        st.sampled_from(["ferry", "island", "winter", "harbour", "café", "öl", "2024"]), min_size=3
    )
)
def test_losing_and_cutting_never_makes_another_title(words: list[str]) -> None:
    title = " ".join(words)
    whole = read(title)
    for cut in range(4, len(title)):
        agreement = compare(read(f"{title[:cut]}..."), whole)
        inside_number = title[cut - 1].isdigit() and title[cut : cut + 1].isdigit()
        assert (agreement is None) == inside_number


def test_what_a_cut_hides_is_told_a_broken_word_included() -> None:
    whole = "Abelix Reports Second Quarter 2024 Financial Results"

    def hidden(shown: str, other: str = whole) -> tuple[str, ...] | None:
        agreement = compare(read(shown), read(other))
        assert agreement is not None
        return agreement.hidden

    assert hidden(whole) == ()
    assert hidden("Abelix Reports Second Quarter ...") == ("2024", "financial", "results")
    assert hidden("Abelix Reports Second Quarter 2024 Fin...") == ("financial", "results")
    assert hidden("Abelix Reports ...", "Abelix Reports Second Q...") is None
    assert hidden("Jolne Sant Reports ...", "Jolène Santé Reports Results") == (
        "reports",
        "results",
    )


def test_formulas_and_what_may_be_a_name_in_them() -> None:
    assert is_formula(read("Abelix Reports Inducement Grants").words)
    assert is_formula(read("Halvorsen Law Firm Reminds Investors").words)
    assert not is_formula(read("Harbour seals ride the morning ferry").words)
    assert may_name(("results", "abelix"))
    assert may_name(("results", "group"))
    assert not may_name(("rule", "5635", "c", "4", "of", "the", "results"))
