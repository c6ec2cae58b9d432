"""Declarations for publishers: found by address and day, used first, left where they fail."""

from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path

import pytest

from archive.errors import UsageError
from archive.records import PageReading
from crawler.extract import extract_article
from crawler.extract.text.declared import Declaration
from crawler.sites import declaration_for, declarations, declared_sites, parse
from tests.crawler.extract.readings import FIRST, SECOND, STORY, page, read, text_of

HERE = Path(__file__).parent
DECLARED = [d for site in sorted(declared_sites()) for d in declarations(site)]
APPEAL = "Be one of the forty thousand who pay for what they read, so that all others can read it."


@pytest.mark.parametrize("declaration", DECLARED, ids=lambda declaration: declaration.site)
def test_a_declaration_reads_its_fixture_and_the_reader_alone_does_not(
    declaration: Declaration,
) -> None:
    html = (HERE / f"{declaration.site}.html").read_bytes()
    wanted = (HERE / f"{declaration.site}.txt").read_text(encoding="utf-8").strip()
    url = f"https://www.{declaration.site}/news/ferry-runs-again-7"
    seen = datetime.combine(declaration.since, time(12), UTC)

    def reading(site: Declaration | None) -> PageReading:
        return extract_article(html, url=url, captured_at=seen, site=site)

    assert declaration_for(url, declaration.since) == declaration
    declared = reading(declaration)
    assert text_of(declared) == wanted
    assert declared.article is not None
    assert declared.article.sources["text"] == "site"
    assert declared.verdict.reason == "running text, where its publisher's declaration says"
    assert text_of(reading(None)) != wanted


def test_a_declaration_holds_for_its_days_and_its_hosts() -> None:
    (declaration,) = declarations("taz.de")
    assert declaration_for("https://taz.de/a", date(2024, 10, 1)) == declaration
    assert declaration_for("https://m.taz.de/a", date(2026, 1, 1)) == declaration
    assert declaration_for("https://taz.de/a", date(2024, 9, 30)) is None
    assert declaration_for("https://nottaz.de/a", date(2026, 1, 1)) is None
    assert declaration_for("https://taz.de.example/a", date(2026, 1, 1)) is None
    assert declaration_for("urn:sha256:77", date(2026, 1, 1)) is None


def test_versions_of_a_site_do_not_overlap() -> None:
    for site in declared_sites():
        found = declarations(site)
        for older, newer in pairwise(found):
            assert older.until is not None
            assert older.until < newer.since


def test_a_body_that_is_declared_is_the_text() -> None:
    site = Declaration(
        site="paper.example",
        since=date(2024, 1, 1),
        body=("//p[@class='deck']", "//div[@class='x']"),
        drop=("//div[@class='x']/div",),
    )
    html = page(
        f"<h1>Cartilage grown</h1><p class='deck'>{FIRST}</p><p>{APPEAL}</p>"
        f"<div class='x'><p>{SECOND}</p><div>{APPEAL}</div></div>"
    )
    assert text_of(read(html, site=site)) == f"{FIRST}\n\n{SECOND}"


def test_where_nothing_is_as_declared_the_page_is_read_as_any_other_and_says_so() -> None:
    site = Declaration(site="paper.example", since=date(2024, 1, 1), body=("//div[@id='x']",))
    declared, plain = read(page(STORY), site=site), read(page(STORY))
    assert text_of(declared) == text_of(plain)
    assert declared.article is not None
    assert declared.article.sources["text"] == "density"
    assert declared.verdict.reason.endswith(
        "; nothing on the page is as declared for paper.example"
    )


VERSION = "[[version]]\nsince = 2024-01-01\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[version]\n", "paper.example.toml: Expected"),
        ("since = 2024-01-01\n", "it takes one [[version]] or more"),
        ("[[version]]\nbody = ['//p']\n", "version 1: `since` is missing"),
        (VERSION, "version 1: neither `body` nor `drop`"),
        (f"{VERSION}boddy = ['//p']\n", "version 1: unknown key `boddy`"),
        (f"{VERSION}body = '//p'\n", "`body` is a list"),
        (f"{VERSION}body = ['div.story']\n", "'div.story', which is no XPath; it begins with //"),
        (f"{VERSION}drop = ['//p[']\n", "'//p[', which is no XPath"),
        (f"{VERSION}drop = ['//p[re:test(., 1)]']\n", "which is no XPath"),
        (f"{VERSION}until = 2023-01-01\nbody = ['//p']\n", "`until` is before `since`"),
        (
            f"{VERSION}body = ['//p']\n[[version]]\nsince = 2025-01-01\nbody = ['//p']\n",
            "the version since 2024-01-01 needs an `until` before 2025-01-01",
        ),
        ("[[version]]\nsince = '2024-01-01'\nbody = ['//p']\n", "`since` is a day without"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_fault(text: str, fault: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse("paper.example", text)
    assert fault in str(raised.value)


def test_texts_and_attributes_hold_no_blocks() -> None:
    text = f"{VERSION}body = ['//p/text()', '//div[@id=\"x\"]']\n"
    (site,) = parse("paper.example", text)
    html = page(f"<h1>Cartilage grown</h1><p>{APPEAL}</p><div id='x'><p>{FIRST}</p></div>")
    assert text_of(read(html, site=site)) == FIRST
