"""A fetched page read as an article: bytes in, verdict, article and attribution out.

Puts the readers of this package in order. Does not fetch, does not store, and does not decide
what becomes of the page: the verdict does.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from archive.records import Article, Attribution, PageReading, VerdictKind
from crawler.extract.fields.metadata import Metadata, read_metadata
from crawler.extract.fields.xpaths import string
from crawler.extract.page import MOST_ELEMENTS, Page, first_part, parse_page
from crawler.extract.text.attribution import headline_lines, read_attribution
from crawler.extract.text.body import Body, read_body
from crawler.extract.text.declared import Declaration, read_declared
from crawler.extract.text.faults import breaks_off, is_excerpt, is_garbled
from crawler.extract.text.formats import LARGEST_PAGE, is_pdf, judge_bytes
from crawler.extract.text.rescue import Testimony, reconsider
from crawler.extract.text.sight import Findings
from crawler.extract.text.verdict import judge, judge_unread

# Where the head ends too early its metas stand in the body, among the first of its children.
OG_TYPE = string("string(/html/*/meta[@property='og:type']/@content)")
TIME = string("string(/html/*/meta[@property='article:published_time']/@content)")


# RFC 9110: the answer is a part of the page, whole as it may look.
PARTIAL_CONTENT = 206


def extract_article(
    html: bytes,
    *,
    url: str,
    captured_at: datetime,
    encoding: str | None = None,
    asked_url: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] = {},
    site: Declaration | None = None,
) -> PageReading:
    """Read one fetched page.

    `url` is the address that the page was finally read from, `asked_url` the one that was asked
    for; `captured_at` is aware. `site` is what is declared of the publisher's pages of that day.
    `article` is filled whenever anything is readable, `attribution` where the page says that its
    text is another's.

    Raises:
        ValueError: `url` itself cannot be taken apart (`http://[a/`); no page is that of none.

    """
    if is_pdf(html):
        # PDFium takes its time to load, and most readers never meet a PDF.
        from crawler.extract.pdf.article import read_pdf

        return read_pdf(html, url=url, captured_at=captured_at, status=status)
    refused = judge_bytes(html, headers=headers)
    if refused:
        verdict = judge_unread(refused, status=status, headers=headers)
        return PageReading(url=url, captured_at=captured_at, verdict=verdict)
    long, html = len(html) > LARGEST_PAGE, html[:LARGEST_PAGE]
    page = parse_page(html, url=url, captured_at=captured_at, encoding=encoding, headers=headers)
    page, cut = first_part(page)
    declared = read_declared(page, site) if site else None
    body = declared or read_body(page)
    metadata = read_metadata(page, text=body.text, body=body.root)
    testimony = Testimony(
        title=metadata.title,
        description=metadata.description,
        article_body=metadata.article_body,
    )
    better = body if declared else reconsider(page, body, testimony)
    if better is not body:
        body, metadata = better, read_metadata(page, text=better.text, body=better.root)
    attributed = read_attribution(body.blocks, url=url)
    attribution = attributed.attribution or dropped_attribution(body, metadata, url)
    # What says where its text comes from has a text, however long the list below it is.
    listed = 0 if attribution else headline_lines(body.blocks)
    body = replace(body, blocks=attributed.blocks)
    found = findings(page, body, metadata, dated=listed)
    verdict = judge(page, found, status=status, asked_url=asked_url, headers=headers)
    torn, damaged = breaks_off(page, body.text), is_garbled(body.text)
    excerpt = is_excerpt(body.text, body.raw, attributed=attribution is not None)
    part = status == PARTIAL_CONTENT
    partial = torn or cut or long or excerpt or part or verdict.kind is VerdictKind.PAYWALL
    faults = [
        *([f"nothing on the page is as declared for {site.site}"] if site and not declared else []),
        *([f"only its first {MOST_ELEMENTS:,} elements were read"] if cut else []),
        *([f"only its first {LARGEST_PAGE / 1e6:.0f} MB were read"] if long else []),
        *(["the page breaks off"] if torn and body.blocks else []),
        *(["the server sent a part of it"] if part else []),
        *(["its letters are garbled"] if damaged else []),
    ]
    verdict = replace(verdict, reason="; ".join([verdict.reason, *faults]))
    return PageReading(
        url=url,
        captured_at=captured_at,
        verdict=verdict,
        article=assemble(url, body, metadata, attribution, partial=partial, damaged=damaged)
        if body.blocks or is_told_of(metadata)
        else None,
        attribution=attribution,
    )


def dropped_attribution(body: Body, metadata: Metadata, url: str) -> Attribution | None:
    """Give the attribution among what was trimmed off the text, else what the page declares."""
    elsewhere = metadata.canonical_elsewhere
    return read_attribution(
        body.raw, url=url, canonical=elsewhere, title=metadata.title, seen=body.blocks
    ).attribution


def is_told_of(metadata: Metadata) -> bool:
    """Tell whether a page without a text (a picture's, a recording's) says what it is, and when.

    A date in its address is not the page's own word: a wall has that too.
    """
    return is_dated(metadata) and metadata.title is not None


def is_dated(metadata: Metadata) -> bool:
    """Tell whether the page itself says when its article was published."""
    return metadata.published is not None and metadata.sources.get("published") != "url"


def findings(page: Page, body: Body, metadata: Metadata, *, dated: int) -> Findings:
    """Gather what the verdict needs."""
    return Findings(
        text=body.text,
        how=body.how,
        cut=body.cut,
        cards=body.cards,
        dated=dated,
        types=metadata.types,
        og_type=OG_TYPE(page.root) or None,
        timed=bool(TIME(page.root)),
        shown=is_dated(metadata),
        free=metadata.free,
        title=metadata.title,
    )


def assemble(
    url: str,
    body: Body,
    metadata: Metadata,
    attribution: Attribution | None,
    *,
    partial: bool,
    damaged: bool,
) -> Article:
    """Put the article together; one without a title bears the one that its attribution names."""
    named = attribution.title if attribution else None
    by_attribution = {"title": "attribution"} if named and not metadata.title else {}
    return Article(
        url=url,
        text=body.text,
        title=metadata.title or named,
        canonical_url=metadata.canonical_url,
        byline=metadata.byline,
        agency=metadata.agency,
        publisher=metadata.publisher,
        published=metadata.published,
        modified=metadata.modified,
        dateline=metadata.dateline,
        section=metadata.section,
        tags=metadata.tags,
        language=metadata.language,
        description=metadata.description,
        html=body.html,
        captions=body.captions,
        image_url=metadata.image_url,
        references=metadata.references,
        partial=partial,
        damaged=damaged,
        sources={**metadata.sources, **by_attribution, "text": body.how},
    )
