"""Small pages read as articles, for the tests of what becomes of them."""

from datetime import UTC, datetime

from archive.records import PageReading
from crawler.extract import extract_article

NOON = datetime(2024, 11, 8, 12, tzinfo=UTC)
URL = "https://paper.example/2024/11/08/cartilage"
FIRST = "Surgeons in the harbour town grew new cartilage from the patients' own cells last week."
SECOND = "All four patients walked without pain a month later, the clinic said on Friday morning."
THIRD = "The method needs no drug, and its cost is a tenth of that of an artificial joint today."


def read(html: str, **arguments: object) -> PageReading:
    given_arguments: dict[str, object] = {"url": URL, "captured_at": NOON} | arguments
    return extract_article(html.encode(), **given_arguments)  # type: ignore[arg-type]  # by name


def text_of(reading: PageReading) -> str:
    assert reading.article is not None
    return reading.article.text


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>Cartilage grown</title>{head}</head><body>{body}</body></html>"


STORY = f"<h1>Cartilage grown</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
