"""Located elements handed to BeautifulSoup as a tree, without a way through text.

A builder of BeautifulSoup's own kind, whose parser is the tree that lxml has built already: written
out and parsed again, an article costs twice as much. What has no meaning for a text is not handed
on, since BeautifulSoup's tree costs by the node. Reads nothing into blocks.
"""

import string
from collections.abc import Sequence
from urllib.parse import quote, urljoin

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from lxml import etree
from lxml.etree import _Element as Element

from crawler.extract.text.boilerplate import words
from crawler.extract.text.weights import leads_away

BLOCK_TAGS = words(
    """address article aside blockquote body caption center dd details div dl dt fieldset figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary
    table tbody td tfoot th thead tr ul"""
)
# Inline wrappers without meaning here.
WRAPPERS = words(
    """abbr acronym bdi bdo big data del dfn font img ins kbd label mark nobr picture q s samp small
    span strike time tt u var wbr"""
)
# What is read aloud beside its word.
ASIDES = frozenset(["rp", "rt"])


def read_soup(groups: Sequence[Sequence[Element]], url: str) -> BeautifulSoup:
    """Give a soup of one `<main>` for each group of elements; `url` is what links count from."""
    return BeautifulSoup("", builder=TreeOfElements(groups, url))


class TreeOfElements(HTMLTreeBuilder):
    """Tells BeautifulSoup of elements as its own parsers tell it of tags."""

    def __init__(self, groups: Sequence[Sequence[Element]], url: str) -> None:
        # No attribute of several values and no text of its own kind is handed on.
        super().__init__(multi_valued_attributes={}, string_containers={})
        self.groups = groups
        self.url = url

    def feed(self, markup: object) -> None:  # noqa: ARG002  BeautifulSoup gives its own, an empty one
        """Tell of each group; there is no markup."""
        for group in self.groups:
            self.open("main", {})
            for part in group:
                self.open("div", {})
                self.tell(part)
                self.close("div")
            self.close("main")

    def tell(self, part: Element) -> None:
        """Tell of an element and all below it; the text that follows it is not its own."""
        walk = etree.iterwalk(part, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element.tag in ASIDES:
                    walk.skip_subtree()
                else:
                    self.start(element)
            else:
                self.end(element, is_last=element is part)

    def start(self, element: Element) -> None:
        """Tell of an element's beginning, and of the text that it begins with."""
        tag, text = element.tag, element.text
        if tag in BLOCK_TAGS:
            self.open("div" if tag == "main" else tag, {})
            text = text if text and not text.isspace() else None
        elif tag == "a":
            self.open(tag, link(element, self.url))
        elif tag not in WRAPPERS:
            self.open(tag, {})
        if text:
            self.say(text)

    def end(self, element: Element, *, is_last: bool) -> None:
        """Tell of an element's end, and of the text that follows; blank between blocks is none."""
        tag, tail = element.tag, element.tail
        if tag in BLOCK_TAGS:
            self.close("div" if tag == "main" else tag)
            tail = tail if tail and not tail.isspace() else None
        elif tag not in WRAPPERS and tag not in ASIDES:
            self.close(tag)
        if tail and not is_last:
            self.say(tail)

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        """Tell of an opening tag."""
        self.told.handle_starttag(tag, None, None, attributes)

    def close(self, tag: str) -> None:
        """Tell of a closing tag."""
        self.told.handle_endtag(tag)

    def say(self, text: str) -> None:
        """Tell of a text."""
        self.told.handle_data(text)

    @property
    def told(self) -> BeautifulSoup:
        """The soup that is told; it makes itself known before it asks to be fed."""
        if self.soup is None:
            raise RuntimeError("a builder is fed by the soup that it builds")
        return self.soup


def link(element: Element, url: str) -> dict[str, str]:
    """Give a link's absolute address as its attributes; none for a place on the same page."""
    href = element.get("href") if leads_away(element) else None
    return {} if href is None else {"href": quote(absolute(url, href), safe=string.punctuation)}


def absolute(url: str, href: str) -> str:
    """Give the address that a link leads to; an unreadable one as it is."""
    href = href.strip()
    if href.startswith(("http://", "https://")):
        return href
    try:
        return urljoin(url, href)
    except ValueError:
        return href
