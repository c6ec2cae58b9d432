"""Small pages for the tests of what is read from a page."""

from datetime import UTC, datetime

from crawler.extract.page import Page, parse_page

CAPTURED_AT = datetime(2024, 11, 20, 12, tzinfo=UTC)
URL = "https://www.evening-post.example/2024/nov/harbour-bridge-closes"


def page(
    body: str = "",
    *,
    head: str = "",
    url: str = URL,
    attributes: str = "",
    captured_at: datetime = CAPTURED_AT,
) -> Page:
    """Parse a page of this head and body."""
    html = f"<!doctype html><html {attributes}><head>{head}</head><body>{body}</body></html>"
    return parse_page(html.encode(), url=url, captured_at=captured_at)


def json_ld(text: str) -> str:
    """Give a JSON-LD script."""
    return f'<script type="application/ld+json">{text}</script>'
