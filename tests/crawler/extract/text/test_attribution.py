"""Where a text says it comes from."""

import pytest

from crawler.extract.text.attribution import unwrapped
from tests.crawler.extract.readings import FIRST, SECOND, page, read, text_of


def test_plain_text_ends_at_its_attribution() -> None:
    lines = [f"- Old news {n} - Paper - October {n + 1}th, 2024" for n in range(5)]
    text = "\n".join(
        [FIRST, SECOND, "Read the original post:", "Cartilage and its cells ...", *lines]
    )
    reading = read(text + "\nRecent Comments\n")
    assert text_of(reading) == f"{FIRST}\n\n{SECOND}"
    assert reading.attribution is not None
    assert reading.attribution.phrase == "Read the original post:"
    assert reading.attribution.title == "Cartilage and its cells ..."
    assert reading.original is None


def test_a_link_gives_the_original() -> None:
    link = "<a href='https://journal.example/cells'>Cartilage and its cells</a>"
    source = f"<p>Read the original post: {link}</p>"
    reading = read(page(f"<article><p>{FIRST}</p><p>{SECOND}</p>{source}</article>"))
    assert reading.original == "https://journal.example/cells"
    assert "original" not in text_of(reading)


@pytest.mark.parametrize(
    "phrase",
    [
        "Continue reading here:",
        "Keep reading at",
        "Read more from the original source:",
        "Read the original article:",
        "Source:",
    ],
)
def test_a_phrase_with_a_link_to_another_site_attributes(phrase: str) -> None:
    link = "<a href='https://journal.example/cells'>Cartilage and its cells</a>"
    reading = read(
        page(f"<article><p>{FIRST}</p><p>{SECOND}</p><p>{phrase}<br>{link}</p></article>")
    )
    assert reading.original == "https://journal.example/cells"
    assert reading.attribution is not None
    assert reading.attribution.title == "Cartilage and its cells"


def test_the_same_phrase_with_a_link_to_the_same_site_does_not() -> None:
    link = "<p>Continue reading here: <a href='/2'>Page two of it</a></p>"
    reading = read(page(f"<article><p>{FIRST}</p><p>{SECOND}</p>{link}</article>"))
    assert reading.attribution is None


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/out?u=https%3A%2F%2Fa.example%2Fb%3Fc%3D1", "https://a.example/b?c=1"),
        ("https://r.example/url?sa=t&Q=http://a.example/b", "http://a.example/b"),
        ("https://hide.example/?https://a.example/b", "https://a.example/b"),
        ("https://hide.example/?https%3A%2F%2Fa.example%2Fb", "https://a.example/b"),
        ("/out/https://a.example/b?c=1", "https://a.example/b?c=1"),
        ("/go/https%3A%2F%2Fa.example%2Fb", "https://a.example/b"),
        ("/web/2019/https://a.example/b", "/web/2019/https://a.example/b"),
        ("/out?u=cells", "/out?u=cells"),
        ("/out?ref=https://a.example/b", "/out?ref=https://a.example/b"),
        ("https://[a?u=https://b.example", "https://[a?u=https://b.example"),
    ],
)
def test_a_redirector_leads_to_what_its_query_holds(address: str, target: str) -> None:
    assert unwrapped(address) == target


@pytest.mark.parametrize(
    ("href", "is_original"),
    [
        ("/out/7f3a", True),
        ("/go.php?id=12", True),
        ("/redirect?post=12", True),
        ("/out", False),
        ("/outlook/7f3a", False),
        ("/news/go/7f3a", False),
    ],
)
def test_a_redirector_of_the_same_site_leads_to_another(href: str, is_original: bool) -> None:
    link = f"<p>Read the original post: <a href='{href}'>Cartilage and its cells</a></p>"
    reading = read(page(f"<article><p>{FIRST}</p><p>{SECOND}</p>{link}</article>"))
    assert reading.original == (f"https://paper.example{href}" if is_original else None)
