"""Makes an archive of made-up articles of any number, as `bench_search` searches it.

    million FOLDER [--articles N]

What is made is the same each time. Words follow Zipf's law, 3.5 KB an article, in several
languages (one without blanks between words); publishers are skewed, 5 % of the articles have no
date, some a year or a month only, 5 % are copies of another's text in one story. They come as a
crawl brings them: source by source, each newest first. One headline in three leads to no article.

Headlines are stored as a crawl stores them. Articles are written with the search's triggers off,
and indexed at the end: the tables are those that `Archive.store` makes (a test compares them).
"""

import argparse
import random
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive import (  # noqa: E402 - the path comes first
    Archive,
    indexed,
    searchtables,
    stories,
)
from archive.connection import Connection, insert, open_to_write  # noqa: E402
from archive.fingerprint import fingerprint  # noqa: E402
from archive.records import (  # noqa: E402
    Article,
    Dated,
    DateSource,
    Headline,
    ListPage,
    PageReading,
    Precision,
    Verdict,
    VerdictKind,
)
from archive.rows import Row, article_row, instant  # noqa: E402
from archive.urls import page_key  # noqa: E402

if TYPE_CHECKING:
    from sqlite_utils import Database

SEED = 20_261_122
NOW = datetime(2024, 12, 1, 6, 0, tzinfo=UTC)
NEWEST = date(2024, 11, 30)
DAYS = 3_650
SOURCES = 20
PUBLISHERS = 200
WORDS = 60_000
# Zipf's exponent for English news is about 1; a little less keeps the commonest from being all.
EXPONENT = 0.95
WORDS_IN_TEXT = 640
WORDS_IN_TITLE = 8
PARAGRAPH = 85
# Draws are two bytes: a table of that many entries holds each word as often as it is to be drawn.
TABLE = 1 << 16
# Words too rare for the table; each article has so many of them.
RARE_WORDS = 400_000
RARE_IN_TEXT = 6
# One article in so many …
UNDATED, COPIED, HEADLINED, UNNAMED = 20, 20, 7, 25
# … and one made headline in so many that leads nowhere.
OPEN_HEADLINES = 3
BATCH = 5_000
LANGUAGES = (("en-US", 66), ("de", 12), ("fr", 10), ("zh", 4), ("es", 4), (None, 4))
SYLLABLES = [a + b for a in "bcdfghjklmnprstvwz" for b in ("a", "e", "i", "o", "u", "ar", "en")]
ZONES = (UTC, timezone(timedelta(hours=-5)), timezone(timedelta(hours=9)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An article with how it came."""

    article: Article
    source: int
    """Which source brought it, from 0."""
    copy_of: int | None
    """Number of the article whose text it has, from 0."""
    listed: bool
    """Whether a list's headline leads to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words to draw from."""

    words: tuple[str, ...]
    """The commonest first."""
    table: tuple[str, ...]
    characters: tuple[str, ...]
    """The same for a script that has no blanks."""

    def with_share(self, share: float) -> str:
        """Give a word that about so many of all articles have."""
        chance = 1 - (1 - share) ** (1 / WORDS_IN_TEXT)
        total = sum(weights(WORDS))
        return min(
            zip(self.words, weights(WORDS), strict=True),
            key=lambda pair: abs(pair[1] / total - chance),
        )[0]


def weights(count: int) -> list[float]:
    """Give how often words are drawn, by rank."""
    return [1 / (rank + 2) ** EXPONENT for rank in range(count)]


def vocabulary() -> Vocabulary:
    """Make the words: the same each time."""
    words = tuple(islice(spelled(), WORDS))
    chosen = random.Random(SEED)
    han = [chr(code) for code in range(0x4E00, 0x4E00 + 3_000)]
    chosen.shuffle(han)
    return Vocabulary(words=words, table=table(words), characters=table(han))


def spelled() -> Iterator[str]:
    """Give words, each once: the commonest of one syllable, then of two, then of three."""
    size = len(SYLLABLES)
    yield from SYLLABLES[::2]
    for syllables, step in ((2, 7_919), (3, 104_729)):
        # A step that shares no factor with the size meets every number once.
        for number in range(size**syllables * 2 // 3):
            yield _word(number * step % size**syllables, syllables)


def _word(number: int, syllables: int) -> str:
    pieces = []
    for _ in range(syllables):
        number, rest = divmod(number, len(SYLLABLES))
        pieces.append(SYLLABLES[rest])
    return "".join(pieces)


def table(words: Sequence[str]) -> tuple[str, ...]:
    """Give each word as often as it is to be drawn."""
    heavy = weights(len(words))
    bounds = list(accumulate(heavy))
    ends = [round(bound / bounds[-1] * TABLE) for bound in bounds]
    starts = [0, *ends[:-1]]
    return tuple(
        word
        for word, start, end in zip(words, starts, ends, strict=True)
        for _ in range(end - start)
    )


def rare(number: int) -> str:
    """Give a word that few articles have."""
    return f"q{_word(number, 4)}"


def made(count: int) -> Iterator[Made]:
    """Give articles, each source's in a row, newest first."""
    chosen = random.Random(SEED)
    known = vocabulary()
    each = -(-count // SOURCES)
    named = [publisher(known, number) for number in range(PUBLISHERS)]
    shares = list(accumulate(1 / (n + 1) for n in range(PUBLISHERS)))
    languages, parts = zip(*LANGUAGES, strict=True)
    text = ""
    for number in range(count):
        source, nth = divmod(number, each)
        copied = number % COPIED == COPIED - 1
        publisher_name, name = chosen.choices(named, cum_weights=shares)[0]
        language = languages[chosen.choices(range(len(parts)), parts)[0]]
        draw = drawing(chosen, known, language)
        if not copied:
            text = body(draw, chosen)
        day = NEWEST - timedelta(days=nth * DAYS // each)
        published = dated(chosen, day) if number % UNDATED else None
        yield Made(
            article=Article(
                url=f"https://{name}/{day:%Y/%m}/{number}-{'-'.join(draw(2)).strip('-')}",
                text=text,
                title=joined(draw(WORDS_IN_TITLE), language).capitalize(),
                byline=(f"{known.words[chosen.randrange(900)].title()} Lee",),
                publisher=publisher_name if number % UNNAMED else None,
                published=published,
                language=language,
            ),
            source=source,
            copy_of=number - 1 if copied else None,
            listed=number % HEADLINED == 0,
        )


def publisher(known: Vocabulary, number: int) -> tuple[str, str]:
    """Give a publisher's name and host; the first have most articles."""
    kind = ("Post", "News", "Journal", "Times", "Daily Herald")[number % 5]
    return f"{known.words[300 + number].title()} {kind}", host(known, number)


def host(known: Vocabulary, number: int) -> str:
    """Give a publisher's host; some are below another's."""
    below = "news." if number % 7 == 0 else ""
    return f"{below}{known.words[300 + number]}.example"


def drawing(
    chosen: random.Random, known: Vocabulary, language: str | None
) -> Callable[[int], list[str]]:
    """Give what draws so many words of a language."""
    entries = known.characters if language == "zh" else known.table

    def draw(count: int) -> list[str]:
        numbers = array("H", chosen.randbytes(2 * count))
        return list(map(entries.__getitem__, numbers))

    return draw


def joined(words: Sequence[str], language: str | None) -> str:
    """Give a title as its language writes it."""
    return ("" if language == "zh" else " ").join(words)


def body(draw: Callable[[int], list[str]], chosen: random.Random) -> str:
    """Give a text in paragraphs."""
    words = draw(WORDS_IN_TEXT)
    between = " " if words[0].isascii() else ""
    blocks = [
        between.join(words[start : start + PARAGRAPH])
        for start in range(0, WORDS_IN_TEXT, PARAGRAPH)
    ]
    blocks += [rare(chosen.randrange(RARE_WORDS)) for _ in range(RARE_IN_TEXT)]
    return "\n\n".join(blocks)


def dated(chosen: random.Random, day: date) -> Dated:
    """Give a date as pages do: most with a time and an offset."""
    lot = chosen.random()
    if lot < 0.6:
        clock = time(chosen.randrange(24), chosen.randrange(60), tzinfo=chosen.choice(ZONES))
        moment = datetime.combine(day, clock)
        return Dated(
            value=moment, precision=Precision.MINUTE, source=DateSource.META, raw=str(moment)
        )
    precision = Precision.DAY if lot < 0.97 else Precision.MONTH if lot < 0.99 else Precision.YEAR
    value = day
    if precision is not Precision.DAY:
        value = day.replace(day=1, month=1 if precision is Precision.YEAR else day.month)
    return Dated(value=value, precision=precision, source=DateSource.META, raw=str(value))


def headline_of(one: Made, position: int) -> Headline:
    """Give what a source's list says of an article, or of one that is not held."""
    article = one.article
    held = position % OPEN_HEADLINES != 0
    return Headline(
        title=article.title or "",
        raw=article.title or "",
        list_url=list_url(one.source),
        position=position,
        url=article.url if held else f"https://elsewhere.example/{one.source}/{position}",
        publisher=article.publisher or "Wire Service",
        published=Dated(
            value=day_of(article) or NEWEST,
            precision=Precision.DAY,
            source=DateSource.LIST,
            raw="",
        ),
    )


def day_of(article: Article) -> date | None:
    """Give an article's day."""
    value = article.published.value if article.published else None
    return value.date() if isinstance(value, datetime) else value


def list_url(number: int) -> str:
    """Give a source's address."""
    return f"https://lists.example/{number}"


def make(folder: Path, count: int) -> None:
    """Make the archive in a new folder."""
    with Archive.open(folder, create=True) as archive:
        sources = [
            archive.add_source(list_url(number), name=f"List {number}", now=NOW).id
            for number in range(SOURCES)
        ]
    connection = open_to_write(folder)
    try:
        connection.raw.execute("PRAGMA cache_size=-400000")
        with connection.writing() as db:
            triggers = without_triggers(db)
        listed = write_articles(connection, sources, count)
        with Archive.open(folder) as archive:
            for source_id, headlines in zip(sources, listed, strict=True):
                store_list(archive, source_id, headlines)
        with connection.writing() as db:
            finish(db, triggers)
        connection.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def without_triggers(db: "Database") -> list[str]:
    """Drop every trigger; gives the statements that make them anew."""
    found = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in found:
        db.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in found]


def write_articles(
    connection: Connection, sources: Sequence[int], count: int
) -> list[list[Headline]]:
    """Write the articles, some thousand in one transaction; gives what each source's list says."""
    numbered = enumerate(made(count), start=1)
    listed: list[list[Headline]] = [[] for _ in sources]
    story_id = 0
    while batch := list(islice(numbered, BATCH)):
        with connection.writing() as db:
            for number, one in batch:
                if one.copy_of is None:
                    story_id += 1
                    insert(db, "stories", {"made_at": instant(NOW), "lead_id": number})
                row = row_of(one.article, sources[one.source]) | {"story_id": story_id}
                insert(db, "articles", row)
                if one.copy_of is not None:
                    stories.elect(db, story_id)
                address: Row = {"key": row["key"], "url": one.article.url, "role": "own"}
                insert(db, "addresses", address | {"article_id": number})
                if one.listed:
                    lines = listed[one.source]
                    lines.append(headline_of(one, len(lines)))
    return listed


def store_list(archive: Archive, source_id: int, headlines: Sequence[Headline]) -> None:
    """Store a source's list as a crawl does."""
    url = headlines[0].list_url if headlines else ""
    page = ListPage(url=url, captured_at=NOW, headlines=tuple(headlines))
    archive.store_list(
        page, source_id=source_id, claim=None, now=NOW, follow=None, follow_older=False
    )


def row_of(article: Article, source_id: int) -> Row:
    """Give the row that `Archive.store` writes."""
    return article_row(article) | {
        "verdict": VerdictKind.ARTICLE.value,
        "captured_at": instant(NOW),
        "text_digest": fingerprint(article.text).digest,
        "key": page_key(article.url),
        "source_id": source_id,
        "asked_url": article.url,
        "first_seen": instant(NOW),
        "last_seen": instant(NOW),
    }


def finish(db: "Database", triggers: Sequence[str]) -> None:
    """Note what the lists say, index everything, and put the triggers back."""
    db.execute(
        "INSERT INTO publishers (publisher) SELECT publisher FROM articles "
        "WHERE publisher IS NOT NULL UNION SELECT publisher FROM headlines"
    )
    db.execute("INSERT INTO publishers_fts (publishers_fts) VALUES ('rebuild')")
    db.execute(searchtables.UPDATE_LISTED.format(which="id IN (SELECT article_id FROM headlines)"))
    for table in indexed.COLUMNS:
        db.execute(searchtables.filling(table))
    for statement in triggers:
        db.execute(statement)


def reading(article: Article) -> PageReading:
    """Give the article as a page that was read, for storing it one by one."""
    return PageReading(
        url=article.url,
        captured_at=NOW,
        verdict=Verdict(kind=VerdictKind.ARTICLE, reason="made"),
        article=article,
    )


def main() -> None:
    """Make the archive that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1_000_000)
    options = parser.parse_args()
    make(options.folder, options.articles)


if __name__ == "__main__":
    main()
