"""What the archive says of a question, before the answer and where there is little of one."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import Archive
from archive.advising import Advice
from archive.errors import NotFound, UsageError
from archive.found import Sort
from archive.query import Asked, Query
from archive.records import Source
from archive.terminal import harmless
from tests.archive.making import LIST, NOW, article, day, headline, list_page, new_archive, reading

TEXTS = (
    ("one", "The naïve plan for the Straße was approved.", "de"),
    ("two", "An approval of boats.", "en-GB"),
    ("three", "A regulation and boats.", "en"),
)


@pytest.fixture
def held(archive: Archive, source: Source) -> Archive:
    fill(archive, source)
    return archive


def fill(archive: Archive, source: Source) -> None:
    for name, text, language in TEXTS:
        url = f"https://{name}.paper.example/{name}"
        read = article(url, text, title=name, language=language, published=day("2024-11-08"))
        archive.store(reading(read), asked_url=url, claim=None, source_id=None, now=NOW)
    page = list_page(headline("Nave islanders", "https://other.example/nave"))
    archive.store_list(
        page, source_id=source.id, claim=None, now=NOW, follow=None, follow_older=False
    )


def ask(archive: Archive, words: str, *, stems: bool = False, **given: tuple[str, ...]) -> Query:
    asked = archive.ask(Asked(words=words, **given), now=NOW, stems=stems)  # type: ignore[arg-type]
    assert asked is not None
    return asked


def advice(archive: Archive, words: str) -> Advice:
    return archive.advise(ask(archive, words))


def test_letters_that_the_index_leaves_apart_are_found(held: Archive) -> None:
    assert held.search("strasse").total == 1
    assert held.search('"the strasse was"').total == 1
    assert held.search("STRASSE naive").total == 1


def test_other_forms_of_a_word_are_found_when_wanted(held: Archive) -> None:
    assert held.search("approve").total == 0
    assert held.search("approve", stems=True).total == 2
    assert held.search('"approve"', stems=True).total == 0
    assert held.search("approve -boat", stems=True).total == 1


def test_a_source_is_known_by_its_name(held: Archive) -> None:
    assert ask(held, "source:Lists nave").filters.source_ids == (1,)
    assert held.search("nave", sources=["Lists"]).total == 1
    assert held.search("naive", sources=["1"]).total == 0
    with pytest.raises(NotFound, match="no source 'Nowhere'"):
        held.search("source:Nowhere nave")


def test_days_count_from_now(held: Archive) -> None:
    on_that_day = datetime(2024, 11, 9, tzinfo=UTC)
    assert held.search("after:1d", now=on_that_day).total == 4
    assert held.search("after:today", now=on_that_day).total == 0


def test_languages_and_sites(held: Archive) -> None:
    assert held.search("boats lang:en").total == 2
    assert held.search("boats", languages=["de"]).total == 0
    assert held.search("site:paper.example").total == 3
    assert held.search(sites=["two.paper.example", "other.example"]).total == 2


def test_advice_names_what_nothing_has_and_what_is_near(held: Archive) -> None:
    found = advice(held, "boats zeppelin naives -approval")
    assert found.missing == ("zeppelin", "naives")
    assert [(word, [each.word for each in near]) for word, near in found.near] == [
        ("naives", ["naive"])
    ]
    assert (found.articles, found.headlines, found.without_filters) == (3, 1, None)


def test_advice_on_words_that_are_there(held: Archive) -> None:
    found = advice(held, "naive")
    assert found.missing == ()
    assert [(word, [each.word for each in near]) for word, near in found.near] == [
        ("naive", ["nave"])
    ]
    assert advice(held, "boa*").near == ()


def test_advice_on_phrases_and_fields(held: Archive) -> None:
    assert advice(held, '"boats plan"').missing == ('"boats plan"',)
    assert advice(held, "title:boats").missing == ("title:boats",)
    assert advice(held, "by:nobody").missing == ("by:nobody",)


def test_advice_on_conditions(held: Archive) -> None:
    found = advice(held, "boats lang:fr site:nowhere.example after:2020")
    assert found.unmet == ("in the language fr", "at nowhere.example")
    assert found.without_filters == 2


def test_forms_that_were_searched_are_not_offered(held: Archive) -> None:
    asked = ask(held, "approvals", stems=True)
    assert held.advise(asked).near == ()
    assert held.advise(ask(held, "approvals")).near != ()


# Text made of what the language is made of, beside any text at all.
SIGNS = (  # noqa: SIM905
    '" * - OR AND NOT near:2( near: ~3 ( ) : title: by: site: lang: after: 2024 7d source: 1 en '
    "paper.example boats naïve strasse 北京 ｶﾅ ' ; % \\ . ไทย \ue000 \ue000every\ue001"
).split()
TYPED = st.one_of(
    st.text(), st.lists(st.sampled_from([" ", "\x00", "\ud800", *SIGNS])).map("".join)
)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The same, once for all examples."""
    with new_archive(tmp_path_factory.mktemp("lasting")) as opened:
        fill(opened, opened.add_source(LIST, name="Lists", now=NOW))
        yield opened


@settings(max_examples=300)
@given(TYPED, st.booleans(), st.sampled_from(Sort), st.booleans())
def test_nothing_typed_breaks_a_search(
    lasting: Archive, words: str, stems: bool, sort: Sort, facets: bool
) -> None:
    try:
        asked = lasting.ask(Asked(words=words), now=NOW, stems=stems)
        found = lasting.answer(asked, sort=sort, facets=facets)
    except (UsageError, NotFound) as error:
        assert "\n" not in harmless(str(error))  # noqa: PT017 - it need not be raised
        return
    assert asked is not None
    assert lasting.advise(asked).articles == len(TEXTS)
    assert len(found.hits) == found.total


@settings(max_examples=100)
@given(TYPED, TYPED, TYPED, TYPED)
def test_nothing_given_as_an_option_breaks_a_search(
    lasting: Archive, title: str, by: str, publisher: str, value: str
) -> None:
    for options in (
        {"title": title},
        {"by": by, "publisher": publisher},
        {"sites": (value,)},
        {"languages": (value,)},
        {"sources": (value,)},
        {"after": value, "before": title},
    ):
        with suppress(UsageError, NotFound):
            lasting.search(**options)


def test_what_was_not_asked_is_no_query(held: Archive) -> None:
    assert held.ask(Asked(), now=NOW) is None
