"""Archives with a past for tests: hypothesis makes days, and each day something is stored."""

from atexit import register
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from typing import TypeAlias

from hypothesis import strategies as st

from archive import Archive
from archive.connection import open_to_read, open_to_write
from archive.exporting import jsonl
from archive.exporting.selecting import EVERYTHING
from archive.importing.intake import take_in
from archive.importing.lines import read
from archive.importing.state import Taken
from archive.records import (
    Article,
    Attribution,
    Dated,
    DateSource,
    Headline,
    ListPage,
    PageKind,
    PageReading,
    Precision,
    Verdict,
    VerdictKind,
)

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
LISTS = ("https://lists.example/a", "https://lists.example/b")
PAGES = tuple(f"https://paper{n % 2}.example/story-{n}" for n in range(5))
# Long enough that equal texts are copies.
TEXTS = tuple(
    f"The ferry number {n} to the northern islands sails again on Sundays, the company said. " * 3
    for n in range(4)
)

# Whatever a page may print; half surrogate pairs and zero bytes are lost on the way in.
words = st.text(max_size=20) | st.sampled_from(
    [
        "",
        "a\u2028b",
        "\x85",
        "\x01\x1b[31m",
        "\ud83d",
        "😀",
        "=1+1",
        "naïve",
        '"',
        "\\",
        "\ufeff",
        "\r\n",
    ]
)
titles = st.none() | words.filter(str.strip)
offsets = st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))])
moments = st.datetimes() | st.datetimes(timezones=offsets)
dates = st.none() | st.builds(
    Dated,
    value=st.dates() | moments,
    precision=st.sampled_from(Precision),
    source=st.sampled_from(DateSource),
    raw=words,
)
some_words = st.lists(words, max_size=3).map(tuple)
articles = st.builds(
    Article,
    url=st.sampled_from(PAGES),
    text=st.sampled_from(TEXTS) | words.filter(str.strip),
    title=titles,
    canonical_url=st.none() | st.sampled_from(PAGES),
    byline=some_words,
    agency=titles,
    publisher=titles,
    published=dates,
    modified=dates,
    dateline=titles,
    section=titles,
    tags=some_words,
    language=st.none() | st.sampled_from(["en", "zh"]),
    description=titles,
    html=st.none() | st.just("<p>One</p>"),
    captions=some_words,
    image_url=titles,
    references=some_words,
    partial=st.booleans(),
    damaged=st.booleans(),
    sources=st.dictionaries(words, words, max_size=2),
)
attributions = st.none() | st.builds(
    Attribution, phrase=words, title=titles, url=st.none() | st.sampled_from(PAGES)
)
headlines = st.builds(
    Headline,
    title=words,
    raw=words,
    list_url=st.sampled_from(LISTS),
    position=st.integers(0, 9),
    url=st.none() | st.sampled_from(PAGES),
    publisher=titles,
    published=dates,
    date_text=titles,
    truncated=st.booleans(),
    damaged=st.booleans(),
    publisher_cut=st.booleans(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article is read."""

    article: Article
    attribution: Attribution | None
    asked: str
    kind: VerdictKind
    listed: bool

    def happen(self, archive: Archive, now: datetime) -> None:
        reading = PageReading(
            url=self.article.url,
            captured_at=now,
            verdict=Verdict(kind=self.kind, reason="made"),
            article=self.article,
            attribution=self.attribution,
        )
        source_id = archive.add_source(LISTS[0], now=now).id if self.listed else None
        archive.store(reading, asked_url=self.asked, claim=None, source_id=source_id, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A list is read."""

    url: str
    headlines: tuple[Headline, ...]

    def happen(self, archive: Archive, now: datetime) -> None:
        source = archive.add_source(self.url, name="A list", now=now)
        page = ListPage(url=self.url, captured_at=now, headlines=self.headlines)
        archive.store_list(
            page,
            source_id=source.id,
            claim=None,
            now=now,
            follow=PageKind.POST,
            follow_older=False,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolving:
    """Headlines without a link are resolved."""

    def happen(self, archive: Archive, now: datetime) -> None:
        archive.resolve(now=now)
        archive.note_lookups(
            [(held.id, "paper.example") for held in archive.headlines()[:1]], now=now
        )


Event: TypeAlias = Page | Visit | Resolving

events = st.one_of(
    st.builds(
        Page,
        article=articles,
        attribution=attributions,
        asked=st.sampled_from(PAGES),
        kind=st.sampled_from([VerdictKind.ARTICLE, VerdictKind.PAYWALL, VerdictKind.LIVE_BLOG]),
        listed=st.booleans(),
    ),
    st.builds(
        Visit,
        url=st.sampled_from(LISTS),
        headlines=st.lists(headlines, max_size=4).map(tuple),
    ),
    st.builds(Resolving),
)
lives = st.lists(events, max_size=10)


@cache
def _empty() -> Path:
    """Make an empty archive once: its tables cost more than all that happens in one."""
    folder = Path(mkdtemp())
    Archive.open(folder, create=True).close()
    register(rmtree, folder)
    return folder


def empty(folder: Path) -> Path:
    """Make an empty archive."""
    copytree(_empty(), folder)
    return folder


def lived(folder: Path, life: Sequence[Event], *, offset: int = 0) -> Path:
    """Make an archive in which these happened, one a day."""
    with Archive.open(empty(folder)) as archive:
        for day, event in enumerate(life):
            event.happen(archive, BEGUN + timedelta(days=day, hours=offset))
        # What fell out of a story looks for another when the next page is stored.
        archive.find_stories(now=BEGUN + timedelta(days=len(life), hours=offset))
    return folder


def lines(folder: Path) -> list[str]:
    """Export an archive."""
    connection = open_to_read(folder)
    try:
        return list(jsonl.write(connection.raw, EVERYTHING))
    finally:
        connection.close()


def take_lines(folder: Path, given: Sequence[str], *, follow: bool = False) -> Taken:
    """Import lines into an archive, which is made if it is missing."""
    connection = open_to_write(folder if folder.exists() else empty(folder))
    try:
        records = read(BytesIO("".join(given).encode()))
        return take_in(connection, records, follow=follow, now=BEGUN)
    finally:
        connection.close()
