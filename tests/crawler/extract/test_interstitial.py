"""Pages that go on to another site by their script, and those that only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.interstitial import LONGEST, leads_on_to

HERE = "https://snip.example/x1"
TARGET = "https://paper.example/cells"


def page(script: str, text: str = "One moment.") -> bytes:
    return f"<html><body><p>{text}</p><script>{script}</script></body></html>".encode()


@pytest.mark.parametrize(
    "script",
    [
        'location.replace("https://paper.example/cells")',
        "window.location.href = 'https://paper.example/cells';",
        r'window.opener = null; location.replace("https:\/\/paper.example\/cells")',
        'setTimeout(function () { top.location = "https://paper.example/cells" }, 1000)',
        r'document.location.assign("\u0068ttps://paper.example/\x63ells")',
        'var a = "https://other.example/"; location="https://paper.example/cells"',
    ],
)
def test_a_script_goes_on(script: str) -> None:
    assert leads_on_to(page(script), url=HERE) == TARGET


@pytest.mark.parametrize(
    "body",
    [
        page('location.replace("https://www.snip.example/login")'),
        page('location.replace("/x2")'),
        page('location.replace("file:///etc/hostname")'),
        page('location.replace("https://a.example/cells"); location = "https://b.example/"'),
        page('mylocation = "https://paper.example/cells"'),
        page('if (location.href == "https://paper.example/cells") { go() }'),
        page(f'location.replace("{TARGET}")', text="Something to read. " * 20),
        page(f'location.replace("{TARGET}")') + b" " * LONGEST,
        f'<p>location.replace("{TARGET}")</p>'.encode(),
        b"",
    ],
)
def test_other_pages_stay(body: bytes) -> None:
    assert leads_on_to(body, url=HERE) is None


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_no_page_breaks_it(before: bytes, within: bytes) -> None:
    target = leads_on_to(before + b"<script>location='" + within + b"'</script>", url=HERE)
    assert target is None or target.startswith("http")
