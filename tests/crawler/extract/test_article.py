"""A fetched page read whole: text, verdict, attribution, and the laws that hold for any bytes."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import PageReading, VerdictKind
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


def test_the_text_is_the_paragraphs_without_title_and_furniture() -> None:
    reading = read(
        page(
            "<nav><a href='/'>Home</a></nav><article>"
            "<h1>Cartilage grown</h1><p class='standfirst'>Four patients walk again</p>"
            f"<div class='share-bar'>Share this story with your friends and family now.</div>"
            f"<p>{FIRST}</p><figure><img src='a.jpg'><figcaption>The clinic.</figcaption></figure>"
            f"<p>Read also: <a href='/other'>Other news of the clinic</a></p>"
            f"<h2>What comes next</h2><p>{SECOND}</p>"
            f"<div class='newsletter'><p>Our letter brings you the week every Sunday.</p></div>"
            f"<p>{THIRD}</p></article><footer><p>Imprint of the paper and so on.</p></footer>"
        )
    )
    assert text_of(reading).split("\n\n") == [
        "Four patients walk again",
        FIRST,
        "What comes next",
        SECOND,
        THIRD,
    ]
    assert reading.article is not None
    assert reading.article.captions == ("The clinic.",)
    assert reading.verdict.kind is VerdictKind.ARTICLE


def test_a_class_that_holds_the_article_is_not_junk() -> None:
    paragraphs = "".join(f"<p class='comment'>{text}</p>" for text in (FIRST, SECOND, THIRD))
    assert text_of(read(page(paragraphs))).split("\n\n") == [FIRST, SECOND, THIRD]


def test_chunks_of_one_body_are_joined() -> None:
    chunks = "<hr>".join(
        f"<div class='body-text'><p>{text}</p></div>" for text in (FIRST, SECOND, THIRD)
    )
    assert text_of(read(page(f"<main>{chunks}</main>"))).split("\n\n") == [FIRST, SECOND, THIRD]


def test_an_endless_page_ends_with_its_first_article() -> None:
    other = "A quite different story follows below, about the price of bread in the old town."
    bodies = [f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{FIRST[:-1]}, too.</p>"]
    bodies.append(f"<p>{other}</p><p>1. {other}</p><p>2. {other}</p>")
    articles = (
        f"<article><h1>News {number}</h1><div class='article-body'>{body}</div></article>"
        for number, body in enumerate(bodies)
    )
    text = text_of(read(page("".join(articles))))
    assert text.startswith(FIRST)
    assert "bread" not in text


def test_line_breaks_part_paragraphs() -> None:
    reading = read(page(f"<div class='story-body'>{FIRST}<br><br>{SECOND}<br>{THIRD}</div>"))
    assert text_of(reading) == f"{FIRST}\n\n{SECOND}\n{THIRD}"


def test_html_is_a_small_safe_subset() -> None:
    reading = read(
        page(
            f"<article><p onclick='x()'>{FIRST} <a href='javascript:x()'>No</a> "
            f"<a href='/more' class='k'>Yes</a> <b>bold</b></p><p>{SECOND}</p>"
            f"<script>x()</script><p style='color:red'>{THIRD}</p></article>"
        )
    )
    assert reading.article is not None
    html = reading.article.html or ""
    assert '<a href="https://paper.example/more">Yes</a>' in html
    assert "<strong>bold</strong>" in html
    for bad in ("onclick", "javascript", "script", "style", "class"):
        assert bad not in html


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
    ("html", "arguments", "kind"),
    [
        (page(STORY), {}, VerdictKind.ARTICLE),
        (page(STORY), {"status": 404}, VerdictKind.ERROR),
        (page("<h1>Page not found</h1><p>Try the search.</p>"), {}, VerdictKind.SOFT_404),
        (page(STORY), {"url": "https://paper.example/", "asked_url": URL}, VerdictKind.HOME),
        ("<title>Just a moment...</title><body>", {"status": 403}, VerdictKind.CHALLENGE),
        (page("<p>You need to enable JavaScript to run this app.</p>"), {}, VerdictKind.JAVASCRIPT),
        ("%PDF-1.7 and so on", {}, VerdictKind.NOT_HTML),
        ("   ", {}, VerdictKind.EMPTY),
        (
            page("<h1>Log in</h1><form><input type='password'></form>"),
            {},
            VerdictKind.LOGIN,
        ),
        (
            page("<p>We and our 812 partners store and read information on your device.</p>"),
            {},
            VerdictKind.CONSENT,
        ),
        (
            page(f"<article><p>{FIRST}</p><p>Subscribe to continue reading.</p></article>"),
            {},
            VerdictKind.PAYWALL,
        ),
    ],
)
def test_the_verdict(html: str, arguments: dict[str, object], kind: VerdictKind) -> None:
    reading = read(html, **arguments)
    assert reading.verdict.kind is kind
    assert reading.verdict.reason


def test_a_long_free_article_is_no_wall_for_the_words_around_it() -> None:
    story = "".join(f"<p>{number}. {FIRST} {SECOND}</p>" for number in range(20))
    walls = "<div class='x'>Subscribe to continue reading. Accept all cookies. Log in.</div>"
    reading = read(page(f"<article><h1>Cartilage grown</h1>{story}</article>{walls}"))
    assert reading.verdict.kind is VerdictKind.ARTICLE


def test_a_page_too_large_ends_in_a_verdict() -> None:
    assert read("<p>a" * 70_000).verdict.kind is VerdictKind.EMPTY


@pytest.mark.parametrize("tag", ["b", "blockquote", "div", "li", "table><tr><td", "ul><li"])
def test_deep_nests_are_read(tag: str) -> None:
    assert read(f"<{tag}>" * 400 + FIRST * 4).verdict.reason


def test_characters_that_no_tree_takes_are_left_out() -> None:
    html = page(f"<article><p>{FIRST} &#1;<a href='/a&#2;b'>x</a></p><nav>n</nav>&#3; {SECOND}<p>")
    assert text_of(read(html)).startswith(FIRST)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(html: bytes) -> None:
    assert extract_article(html, url=URL, captured_at=NOON).verdict.reason


TAG_NAMES = "a article b blockquote br div h1 h2 li ol p pre section table td tr ul"
TAGS = st.sampled_from(TAG_NAMES.split(" "))
NAMES = st.sampled_from(["", "ad", "article-body", "caption", "comments", "dek", "related", "x"])
PIECES = st.one_of(
    st.builds(lambda tag, name: f"<{tag} class='{name}' href='/{name}'>", TAGS, NAMES),
    st.builds(lambda tag: f"</{tag}>", TAGS),
    st.sampled_from([FIRST, SECOND, "Read also:", "Via", "\u00ad", " ", "日本\n語"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=10).map("".join))
def test_a_page_reads_the_same_whatever_was_read_before(html: str, other: str) -> None:
    first = read(html)
    read(other)
    assert read(html) == first
