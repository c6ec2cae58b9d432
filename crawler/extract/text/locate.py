"""Where in a page its article stands: the elements that hold its text, and its standfirst.

Works on a copy of the page's tree, pruned, and hands back elements of it. Does not read their
text into blocks (`blocks` does) and does not decide whether to trust the result (`body` does).
"""

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element
from lxml.html import HtmlElement

from crawler.extract.text.boilerplate import BODY_FLAG, DECK_FLAG, STANDFIRST_FLAG, flags_of
from crawler.extract.text.boxes import drop_boxes
from crawler.extract.text.naming import Named, naming_of
from crawler.extract.text.prune import LEAF_TAGS, Pruned, outermost, prune
from crawler.extract.text.weights import INLINE_TAGS, Weights, length, text_of

# A body that names itself is believed when it holds this share of what density found.
TRUSTED_SHARES = {"itemprop": 0.25, "class": 0.3, "article": 0.4}

# Going down a tree ends where the best child holds less than this of its parent's prose.
DENSE_SHARE = 0.75
TIGHT_SHARE = 0.9

# Of bodies inside bodies the innermost is meant, if it holds this share of the outermost's prose.
INNER_SHARE = 0.55

# Articles with a headline of their own that make a page an endless one.
ENDLESS = 2
# Part of the page's prose that each of them holds.
LEAST_OF_MANY = 0.15

# Bytes of text that make a standfirst: one so named, a paragraph or heading, any other block.
SHORTEST_NAMED_STANDFIRST = 25
SHORTEST_INNER_STANDFIRST = 15
SHORTEST_STANDFIRST = 50
SHORTEST_PLAIN_STANDFIRST = 80
LONGEST_STANDFIRST = 2_000

DECK_TAGS = frozenset(["div", "h2", "h3", "p"])

# What stands between the chunks of a body.
SUBHEADINGS = frozenset(["h1", "h2", "h3", "h4"])
OTHER_BLOCKS = frozenset(["blockquote", "h5", "h6", "ol", "pre", "table", "ul"])

# A heading shorter than this repeats a title by chance.
SHORTEST_TITLE = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """The article's parts in page order, and what was set apart."""

    standfirst: tuple[Element, ...]
    """Blocks between the headline and the body."""
    parts: tuple[Element, ...]
    captions: tuple[str, ...]
    how: str
    """By what the body was found: `itemprop`, `class`, `article`, `density`."""
    cards: int
    """Teasers of other articles that the page holds."""


def locate(
    page_root: HtmlElement, *, url: str, title: str | None = None, believe: bool = True
) -> Located:
    """Find the article of a page: prune a copy of its tree, choose the body, add the standfirst.

    Unless names are to be believed, nothing is dropped or chosen for what it is called.
    """
    body = copy.deepcopy(page_root.body)
    pruned = prune(body, url, believe=believe)
    how, parts = choose(body, pruned, believe=believe)
    for part in parts:
        drop_boxes(part, pruned.weights)
    lead = (
        standfirst(body, parts[0], title)
        or inner_standfirst(parts[0], pruned.weights)
        or opening_deck(parts[0], pruned.weights)
    )
    return Located(
        standfirst=tuple(lead),
        parts=tuple(parts),
        captions=pruned.captions,
        how=how,
        cards=pruned.cards,
    )


def choose(body: Element, pruned: Pruned, *, believe: bool = True) -> tuple[str, list[Element]]:
    """Choose the article's elements: by itemprop, else by class, else `<article>`, else density."""
    weights = pruned.weights
    body = first_of_many(body, weights)
    dense = descend(body, weights, DENSE_SHARE)
    for how, elements in (candidates(body, pruned.bodies) if believe else {}).items():
        held = [element for element in elements if weights.of(element)]
        if not held:
            continue
        best = innermost(held, weights)
        parts = [best] if how == "article" else outermost([e for e in held if alike(best, e)])
        parts = first_article(parts)
        if sum(map(weights.of, parts)) >= TRUSTED_SHARES[how] * weights.of(dense):
            if len(parts) > 1:
                return how, filled(parts)
            return how, [descend(best, weights, TIGHT_SHARE)]
    return "density", [descend(dense, weights, TIGHT_SHARE)]


def filled(parts: Sequence[Element]) -> list[Element]:
    """Give the chunks of a body with what stands between them and bears no name of a body.

    Sub-headings wherever they stand, and the lists, quotations and tables among the chunks
    themselves: editors give each paragraph a class, and other blocks another, or none.
    """
    shared = [above for above in parts[0].iterancestors() if above in parts[-1].iterancestors()]
    chunks, beside = set(parts), {part.getparent() for part in parts}
    if not shared:
        return list(parts)
    found: list[Element] = []
    waiting: list[Element] = []
    for element in shared[0].iter(etree.Element):
        if element in chunks:
            found += [*(waiting if found else ()), element]
            waiting = []
        elif is_between(element, beside) and not is_inside(element, {*found, *waiting}):
            waiting.append(element)
    return found


def is_between(element: Element, beside: set[Element | None]) -> bool:
    """Tell whether a block belongs to the chunks around it; a headline that is a link does not."""
    if element.tag in SUBHEADINGS:
        return (
            next(element.iter("a"), None) is None and next(element.iterancestors("a"), None) is None
        )
    return element.tag in OTHER_BLOCKS and element.getparent() in beside


def is_inside(element: Element, others: set[Element]) -> bool:
    """Tell whether an element stands in one of others."""
    return any(above in others for above in element.iterancestors())


def candidates(body: Element, named: Iterable[Named]) -> dict[str, list[Element]]:
    """Give the elements below `body` that say of themselves that they are the article's body."""
    found: dict[str, list[Element]] = {"itemprop": [], "class": [], "article": []}
    for one in named:
        if one.body and body in one.element.iterancestors():
            found[one.body].append(one.element)
    return found


def descend(node: Element, weights: Weights, share: float) -> Element:
    """Go down to the deepest element that still holds `share` of the prose at each step."""
    while len(node):
        best = max(node, key=weights.of)
        if weights.of(best) < share * max(weights.of(node), 1) or best.tag in LEAF_TAGS:
            break
        node = best
    return node


def innermost(elements: Sequence[Element], weights: Weights) -> Element:
    """Give the element with the most prose, or one inside it that holds nearly as much."""
    best = max(elements, key=weights.of)
    for element in elements:
        enough = INNER_SHARE * weights.of(best)
        if weights.of(element) >= enough and best in element.iterancestors():
            best = element
    return best


def alike(best: Element, other: Element) -> bool:
    """Tell whether two elements are chunks of one body: same tag, same classes for a body."""
    return best.tag == other.tag and body_names(best) == body_names(other)


def first_article(parts: Sequence[Element]) -> list[Element]:
    """Keep the parts of a page's first article where it goes on with others below.

    Endless pages give each article its `<article>` and its `<h1>`; the posts of a live blog have
    no `<h1>`, and stay together.
    """
    holders = [next(part.iterancestors("article"), None) for part in parts]
    headed = [
        h for h in dict.fromkeys(holders) if h is not None and next(h.iter("h1"), None) is not None
    ]
    if len(headed) < ENDLESS:
        return list(parts)
    return [part for part, holder in zip(parts, holders, strict=True) if holder is headed[0]]


def first_of_many(body: Element, weights: Weights) -> Element:
    """Give the first article of an endless page, of which each has its headline; else the body.

    The headline of a card, which is a link, makes no article of it.
    """
    least = LEAST_OF_MANY * max(weights.of(body), 1)
    headed = [
        element
        for element in body.iter("article")
        if weights.of(element) >= least
        and any(next(h.iter("a"), None) is None for h in element.iter("h1"))
        and next(element.iterancestors("article", "a"), None) is None
    ]
    return headed[0] if len(headed) >= ENDLESS else body


def body_names(element: Element) -> set[str]:
    """Give the classes of an element that name a body."""
    return {name for name in (element.get("class") or "").split() if flags_of(name) & BODY_FLAG}


def standfirst(root: Element, body: Element, title: str | None) -> list[Element]:
    """Give the blocks between the headline and the body that read like a standfirst."""
    return outermost([e for e in between(root, headlines(root, title), body) if is_standfirst(e)])


def inner_standfirst(body: Element, weights: Weights) -> list[Element]:
    """Take a block that is named a standfirst out of the body that it opens."""
    for element in body.iterdescendants(etree.Element):
        names = element.get("class")
        if names and naming_of(names).flags & STANDFIRST_FLAG:
            size = length(text_of(element))
            if SHORTEST_INNER_STANDFIRST <= size < LONGEST_STANDFIRST:
                weights.drop(element)
                return [element]
    return []


def opening_deck(body: Element, weights: Weights) -> list[Element]:
    """Take a short line that may be named a deck out of the body, where it stands below its `<h1>`.

    A whole sentence is read with the body, and needs no name.
    """
    heading = next(body.iter("h1"), None)
    following = None if heading is None else heading.getnext()
    if following is None or following.tag not in DECK_TAGS or not is_standfirst(following):
        return []
    if len(following) or ends_sentence(following):
        return []
    weights.drop(following)
    return [following]


def ends_sentence(element: Element) -> bool:
    """Tell whether an element's text ends as a sentence does."""
    return text_of(element).rstrip().endswith((".", "!", "?", "…", "。"))


def headlines(root: Element, title: str | None) -> set[Element]:
    """Give what may be the article's headline: each `h1`, what repeats the title, else any `h2`."""
    found = set(root.iter("h1"))
    seconds = list(root.iter("h2", "h3"))
    if title:
        wanted = " ".join(title.split()).casefold()
        for heading in seconds:
            text = " ".join(text_of(heading).split()).casefold()
            if len(text) > SHORTEST_TITLE and text in wanted:
                found.add(heading)
    return found or set(seconds)


def between(root: Element, headings: set[Element], body: Element) -> list[Element]:
    """Give the elements from the last headline before the body on, up to the body."""
    holders = set(body.iterancestors())
    found: list[Element] = []
    begun = False
    for element in root.iter(etree.Element):
        if element is body:
            break
        if element in headings:
            begun, found = True, []
        elif begun and element not in holders:
            found.append(element)
    return found


def is_standfirst(element: Element) -> bool:
    """Tell whether a block after the headline is a standfirst, by its name or its length."""
    text = text_of(element)
    size = length(text)
    if not SHORTEST_NAMED_STANDFIRST <= size < LONGEST_STANDFIRST:
        return False
    if 2 * sum(length(text_of(link)) for link in element.iter("a")) > size:
        return False
    if any(flags_of(token) & DECK_FLAG for token in tokens_of(element)):
        return True
    if element.tag in ("p", "h2", "h3", "h4", "li"):
        return size >= SHORTEST_STANDFIRST
    return size >= SHORTEST_PLAIN_STANDFIRST and all(
        inner.tag in INLINE_TAGS for inner in element.iterdescendants()
    )


def tokens_of(element: Element) -> Iterator[str]:
    """Give the class and id tokens of an element."""
    yield from (element.get("class") or "").split()
    yield from (element.get("id") or "").split()
