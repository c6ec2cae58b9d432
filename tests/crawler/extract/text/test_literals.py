"""Texts among the string literals of a script."""

import json

from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.text.literals import texts_of
from tests.crawler.extract.readings import FIRST, SECOND


def test_strings_are_found_in_calls_and_in_strings_that_hold_data() -> None:
    data = json.dumps({"body": [FIRST, {"text": SECOND}]})
    assert texts_of(f"window.__NUXT__=(function(a){{return a}}({json.dumps(FIRST)}))") == [FIRST]
    assert texts_of(f"x = JSON.parse({json.dumps(data)})") == [FIRST, SECOND]
    assert texts_of(f"x = '{FIRST.replace(chr(39), chr(92) + chr(39))}'") == [FIRST]


def test_code_addresses_and_labels_are_no_texts() -> None:
    code = "function () { return window.innerWidth - 20; } ; var a = function (b) { return b }"
    address = "https://paper.example/a/very/long/address/of/some/page/that/nobody/reads?x=1&y=2"
    assert texts_of(f"f({json.dumps(code)}, {json.dumps(address)}, 'Read more')") == []


@given(st.text(alphabet="\"'\\\\nux01 ab{}:,", max_size=400))
def test_any_source_is_read(source: str) -> None:
    assert all(len(text) >= 60 for text in texts_of(source))
