"""Records for tests, with everything that a test does not care about filled in."""

from datetime import UTC, datetime

from archive.records import (
    Article,
    Attribution,
    Claim,
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
from crawler.items import Fetched

NOON = datetime(2024, 11, 8, 12, tzinfo=UTC)


def claim(kind: PageKind = PageKind.POST, url: str = "http://wire.example/a") -> Claim:
    return Claim(id=1, url=url, kind=kind, source_id=1, attempts=1, serial=1)


def fetched(
    body: bytes = b"<p>Text</p>", *, kind: PageKind = PageKind.POST, status: int = 200
) -> Fetched:
    asked = claim(kind)
    return Fetched(
        claim=asked, url=asked.url, status=status, headers={}, body=body, captured_at=NOON
    )


def article(title: str = "Cells mend", text: str = "One.\n\nTwo.") -> Article:
    return Article(url="http://wire.example/a", title=title, text=text, byline=("Ada Frey",))


def reading(kind: VerdictKind = VerdictKind.ARTICLE, *, original: str | None = None) -> PageReading:
    attribution = Attribution(phrase="Read the original post:", url=original) if original else None
    return PageReading(
        url="http://wire.example/a",
        captured_at=NOON,
        verdict=Verdict(kind=kind, reason=f"it is a {kind}"),
        article=article() if kind is VerdictKind.ARTICLE else None,
        attribution=attribution,
    )


def headline(position: int = 0, *, day: int | None = 8, title: str = "Cells mend") -> Headline:
    published = None
    if day is not None:
        published = Dated(
            value=NOON.date().replace(day=day),
            precision=Precision.DAY,
            source=DateSource.LIST,
            raw=f"November {day}th, 2024",
        )
    return Headline(
        title=title,
        raw=title,
        list_url="http://wire.example/",
        position=position,
        url=f"http://wire.example/{position}",
        published=published,
    )


def list_page(*headlines: Headline) -> ListPage:
    return ListPage(url="http://wire.example/", captured_at=NOON, headlines=headlines)
