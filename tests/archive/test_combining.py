"""What two archives hold of one thing is made one, whichever of them takes the other in."""

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from archive.bundles import ARTICLE, HEADLINE, RESOLUTION, VERSION
from archive.combining import Article, articles, headlines, resolutions
from archive.fingerprint import fingerprint
from archive.rows import Row

DAYS = tuple(f"2026-01-0{day}T00:00:00Z" for day in range(1, 8))
TEXTS = ("What it said first.", "What it said then, at length.", "What it says now.")


def row(text: str, day: int, *, title: str | None = "A title", partial: bool = False) -> Row:
    """Give an article's columns as of a day."""
    at = DAYS[day]
    empty: Row = dict.fromkeys(ARTICLE.columns)
    said: Row = {"text": text, "title": title, "text_digest": fingerprint(text).digest}
    seen: Row = {"captured_at": at, "first_seen": at, "last_seen": at}
    flags: Row = {"partial": int(partial), "damaged": 0}
    return empty | {"key": "k"} | flags | said | seen


def version(text: str, day: int, replaced: int) -> Row:
    """Give what the page said from one day to another."""
    empty: Row = dict.fromkeys(VERSION.columns)
    said: Row = {"text": text, "title": "A title", "text_digest": fingerprint(text).digest}
    return empty | said | {"captured_at": DAYS[day], "replaced_at": DAYS[replaced]}


def held(*said: tuple[str, int], section: str | None = None) -> Article:
    """Give an article that said one text after the other, each from a day on, the last one now."""
    pairs = pairwise(said)
    versions = tuple(version(text, day, until) for (text, day), (_, until) in pairs)
    return Article(row=row(*said[-1]) | {"section": section}, versions=versions)


def histories(days: range) -> st.SearchStrategy[Article]:
    """Give articles that changed on some of these days; each text is another than the last."""
    steps = st.lists(st.tuples(st.sampled_from(days), st.integers(1, 2)), min_size=1, max_size=3)

    def history(chosen: list[tuple[int, int]]) -> Article:
        on = sorted({day for day, _ in chosen})
        at = accumulate(step for _, step in chosen)
        return held(*((TEXTS[text % 3], day) for day, text in zip(on, at, strict=False)))

    return steps.map(history)


# Two archives read a page at different times.
OURS, THEIRS = histories(range(0, 7, 2)), histories(range(1, 7, 2))


@given(OURS, THEIRS)
def test_either_way_round_is_the_same(one: Article, other: Article) -> None:
    assert articles(one, other) == articles(other, one)


@given(OURS, THEIRS)
def test_twice_is_once(one: Article, other: Article) -> None:
    once = articles(one, other)
    assert articles(once, other) == once
    assert articles(once, one) == once


def test_the_later_text_is_current_and_the_other_a_version() -> None:
    made = articles(held((TEXTS[2], 3)), held((TEXTS[0], 1), section="Sea"))
    assert (made.row["text"], made.row["section"]) == (TEXTS[2], "Sea")
    assert (made.row["first_seen"], made.row["last_seen"]) == (DAYS[1], DAYS[3])
    assert [(each["text"], each["replaced_at"]) for each in made.versions] == [(TEXTS[0], DAYS[3])]


def test_a_whole_text_stays_before_a_later_part_of_it() -> None:
    part = Article(row=row(TEXTS[0], 5, partial=True), versions=())
    made = articles(part, held((TEXTS[1], 2)))
    assert (made.row["text"], made.row["partial"], made.versions) == (TEXTS[1], 0, ())


def test_a_title_that_only_one_read_is_kept_with_the_same_text() -> None:
    untitled = Article(row=row(TEXTS[0], 5, title=None), versions=())
    made = articles(untitled, held((TEXTS[0], 2)))
    assert (made.row["title"], made.row["captured_at"], made.versions) == ("A title", DAYS[5], ())


def line(day: int, **given: str | int | None) -> Row:
    at = DAYS[day]
    empty: Row = dict.fromkeys(HEADLINE.columns)
    said: Row = {"title": "A line", "raw": "A line", "first_seen": at, "last_seen": at}
    return empty | said | given


def test_a_headline_is_as_the_later_reading_of_its_list_has_it() -> None:
    earlier = line(1, title="First", publisher="Post", withdrawn_at=DAYS[2])
    later = line(4, title="Then", url="https://paper.example/")
    made = headlines(earlier, later)
    assert made == headlines(later, earlier)
    assert (made["title"], made["publisher"], made["withdrawn_at"]) == ("Then", "Post", None)
    assert (made["first_seen"], made["last_seen"]) == (DAYS[1], DAYS[4])


def test_a_resolution_that_names_a_page_counts_before_a_later_one_that_does_not() -> None:
    empty: Row = dict.fromkeys(RESOLUTION.columns)
    named = empty | {"url": "https://paper.example/", "resolved_at": DAYS[1]}
    open_still = empty | {"resolved_at": DAYS[5]}
    assert resolutions(named, open_still) == resolutions(open_still, named) == named
