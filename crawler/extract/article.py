"""A fetched page read as an article: bytes in, verdict, article and attribution out.

Puts the readers of this package in order. Does not fetch, does not store, and does not decide
what becomes of the page: the verdict does.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from archive.records import Article, PageReading, Verdict, VerdictKind
from crawler.extract.attribution import read_attribution
from crawler.extract.body import Body, read_body
from crawler.extract.page import Page, parse_page
from crawler.extract.verdict import Findings, judge, judge_bytes


def extract_article(
    html: bytes,
    *,
    url: str,
    captured_at: datetime,
    encoding: str | None = None,
    asked_url: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] = {},
) -> PageReading:
    """Read one fetched page.

    `url` is the address that the page was finally read from, `asked_url` the one that was asked
    for; `captured_at` is aware. `article` is filled whenever anything is readable, `attribution`
    where the page says that its text is another's.
    """
    refused = judge_bytes(html, headers=headers)
    if refused:
        return PageReading(url=url, captured_at=captured_at, verdict=refused)
    page = parse_page(html, url=url, captured_at=captured_at, encoding=encoding, headers=headers)
    title = quick_title(page)
    body = read_body(page, title=title)
    attributed = read_attribution(body.blocks, url=url, title=title)
    body = replace(body, blocks=attributed.blocks)
    verdict = judge(page, findings_of(page, body, title), status=status, asked_url=asked_url)
    return PageReading(
        url=url,
        captured_at=captured_at,
        verdict=verdict,
        article=assemble(page, body, title, verdict) if body.text else None,
        attribution=attributed.attribution,
    )


def quick_title(page: Page) -> str | None:
    """Give the title that the page declares."""
    found = page.root.xpath("string(//meta[@property='og:title']/@content)") or page.root.findtext(
        ".//title"
    )
    return " ".join(found.split()) or None if found else None


FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?(true|false)', re.IGNORECASE)


def findings_of(page: Page, body: Body, title: str | None) -> Findings:
    """Gather what the verdict needs."""
    data = "\n".join(page.root.xpath("//script[@type='application/ld+json']/text()"))
    free = FREE.search(data)
    return Findings(
        text=body.text,
        how=body.how,
        title=title,
        cut=body.cut,
        cards=body.cards,
        types=tuple(re.findall(r'"@type"\s*:\s*"(\w+)"', data)),
        free=None if not free else free.group(1).lower() == "true",
        og_type=page.root.xpath("string(//meta[@property='og:type']/@content)") or None,
    )


def assemble(page: Page, body: Body, title: str | None, verdict: Verdict) -> Article:
    """Put the article together."""
    return Article(
        url=page.url,
        text=body.text,
        html=body.html,
        title=title,
        captions=body.captions,
        partial=verdict.kind is VerdictKind.PAYWALL,
        sources={"text": body.how},
    )
