"""How much running text each element of a page holds: one pass over the tree.

Text of links and of labels counts for nothing: a menu of a hundred words weighs less than one
sentence. Knows no class names and decides nothing.
"""

import re
from collections.abc import Sequence
from typing import cast

from lxml import etree
from lxml.etree import _Element as Element

from crawler.extract.text.boilerplate import words

# Direct text of a block below this many bytes is a label, not prose.
SHORTEST_PROSE = 40

# Bytes of prose that a link around blocks may hold: a headline and its summary. One that holds
# more was left open by the page, and the article stands in it.
LONGEST_LINK = 1_200

INLINE_TAGS = words(
    """a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd mark picture
    q rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr"""
)


class Weights:
    """Bytes of prose below each element, links left out."""

    def __init__(self, prose: dict[Element, int], voiced: set[Element]) -> None:
        self._prose = prose
        self.voiced = voiced
        """The elements that held any text, prose or not."""

    def of(self, element: Element) -> int:
        """Give the prose below `element`; 0 for one that holds none."""
        return self._prose.get(element, 0)

    def drop(self, element: Element) -> None:
        """Take `element` out of its tree, and its prose out of the elements that held it."""
        lost = self._prose.pop(element, 0)
        if lost:
            for above in element.iterancestors():
                self._prose[above] = self._prose.get(above, 0) - lost
        take_out(element)


def take_out(element: Element) -> None:
    """Take an element out of its tree and leave the text that follows it."""
    above = element.getparent()
    if above is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            above.text = settable((above.text or "") + element.tail)
        else:
            before.tail = settable((before.tail or "") + element.tail)
    above.remove(element)


# What a page can hold by references such as `&#1;` and lxml gives, but refuses to be given.
UNSETTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def settable(text: str) -> str:
    """Give a text as lxml takes it."""
    return UNSETTABLE.sub("", text)


# Evaluated by libxml2, without a Python string for each node.
TEXT = etree.XPath("string()", smart_strings=False)


def text_of(element: Element) -> str:
    """Give all text below an element."""
    return cast("str", TEXT(element))


def length(text: str) -> int:
    """Measure text in UTF-8 bytes: three for a Chinese character, which says as much as a word."""
    text = text.strip()
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def says_more(element: Element, most: float) -> bool:
    """Tell whether the text below an element is longer than `most`; reads no more than it must."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(str(piece))
        size += length(pieces[-1])
        if size > most:
            return True
    return length("".join(pieces)) > most


def leads_away(link: Element) -> bool:
    """Tell whether a link goes to another page, not to a place on this one."""
    return not link.get("href", "#").startswith("#")


def unweigh(link: Element, prose: dict[Element, int]) -> None:
    """Forget the prose of blocks inside a link: a card that is a link as a whole."""
    del prose[link]
    for inner in link.iterdescendants():
        prose.pop(inner, None)


def weigh(elements: Sequence[Element]) -> Weights:
    """Sum prose up the tree: text of blocks that are more than a label or a list of links.

    `elements` are a tree's elements in document order, its root first.
    """
    plain: dict[Element, int] = {}
    linked: dict[Element, int] = {}
    prose: dict[Element, int] = {}
    voiced: set[Element] = set()
    for element in reversed(elements):
        # White space alone is told ten times as fast as measured, and is most of what there is.
        text, tail_text = element.text, element.tail
        own = plain.pop(element, 0) + (length(text) if text and not text.isspace() else 0)
        links = linked.pop(element, 0)
        above = element.getparent()
        if above is None:
            break
        if own or links or element in voiced:
            voiced.add(element)
            voiced.add(above)
        tag = element.tag
        if tag == "a" and leads_away(element):
            own, links = 0, links + own
            if 0 < prose.get(element, 0) < LONGEST_LINK:
                unweigh(element, prose)
        tail = length(tail_text) if tail_text and not tail_text.isspace() else 0
        if tag in INLINE_TAGS:
            tail += own
            linked[above] = linked.get(above, 0) + links
        elif own >= SHORTEST_PROSE and own > links:
            prose[element] = prose.get(element, 0) + own
        if tail:
            voiced.add(above)
            plain[above] = plain.get(above, 0) + tail
        if element in prose:
            prose[above] = prose.get(above, 0) + prose[element]
    return Weights(prose, voiced)
