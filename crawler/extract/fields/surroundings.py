"""Which part of a page an element stands in: the article's, or another's.

Judges by tags and class names around the element; does not locate the article's text.
"""

import re
from functools import cached_property

import lxml.html

from crawler.extract.fields.xpaths import number

CONTEXT_CLIMB = 12

# The part of a page's text that no sidebar has.
MOST_OF_PAGE = 0.4
LENGTH = number("string-length()")

FOREIGN_TAGS = frozenset({"aside", "nav", "footer", "select", "blockquote", "figcaption"})
FOREIGN = re.compile(
    r"comment|kommentar|related|teaser|recommend|newsletter|sidebar|footer|promo|most-?read|popular|widget|"
    r"similar|reply|replies|respond|responses|carousel|slider|calendar|kalender|event|termin|archive|caption|copyright|cookie|"
    r"mehr-zum|readmore|read-more|latest|recent|trending|signature|breaking|ticker|banner|menu|navi(?![a-z]*ed)|prev|next",
    re.IGNORECASE,
)


MASTHEAD = re.compile(r"header|masthead|topbar|top-bar", re.IGNORECASE)


# An article's own line of writer and date, which some put into an <aside> or a <footer>.
OWN_LINES = re.compile(
    r"(?:post|entry|article|node|story)[-_]?(?:info|meta|footer|header|date|byline)", re.IGNORECASE
)


class Surroundings:
    """Tells the article's part of one page from the rest of it."""

    def __init__(self, root: lxml.html.HtmlElement, anchor: lxml.html.HtmlElement | None) -> None:
        self.shared = set(anchor.iterancestors()) if anchor is not None else set()
        self.known: dict[lxml.html.HtmlElement, bool] = {}
        self.root = root

    @cached_property
    def most(self) -> float:
        """How many characters no sidebar has."""
        return MOST_OF_PAGE * LENGTH(self.root)

    def is_in_masthead(self, element: lxml.html.HtmlElement | None) -> bool:
        """Tell whether the element stands in the page's head, where today's date is printed."""
        for _ in range(CONTEXT_CLIMB):
            if element is None or element in self.shared or element.tag == "body":
                return False
            if element.tag == "header" or MASTHEAD.search(f"{element.get('id') or ''}"):
                return True
            element = element.getparent()
        return False

    def is_foreign(self, element: lxml.html.HtmlElement | None) -> bool:
        """Tell whether the element stands in a part of the page that is not the article's.

        What also contains the headline is the article's whatever its classes say, and so is what
        holds most of the page's text: `with-sidebar` is no sidebar.
        """
        for _ in range(CONTEXT_CLIMB):
            if element is None or element in self.shared or element.tag in ("body", "html", "main"):
                return False
            if self.looks_foreign(element):
                return True
            element = element.getparent()
        return False

    def looks_foreign(self, element: lxml.html.HtmlElement) -> bool:
        """Tell whether the element itself opens such a part."""
        if element not in self.known:
            names = f"{element.get('class') or ''} {element.get('id') or ''}"
            self.known[element] = (
                (element.tag in FOREIGN_TAGS and not OWN_LINES.search(names))
                or (element.tag == "a" and len(element) > 1)
                or (bool(FOREIGN.search(names)) and LENGTH(element) < self.most)
            )
        return self.known[element]
