"""Text that every XML document can hold, and that is the same when it is read."""

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from archive.exporting.xmltext import REPLACEMENT, attribute, element, escaped


@given(st.text())
def test_any_text_makes_a_document_that_says_it(text: str) -> None:
    root = ET.fromstring(f'<a b="{attribute(text)}">{escaped(text)}</a>')
    assert root.get("b") == (root.text or "")
    assert len(root.text or "") == len(text)
    for given_one, read in zip(text, root.text or "", strict=True):
        assert read in {given_one, REPLACEMENT}


def test_what_is_missing_makes_no_element() -> None:
    assert element("title", None) == ""
    assert element("category", None, term="sea", label=None) == '<category term="sea"/>'
