"""A page flattened for reading lists: its elements and texts in document order, numbered.

One pass over lxml's tree gives every element its span of numbers, so that "inside", "before" and
"between" are comparisons, and a path of tags and classes, so that what repeats has one number.
Everything after works on these arrays; nothing walks the tree again, and cost stays linear.

Does not decide what is a headline or a date.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

import lxml.html

# Never text that a reader sees as part of a list.
SKIPPED = frozenset(
    [
        "script", "style", "template", "noscript", "svg", "math", "select", "textarea", "iframe",
        "object", "canvas", "video", "audio", "head", "datalist", "button",
    ]
)  # fmt: skip

# Elements that begin a line of their own; the texts of the others run together.
BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hgroup", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "br",
    ]
)  # fmt: skip

HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])

# Deeper elements are unclosed tags by the thousand, and every look at ancestors would cost them.
DEEPEST = 400

# Elements and texts of a page that are looked at: 2,000 rows of 30. What is longer is a dump, and
# its beginning is answer enough.
MOST_NUMBERS = 60_000

# Class names that differ from item to item of one list: numbered, positional, or what it is about.
PASSING = re.compile(
    r"\d|^(?:odd|even|first|last|alt|alternate|active|current|new|sticky|featured|clearfix|"
    r"(?:category|tag|post|type|status|format|author|term|topic|node|views?-row|item|has)-.*)$",
    re.IGNORECASE,
)


class Zone(IntEnum):
    """How far a part of the page is from its main matter."""

    MAIN = 0
    SIDE = 1
    FURNITURE = 2


FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|footer|breadcrumbs?|pagination|pager|"
    r"paging|cookies?|tag-?cloud|share|sharing|social|toolbar|login|skip|lang(?:uage)?s?|sitemap)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
SIDE = re.compile(
    r"(?:^|[\s_-])(?:side-?bar|aside|widgets?|related|popular|most-?(?:read|viewed|popular|shared)|"
    r"trending|recommend(?:ed|ations)?|recent-(?:posts|comments)|secondary|rail|promo|teaser-rail|"
    r"comments?|also|hot)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(slots=True, eq=False)
class Node:
    """An element: `start` is its number, `end` the first number after all it holds."""

    start: int
    parent: "Node | None"
    depth: int
    element: lxml.html.HtmlElement
    tag: str
    path: int
    """The number of its path of tags and lasting classes."""
    tags: int
    """The number of its path of tags alone."""
    zone: Zone
    label: str
    """Its class, id, itemprop and rel, in lower case: the words that say what it is."""
    link: "Node | None" = None
    """The link that it is, or is in."""
    end: int = 0

    def holds(self, number: int) -> bool:
        """Tell whether an element or text of this number is inside."""
        return self.start <= number < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What an element's names say of it."""

    label: str
    """All of them, in lower case."""
    lasting: str
    """The class names that items of one list share."""
    zone: Zone


NAMING = frozenset(["class", "id", "itemprop", "rel"])
NAMELESS = Names(label="", lasting="", zone=Zone.MAIN)


class Gap(IntEnum):
    """What stands between a text and the one before it."""

    NONE = 0
    SPACE = 1
    BREAK = 2


@dataclass(slots=True, eq=False)
class Text:
    """A text between tags, white space folded; never blank."""

    number: int
    node: Node
    text: str
    gap: Gap


class Outline:
    """The flattened page. `nodes` and `texts` are in document order; numbers are shared."""

    def __init__(self, root: lxml.html.HtmlElement) -> None:
        self.nodes: list[Node] = []
        self.texts: list[Text] = []
        self._numbers: list[int] = []
        self._starts: list[int] = []
        self._paths: dict[tuple[int, str, str], tuple[int, int]] = {}
        self._tags: dict[tuple[int, str], int] = {}
        self._names: dict[tuple[str | None, ...], Names] = {}
        self._count = 0
        self._gap = Gap.BREAK
        body = root.find("body")
        self._walk(root if body is None else body)
        self._numbers = [text.number for text in self.texts]
        self._starts = [node.start for node in self.nodes]

    def texts_in(self, start: int, end: int) -> list[Text]:
        """Give the texts whose numbers are from `start` up to `end`."""
        numbers = self._numbers
        return self.texts[bisect_left(numbers, start) : bisect_left(numbers, end)]

    def nodes_in(self, start: int, end: int) -> list[Node]:
        """Give the elements whose numbers are from `start` up to `end`."""
        starts = self._starts
        return self.nodes[bisect_left(starts, start) : bisect_left(starts, end)]

    def _walk(self, body: lxml.html.HtmlElement) -> None:
        stack = [(self._enter(body, str(body.tag), None), iter(body))]
        while stack:
            node, children = stack[-1]
            child = next(children, None) if self._count < MOST_NUMBERS else None
            if child is None:
                self._leave(node)
                stack.pop()
                if node.parent:
                    self._add_text(node.parent, node.element.tail)
                continue
            tag = child.tag
            if not isinstance(tag, str) or tag in SKIPPED or node.depth >= DEEPEST:
                self._add_text(node, child.tail)
            else:
                stack.append((self._enter(child, tag, node), iter(child)))

    def _enter(self, element: lxml.html.HtmlElement, tag: str, parent: Node | None) -> Node:
        self._count += 1
        if tag in BLOCKS:
            self._gap = Gap.BREAK
        names = self._named(element)
        zone = ZONE_TAGS.get(tag, names.zone)
        cell = place_in_row(element) if tag in CELLS else ""
        path, tags = self._intern(parent, tag, names.lasting + cell)
        node = Node(
            start=self._count,
            parent=parent,
            depth=parent.depth + 1 if parent else 0,
            element=element,
            tag=tag,
            path=path,
            tags=tags,
            zone=max(zone, parent.zone) if parent else Zone.MAIN,
            label=names.label,
        )
        node.link = node if tag == "a" else parent.link if parent else None
        self.nodes.append(node)
        self._add_text(node, element.text)
        return node

    def _leave(self, node: Node) -> None:
        node.end = self._count + 1
        if node.tag in BLOCKS:
            self._gap = Gap.BREAK

    def _intern(self, parent: Node | None, tag: str, classes: str) -> tuple[int, int]:
        """Give the numbers of an element's path, with and without classes."""
        key = (parent.path if parent else 0, tag, classes)
        known = self._paths.get(key)
        if known is None:
            above = parent.tags if parent else 0
            tags = self._tags.setdefault((above, tag), len(self._tags) + 1)
            known = self._paths[key] = (len(self._paths) + 1, tags)
        return known

    def _named(self, element: lxml.html.HtmlElement) -> Names:
        """Give what an element's names say; elements share names, so each set is read once."""
        if NAMING.isdisjoint(element.keys()):
            return NAMELESS
        get = element.get
        names = (get("class"), get("id"), get("itemprop"), get("rel"))
        known = self._names.get(names)
        if known is None:
            known = self._names[names] = names_of(*names)
        return known

    def _add_text(self, node: Node, raw: str | None) -> None:
        if not raw:
            return
        text = " ".join(raw.split())
        if self._gap is Gap.NONE and raw[0].isspace():
            self._gap = Gap.SPACE
        if text:
            self._count += 1
            self.texts.append(Text(self._count, node, text, self._gap))
            self._gap = Gap.SPACE if raw[-1].isspace() else Gap.NONE


CELLS = frozenset(["td", "th"])
ZONE_TAGS = {"nav": Zone.FURNITURE, "footer": Zone.FURNITURE, "aside": Zone.SIDE}


def place_in_row(cell: lxml.html.HtmlElement) -> str:
    """Tell the cells of a row apart by their place; the rows of a table are not."""
    return f"\0{sum(1 for _ in islice(cell.itersiblings(preceding=True), MOST_CELLS))}"


# Cells of a row that are told apart; a longer row is no list of entries.
MOST_CELLS = 20


def names_of(
    classes: str | None, identity: str | None, itemprop: str | None, rel: str | None
) -> Names:
    """Read an element's class, id, itemprop and rel."""
    return Names(
        label=" ".join(filter(None, (classes, identity, itemprop, rel))).lower(),
        lasting=lasting_classes(classes),
        zone=zone_of(f"{classes or ''} {identity or ''}"),
    )


def zone_of(words: str) -> Zone:
    """Say which zone an element's class and id name."""
    if FURNITURE.search(words):
        return Zone.FURNITURE
    return Zone.SIDE if SIDE.search(words) else Zone.MAIN


def lasting(name: str) -> bool:
    """Tell whether a class name is likely the same on every item of a list."""
    return not PASSING.search(name)


def lasting_classes(classes: str | None) -> str:
    """Give the class names that items of one list share."""
    return " ".join(filter(lasting, classes.split()[:6])) if classes else ""


def join(texts: Iterable[Text]) -> str:
    """Join texts as a reader sees them: on one line, spaces where the page has them."""
    parts: list[str] = []
    for text in texts:
        if parts and text.gap:
            parts.append(" ")
        parts.append(text.text)
    return "".join(parts)


def lineage(node: Node, levels: int) -> Iterator[Node]:
    """Give an element and its nearest ancestors."""
    one: Node | None = node
    for _ in range(levels + 1):
        if one is None:
            return
        yield one
        one = one.parent
