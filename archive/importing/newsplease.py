"""Articles that news-please has read, from its JSON, stored as if they had been read just now.

Its fields are those of its `NewsArticle`: `maintext` (`text` in older versions), `authors`,
`date_publish`, `date_modify`, `date_download` and so on. Its times have no zone: that of the
download is taken as UTC, the page's stay without. A time of midnight stands for a day. Where a
field was found on the page it does not say.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from archive import bulk
from archive.bulk import Incoming, Prepared
from archive.bundles import Malformed, text_of
from archive.export import Plain, Record
from archive.fingerprint import urn
from archive.records import (
    Article,
    Dated,
    DateSource,
    PageReading,
    Precision,
    Verdict,
    VerdictKind,
)
from archive.rows import storable

KIND = "news-please"
TEXTS = ("maintext", "text")
TITLES = ("title", "title_page", "title_rss")
# Two of these beside a text tell its articles from other JSON.
MARKS = frozenset(
    {"authors", "date_download", "date_publish", "image_url", "source_domain", "title_rss"}
)


def is_one(record: Mapping[str, Plain]) -> bool:
    """Tell an article of news-please by its fields."""
    return (
        "record" not in record
        and any(name in record for name in TEXTS)
        and len(MARKS & record.keys()) > 1
    )


def prepare(record: Record, *, now: datetime) -> Prepared:
    """Give an article as it is to be stored, as a page that was read. Raises Malformed."""
    reading = read(record, now=now)
    incoming = Incoming(reading=reading, asked_url=reading.url, source_id=None, now=now)
    prepared = bulk.prepare(incoming)
    if prepared is None:
        raise Malformed("it has no text")
    return prepared


def read(record: Record, *, now: datetime) -> PageReading:
    """Give an article of news-please as a page that was read. Raises Malformed.

    Where it does not say when it was downloaded, the page said so at the latest of its own dates,
    or else `now`.
    """
    text = "\n\n".join(_lines(next(filter(None, (text_of(record, name) for name in TEXTS)), "")))
    url = text_of(record, "url") or urn(text)
    dates = {name: _date(text_of(record, f"date_{name}")) for name in ("publish", "modify")}
    article = Article(
        url=url,
        text=text,
        title=next(filter(None, (text_of(record, name) for name in TITLES)), None),
        byline=_authors(record),
        published=dates["publish"],
        modified=dates["modify"],
        language=text_of(record, "language"),
        description=text_of(record, "description"),
        image_url=text_of(record, "image_url"),
        sources={"text": KIND},
    )
    return PageReading(
        url=url,
        captured_at=_captured_at(text_of(record, "date_download"), dates, now),
        verdict=Verdict(kind=VerdictKind.ARTICLE, reason="read by news-please"),
        article=article,
    )


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.split("\n")) if line]


def _authors(record: Record) -> tuple[str, ...]:
    given = record.get("authors")
    names = given if isinstance(given, list) else [given]
    return tuple(storable(name) for name in names if isinstance(name, str) and name.strip())


def _captured_at(
    downloaded: str | None, dates: Mapping[str, Dated | None], now: datetime
) -> datetime:
    given = _moment(downloaded)
    if given is not None:
        return min(given, now)
    said = [_moment(dated.raw) for dated in dates.values() if dated]
    return min(max((moment for moment in said if moment), default=now), now)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed(str(error)) from error
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _date(text: str | None) -> Dated | None:
    """Give a date of the page: a time as it is printed, a day where that is midnight."""
    read = _moment(text)
    if text is None or read is None:
        return None
    if read.time() == datetime.min.time():
        return Dated(
            value=read.date(), precision=Precision.DAY, source=DateSource.DOCUMENT, raw=text
        )
    value = datetime.fromisoformat(text)
    return Dated(value=value, precision=Precision.SECOND, source=DateSource.DOCUMENT, raw=text)
