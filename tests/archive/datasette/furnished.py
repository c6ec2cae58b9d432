"""Furnishes an archive with what a reading room shows: sources, stories, versions, faults, evil.

Everything is invented and the same each time; the texts are those of the newsstand.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from archive import Archive
from archive.crawls import CrawlEnding, CrawlTotals
from archive.health import Visit
from archive.records import (
    Article,
    Dated,
    DateSource,
    FrontierEntry,
    Headline,
    ListPage,
    PageKind,
    Precision,
    Source,
    UrlState,
)
from tests.archive.making import LEASE, reading
from tests.newsstand import content

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
NEWEST = date(2026, 11, 19)
EVERY = timedelta(days=5)
ARTICLES = 120
PAPERS = (
    ("Harbour Courier", "courier.example", "en"),
    ("The Valley Post", "valleypost.example", "en"),
    ("Journal of Small Machines", "machines.example", "en"),
    ("Nordlandbote", "nordlandbote.example", "de"),
    ("La Gazette du Lac", "gazette.example", "fr"),
)
SCRIPT = "<script>alert('title')</script><img src=x onerror=alert(1)>"
# Turns the direction of what follows, so that one name reads as another.
TURNED = "Harmless \u202egnp.exe\u202c name"
LONG = "A title without end " * 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnished:
    """Where the archive is, and the ids of what is remarkable in it."""

    folder: Path
    source: int
    article: int
    """Changed twice, with references, tags, a byline and a list's headline."""
    copied: int
    """Leads a story of four."""
    post: int
    """An aggregator's, whose original is held."""
    original: int
    hostile: int
    long: int
    headline: int
    """Of an article that is gone."""
    word: str
    """Is in the text of `article`, and long."""


def furnish(folder: Path) -> Furnished:
    """Make the archive."""
    with Archive.open(folder, create=True) as archive:
        sources = (
            archive.add_source("https://lists.example/cells", name="Cell news", now=NOW),
            archive.add_source("https://courier.example/press", name="Press room", now=NOW),
        )
        told = [_article(number) for number in range(ARTICLES)]
        _list(archive, sources[0], told)
        ids = [_store(archive, each, sources[number % 2]) for number, each in enumerate(told)]
        _edit(archive, told[3], sources[1])
        copied = _copies(archive, told[5], sources[0])
        post, original = _attribution(archive, sources[0])
        hostile = _store(archive, _hostile("hostile", SCRIPT), sources[0])
        long = _store(archive, _hostile("long", LONG), sources[0])
        headline = _dead_link(archive, sources[0])
        _crawls(archive, sources)
        return Furnished(
            folder=folder,
            source=sources[0].id,
            article=ids[3],
            copied=copied,
            post=post,
            original=original,
            hostile=hostile,
            long=long,
            headline=headline,
            word=_word(told[3].text),
        )


def day(value: date) -> Dated:
    return Dated(
        value=value, precision=Precision.DAY, source=DateSource.META, raw=value.isoformat()
    )


def _word(text: str) -> str:
    return max((word for word in text.split() if word.isalpha()), key=len)


def _article(number: int) -> Article:
    story = content.story(f"reading-room-{number}")
    publisher, host, language = PAPERS[number % len(PAPERS)]
    published = NEWEST - number * EVERY
    return Article(
        url=f"https://{host}/{published.year}/{number}",
        title=story.title,
        text="\n\n".join(story.paragraphs),
        byline=story.byline,
        publisher=publisher,
        published=day(published),
        language=language,
        section=story.section,
        tags=(story.section, story.place),
        description=story.paragraphs[0],
        captions=(story.caption,),
        image_url=f"https://{host}/picture-{number}.jpg",
        references=("https://doi.org/10.1000/182", "https://pubmed.ncbi.nlm.nih.gov/31452104/"),
        sources={"title": "h1", "published": "meta", "byline": "json-ld", "text": "article"},
    )


def _store(archive: Archive, article: Article, source: Source, *, at: datetime = NOW) -> int:
    decision = archive.store(
        reading(article, captured_at=at),
        asked_url=article.url,
        claim=None,
        source_id=source.id,
        now=at,
    )
    assert decision is not None
    return archive.article(article.url).id


def _list(archive: Archive, source: Source, told: list[Article]) -> None:
    headlines = tuple(
        Headline(
            title=each.title or "",
            raw=f"{each.title} - {each.publisher}",
            list_url=source.url,
            position=number,
            url=each.url,
            publisher=each.publisher,
            published=each.published,
        )
        for number, each in enumerate(told)
    )
    archive.store_list(
        ListPage(url=source.url, captured_at=NOW, headlines=headlines, older=None),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=PageKind.ARTICLE,
        follow_older=False,
    )


def _edit(archive: Archive, article: Article, source: Source) -> None:
    for days, added in ((1, "A spokesman confirmed the figures."), (2, "A reader corrected us.")):
        text = f"{article.text}\n\n{added}"
        at = NOW + timedelta(days=days)
        article = replace(article, text=text, modified=day(at.date()))
        _store(archive, article, source, at=at)


def _copies(archive: Archive, article: Article, source: Source) -> int:
    for number, host in enumerate(("wire.example", "mirror.example", "echo.example"), 1):
        copy = replace(
            article,
            url=f"https://{host}/release",
            publisher=host.partition(".")[0].title(),
            published=day(NEWEST - 5 * EVERY + timedelta(days=number)),
            canonical_url=None,
        )
        _store(archive, copy, source)
    return archive.article(article.url).id


def _attribution(archive: Archive, source: Source) -> tuple[int, int]:
    story = content.story("reading-room-original")
    whole = Article(
        url="https://machines.example/original",
        title=story.title,
        text="\n\n".join(story.paragraphs),
        byline=story.byline,
        publisher="Journal of Small Machines",
        published=day(NEWEST - EVERY),
        language="en",
    )
    post = Article(
        url="https://aggregator.example/post",
        title=f"{story.title} - Journal of Small Machines",
        text=story.paragraphs[0],
        publisher="Daily Digest",
        published=day(NEWEST),
        language="en",
        partial=True,
    )
    archive.store(
        reading(post, original=whole.url),
        asked_url=post.url,
        claim=None,
        source_id=source.id,
        now=NOW,
    )
    original = _store(archive, whole, source)
    return archive.article(post.url).id, original


def _hostile(name: str, title: str) -> Article:
    story = content.story(f"reading-room-{name}")
    return Article(
        url=f"https://evil.example/{name}",
        title=title,
        text=f"{SCRIPT}\n\n{TURNED}\n\n" + "\n\n".join(story.paragraphs),
        html=f'<p onclick="alert(2)">{SCRIPT}<a href="javascript:alert(3)">run</a></p>'
        '<p><img src="https://tracker.example/pixel.gif"><style>*{display:none}</style>shown</p>',
        byline=(SCRIPT, TURNED),
        publisher=f"{TURNED} {SCRIPT}",
        published=day(NEWEST - 2 * EVERY),
        image_url="javascript:alert(4)",
        references=("javascript:alert(5)", "https://doi.org/10.1000/<b>"),
        tags=(SCRIPT,),
    )


def _dead_link(archive: Archive, source: Source) -> int:
    url = "https://courier.example/gone"
    headline = Headline(
        title="A bridge nobody has crossed is closed for repair",
        raw="A bridge nobody has crossed is closed for repair - Harbour Courier",
        list_url=source.url,
        position=ARTICLES,
        url=url,
        publisher="Harbour Courier",
        published=day(NEWEST - EVERY),
    )
    archive.store_list(
        ListPage(url=f"{source.url}/2", captured_at=NOW, headlines=(headline,), older=None),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    archive.frontier.add([FrontierEntry(url=url, kind=PageKind.ARTICLE)], now=NOW)
    claims = archive.frontier.claim(1_000, now=NOW, lease=LEASE)
    (claim,) = (claim for claim in claims if claim.url == url)
    archive.frontier.failed(claim, now=NOW, state=UrlState.GONE, reason="404 Not Found", status=404)
    return next(h.id for h in archive.headlines(source_id=source.id) if h.headline.url == url)


def _crawls(archive: Archive, sources: tuple[Source, ...]) -> None:
    for days in range(14, 0, -1):
        at = NOW - timedelta(days=days)
        crawl = archive.begin_crawl(version="0.1.0", now=at)
        broken = days < 4
        visits = {
            sources[0].id: Visit(at=at, list_pages=1, headlines=40, first_page=40, new_headlines=3),
            sources[1].id: Visit(
                at=at,
                list_pages=1,
                headlines=0 if broken else 25,
                failed=2 if broken else 0,
                failures={"timeout": 2} if broken else {},
                first_page=0 if broken else 25,
            ),
        }
        archive.record_crawl(
            crawl,
            CrawlTotals(pages=5, articles=3),
            visits,
            now=at + timedelta(minutes=2),
            ended=CrawlEnding.DONE,
        )
