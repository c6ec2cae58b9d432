"""Boxes inside an article's body: a newsletter's advertisement, a fact box, a word on the author.

They are known by where they stand, whatever they are called: among paragraphs that are children
of one element, a box is a container of its own under a heading of its own. Works in place on the
tree; does not find the body.
"""

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from crawler.extract.text.boilerplate import words
from crawler.extract.text.weights import Weights, length, text_of

# Part of a body's prose that must stand in paragraphs of its own: where it is less, containers
# are how the page sets its sections.
PARAGRAPHS_SHARE = 0.7
# Part of a body's text that one box may hold, and all together: more is the article's own.
LARGEST_BOX = 0.15
LARGEST_BOXES = 0.3
# Bytes of text below its heading that make a box; less is a heading with a rule or a picture.
LEAST_BOX = 20

BOX_TAGS = words("article aside div section")
# A container with these, unless they hold links, gives what the article is about: a recipe's
# ingredients, a device's data.
DATA_TAGS = words("dd li pre td")
HEADING_TAGS = words("h2 h3 h4 h5 h6")


def drop_boxes(part: Element, weights: Weights) -> None:
    """Drop the boxes among a body's paragraphs and beside them, unless they hold much text."""
    holder = holder_of(part, weights)
    if holder is None:
        return
    total = length(text_of(part))
    boxes = [
        child
        for above in (holder, *holder.iterancestors())
        if above is part or part in above.iterancestors()
        for child in above.iterchildren(*BOX_TAGS)
        if is_box(child, LARGEST_BOX * total)
    ]
    if sum(length(text_of(box)) for box in boxes) < LARGEST_BOXES * total:
        for box in boxes:
            weights.drop(box)


def holder_of(part: Element, weights: Weights) -> Element | None:
    """Give the element whose own paragraphs are most of a body's prose."""
    wanted = PARAGRAPHS_SHARE * max(weights.of(part), 1)
    node: Element | None = part
    while node is not None and weights.of(node) >= wanted:
        if sum(weights.of(child) for child in node.iterchildren("p")) >= wanted:
            return node
        node = max(node.iterchildren(*BOX_TAGS), key=weights.of, default=None)
    return None


def is_box(element: Element, largest: float) -> bool:
    """Tell whether a container opens with a heading of its own and says more below it."""
    first = next(spoken(element), None)
    if first is None:
        return False
    heading = next((e for e in (first, *first.iterancestors()) if e.tag in HEADING_TAGS), None)
    if heading is None or element not in heading.iterancestors():
        return False
    if any(next(item.iter("a"), None) is None for item in element.iter(*DATA_TAGS)):
        return False
    size = length(text_of(element))
    return size < largest and size - length(text_of(heading)) >= LEAST_BOX


def spoken(element: Element) -> Iterator[Element]:
    """Give the elements below a container that hold text of their own, in order."""
    for inner in element.iter(etree.Element):
        if inner.text and inner.text.strip():
            yield inner
        if inner is not element and inner.tail and inner.tail.strip():
            above = inner.getparent()
            yield element if above is None else above
