from datetime import UTC, datetime

import pytest

from crawler.extract import extract_headlines

CAPTURED = datetime(2024, 11, 22, 15, tzinfo=UTC)
LIST = "".join(
    f"<li><h3><a href=/news/{n}>The harbour opens its bridge number {n}</a></h3>"
    f"<span>{20 - n} November 2024</span></li>"
    for n in range(5)
)
TITLE = "The whole town crosses its bridge on foot"


def read(above: str) -> list[tuple[str, str | None]]:
    html = f"<html><body><main>{above}<ul>{LIST}</ul></main></body></html>"
    page = extract_headlines(html.encode(), url="https://a.example/", captured_at=CAPTURED)
    return [
        (one.title, one.published.value.isoformat() if one.published else None)
        for one in page.headlines
    ]


@pytest.mark.parametrize(
    "above",
    [
        "<div><h1><a href=/hero>{t}</a></h1><p>{d}</p><p>And how it went.</p></div>",
        "<article><a href=/hero><h2>{t}</h2></a><time datetime=2024-11-21>{d}</time></article>",
        "<section><div><b>{d}</b></div><div><h2><a href=/hero>{t}</a></h2></div></section>",
    ],
)
def test_a_featured_entry_comes_first(above: str) -> None:
    found = read(above.format(t=TITLE, d="21 November 2024"))
    assert len(found) == 6
    assert found[0] == (TITLE, "2024-11-21")


@pytest.mark.parametrize(
    "above",
    [
        f"<nav><h2><a href=/hero>{TITLE}</a></h2><p>21 November 2024</p></nav>",
        f"<aside><h2><a href=/hero>{TITLE}</a></h2><p>21 November 2024</p></aside>",
        f"<div class=related><h2><a href=/hero>{TITLE}</a></h2><p>21 November 2024</p></div>",
        f"<div><h2><a href=/hero>{TITLE}</a></h2></div><p>21 November 2024</p>",
        f"<div><h2><a href=/hero>{TITLE}</a></h2><p>Until 21 November 2024</p></div>",
        f"<div><h2><a href=/hero>{TITLE}</a></h2><p>21 March 2019</p></div>",
        f"<div><h2><a href=/hero>{TITLE}</a></h2><p>19 November 2024</p></div>",
        f"<div><h2><a href=/hero>{TITLE}</a></h2><p>21 December 2024</p></div>",
        f"<div><h2><a href=https://shop.example/>{TITLE}</a></h2><p>21 November 2024</p></div>",
        f"<div><h2><a href=/news/3>{TITLE}</a></h2><p>21 November 2024</p></div>",
        "<div><h2><a href=/news/>News</a></h2><p>21 November 2024</p></div>",
    ],
)
def test_what_else_stands_above_a_list_is_no_entry(above: str) -> None:
    assert read(above) == read("")
