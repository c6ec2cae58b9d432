"""Makes records for tests: each function gives a whole one, and takes what matters to the test."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from archive import Archive
from archive.query import Asked, Here, Query, build
from archive.records import (
    Article,
    Attribution,
    Claim,
    Dated,
    DateSource,
    Headline,
    ListPage,
    PageReading,
    Precision,
    Verdict,
    VerdictKind,
)

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=10)
LIST = "https://lists.example/news"
STORY = (
    "The ferry to the islands will sail on Sundays again, the company said on Friday. "
    "Islanders had asked for it since the timetable was cut two winters ago.\n\n"
    "The first boat leaves at nine."
)


def day(text: str, source: DateSource = DateSource.LIST) -> Dated:
    return Dated(value=date.fromisoformat(text), precision=Precision.DAY, source=source, raw=text)


def headline(
    title: str,
    url: str | None = None,
    *,
    published: str | None = "2024-11-08",
    publisher: str | None = "Daily Post",
    position: int = 0,
) -> Headline:
    return Headline(
        title=title,
        raw=f"{title} - {publisher} - {published}",
        list_url=LIST,
        position=position,
        url=url,
        publisher=publisher,
        published=day(published) if published else None,
    )


def list_page(*headlines: Headline, url: str = LIST, older: str | None = None) -> ListPage:
    return ListPage(url=url, captured_at=NOW, headlines=headlines, older=older)


def article(url: str = "https://paper.example/ferry", text: str = STORY, **given: Any) -> Article:
    fields: dict[str, Any] = {"title": "Ferry sails on Sundays", "publisher": "Daily Post"}
    return Article(url=url, text=text, **(fields | given))


def reading(
    read: Article | None = None,
    *,
    kind: VerdictKind = VerdictKind.ARTICLE,
    captured_at: datetime = NOW,
    original: str | None = None,
    url: str | None = None,
) -> PageReading:
    return PageReading(
        url=url or (read.url if read else "https://paper.example/ferry"),
        captured_at=captured_at,
        verdict=Verdict(kind=kind, reason=f"looks like {kind.value}"),
        article=read,
        attribution=Attribution(phrase="Read the original post:", url=original)
        if original
        else None,
    )


def new_archive(folder: Path) -> Archive:
    return Archive.open(folder, create=True)


def claim_one(archive: Archive, *, now: datetime = NOW) -> Claim:
    (claim,) = archive.frontier.claim(1, now=now, lease=LEASE)
    return claim


def query_of(words: str, *, publisher: str | None = None) -> Query | None:
    """Give what the search language makes of words where no source is known, in UTC."""
    return build(Asked(words=words, publisher=publisher), Here(now=NOW, zone=UTC, source_id=int))
