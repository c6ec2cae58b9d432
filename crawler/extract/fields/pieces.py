"""A page's visible text as pieces: each text node with the element that it stands in.

For what is read from lines near the headline; the article's text is located elsewhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, cast

import lxml.etree
import lxml.html

from crawler.extract.fields.folding import fold
from crawler.extract.fields.jsonld import clean
from crawler.extract.fields.surroundings import Surroundings

# `//text()` would sort what it finds, which among siblings by the thousand takes seconds.
TEXTS = lxml.etree.XPath("/descendant::body/descendant::text()[normalize-space()]")
# The nearest before an element; some of them stand in scripts and are none.
BEFORE = lxml.etree.XPath("preceding::text()[normalize-space()][position() <= 40]")
UNSEEN_TAGS = frozenset({"script", "style", "noscript", "template", "option", "textarea"})
TEXT_NODES = 30_000

# A short script that prints a date where it stands: `<script>show("2024/11/08 10:15")</script>`.
PRINTING = 160
PRINTED = re.compile(
    r"""\(\s*["']((?:19|20)\d\d[-/.][01]?\d[-/.][0-3]?\d(?: [0-2]?\d:\d\d)?)[^"'\n]*["']"""
)

# Texts of the headline and below it that are looked at where the page's own date is only asked
# for: it stands between headline and text, with names, buttons and captions.
BELOW = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A text node, white space folded, and the element that it stands in."""

    text: str
    element: lxml.html.HtmlElement


class Showing:
    """What one page shows around its headline; looked at only when asked, and once."""

    def __init__(
        self,
        root: lxml.html.HtmlElement,
        *,
        title: str | None,
        heading: lxml.html.HtmlElement | None,
        pieces: Sequence[Piece] | None = None,
    ) -> None:
        self.root = root
        self.title = title
        self.heading = heading
        self.given = pieces

    @cached_property
    def pieces(self) -> Sequence[Piece]:
        """The page's visible text, in page order."""
        return read_pieces(self.root) if self.given is None else self.given

    def below(self) -> "Showing | None":
        """Give the same page as if it showed its `<h1>` and the texts next below it alone."""
        if self.heading is None:
            return None
        pieces = list(islice(texts_from(self.heading), BELOW))
        return Showing(self.root, title=self.title, heading=self.heading, pieces=pieces)

    def near(self, *, before: int, after: int) -> "Showing":
        """Give the same page as if it showed its `<h1>` and so many texts around it alone.

        Itself where it has no `<h1>`.
        """
        if self.heading is None:
            return self
        inside = sum(1 for _ in texts_in(self.heading))
        pieces = [
            *pieces_of(BEFORE(self.heading))[-before:],
            *islice(texts_from(self.heading), inside + after),
        ]
        return Showing(self.root, title=self.title, heading=self.heading, pieces=pieces)

    @cached_property
    def anchor(self) -> lxml.html.HtmlElement | None:
        """The element that shows the headline: the `<h1>`, else whatever else says the title."""
        return self.heading if self.heading is not None else find_title(self.pieces, self.title)

    @cached_property
    def inside(self) -> set[lxml.html.HtmlElement]:
        """The headline's elements."""
        return set(self.anchor.iter()) if self.anchor is not None else set()

    @cached_property
    def headline(self) -> range:
        """Where the headline stands among the pieces; empty where it is not shown."""
        found = [i for i, piece in enumerate(self.pieces) if piece.element in self.inside]
        return range(found[0], found[-1] + 1) if found else range(0)

    @cached_property
    def around(self) -> Surroundings:
        """Tells the article's part of the page from the rest."""
        return Surroundings(self.root, self.anchor)


def read_pieces(root: lxml.html.HtmlElement) -> list[Piece]:
    """Give the visible text nodes of the page that are not blank, in page order."""
    return pieces_of(TEXTS(root))


def pieces_of(nodes: object) -> list[Piece]:
    """Give the visible ones among text nodes that are not blank."""
    found = []
    # lxml's strings know their parents, but its types do not know these strings.
    for node in cast("list[Any]", nodes)[:TEXT_NODES]:
        element = container(node.getparent(), tail=node.is_tail)
        if element.tag not in UNSEEN_TAGS:
            if text := clean(node):
                found.append(Piece(text, element))
        elif element.tag == "script" and (printed := printed_date(node)):
            found.append(Piece(printed, element.getparent()))
    return found


def printed_date(script: str) -> str | None:
    """Give the date that a script's text prints where it stands; None for any other program."""
    found = PRINTED.search(script) if len(script) < PRINTING else None
    return found[1] if found else None


def texts_from(heading: lxml.html.HtmlElement) -> Iterator[Piece]:
    """Give the visible text nodes from `heading` on that are not blank, read as far as asked."""
    yield from texts_in(heading)
    element: lxml.html.HtmlElement | None = heading
    while element is not None and element.tag != "body":
        parent = element.getparent()
        if parent is not None and (text := seen(element.tail)):
            yield Piece(text, parent)
        for sibling in element.itersiblings():
            yield from texts_in(sibling)
            if parent is not None and (text := seen(sibling.tail)):
                yield Piece(text, parent)
        element = parent


def texts_in(top: lxml.html.HtmlElement) -> Iterator[Piece]:
    """Give the visible text nodes inside of an element that are not blank."""
    walk = lxml.etree.iterwalk(top, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in UNSEEN_TAGS:
                walk.skip_subtree()
            elif text := seen(element.text):
                yield Piece(text, element)
        elif element is not top and (text := seen(element.tail)):
            yield Piece(text, element.getparent())


def seen(text: str | None) -> str:
    """Give a text as a reader sees it; most of a page's are blank, which is quickly told."""
    return clean(text) if text and not text.isspace() else ""


def container(parent: lxml.html.HtmlElement, *, tail: bool) -> lxml.html.HtmlElement:
    """Give the element that a text stands in; the text behind an element is its parent's."""
    above = parent.getparent() if tail else None
    return above if above is not None else parent


def find_title(pieces: Sequence[Piece], title: str | None) -> lxml.html.HtmlElement | None:
    """Give the element whose text is the title, for pages that show it in no `<h1>`.

    The first that is no link, for links are of menus and crumbs; a link where there is no other.
    """
    folded = fold(title or "")
    if not folded:
        return None
    longest = 2 * len(folded) + 40
    same = [p.element for p in pieces if len(p.text) < longest and fold(p.text) == folded]
    return next((element for element in same if not is_linked(element)), next(iter(same), None))


def is_linked(element: lxml.html.HtmlElement) -> bool:
    """Tell whether the element is in a link."""
    return element.tag == "a" or any(above.tag == "a" for above in element.iterancestors())
