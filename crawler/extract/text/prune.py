"""A page's tree without its furniture: menus, advertising, comments, captions, teaser cards.

Works in place on a copy. What is dropped is decided by names (see `boilerplate`), but a name is
believed only while all elements that bear it hold little of the page's prose: a class that would
remove 40 % of the text is not junk, whatever it is called.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

from lxml import etree
from lxml.etree import _Element as Element

from crawler.extract.text.boilerplate import CAPTION_FLAG, IMAGE_FLAG, STANDFIRST_FLAG, words
from crawler.extract.text.naming import (
    DOUBTFUL_LIMIT,
    FIGURE_TAGS,
    FURNITURE_LIMIT,
    STRANGE_LIMIT,
    TAG_LIMITS,
    Named,
    Suspicions,
    read_names,
)
from crawler.extract.text.weights import (
    SHORTEST_PROSE,
    Weights,
    leads_away,
    length,
    says_more,
    take_out,
    text_of,
    weigh,
)

# Never text of an article.
DEAD_TAGS = words(
    """base datalist embed iframe input link meta meter noscript progress script select source
    style template textarea track"""
)
# No text either, but left open by careless pages, so that all the rest stands inside: dropped
# only where they hold little of the page's whole text.
OPEN_LIMITS = dict.fromkeys(words("audio button canvas dialog map menu object svg video"), 0.3)

PICTURED = CAPTION_FLAG | IMAGE_FLAG
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
LEAF_TAGS = words("blockquote dd dt h1 h2 h3 h4 h5 h6 li p pre td th")

# The text that may stand in a box around a picture, and the prose of a caption (bytes).
LONGEST_PICTURE_TEXT = 500
LONGEST_CAPTION = 800

# A card is a headline that links to another article, with its summary: no longer than this.
LARGEST_CARD = 700
CARD_TAGS = words("a article aside div li section td")
# What must be left of a page's prose when its cards or comments are gone; else they are the page.
LEAST_LEFT = 300
# Small articles inside an article tease others; where they hold more than this they are its posts.
NESTED_SHARE = 0.3
# Part of a heading's text that must be the link to another article.
CARD_LINK_SHARE = 0.8

# Evaluated by libxml2, without a Python object for each node.
TEXT_LENGTH = etree.XPath("string-length()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """A tree without furniture, and what was learnt on the way."""

    weights: Weights
    elements: Sequence[Element]
    """All that the tree held, in order; kept so that lxml need not make its proxies anew."""
    bodies: Sequence[Named]
    """What says of itself that it is the article's body, in order; some may have been dropped."""
    captions: tuple[str, ...]
    cards: int
    """Teasers of other articles that the page holds."""


def prune(body: Element, url: str, *, believe: bool = True) -> Pruned:
    """Drop furniture, captions and cards from a page's tree; `body` is its `<body>`.

    Unless names are to be believed, only captions and cards go.
    """
    etree.strip_elements(body, *DEAD_TAGS, with_tail=False)
    drop_tagged(body, {**TAG_LIMITS, **OPEN_LIMITS} if believe else OPEN_LIMITS)
    held = list(body.iter(etree.Element))
    weights = weigh(held)
    # What says nothing is not worth a look at its names.
    named = read_names(element for element in islice(held, 1, None) if element in weights.voiced)
    captions, gone = drop_captions(named, weights)
    if believe:
        apart = [one.element for one in named if one.apart and one.element not in gone]
        drop_furniture(body, named, apart, weights)
    cards = drop_cards(body, weights, url)
    return Pruned(
        weights=weights,
        elements=held,
        bodies=[one for one in named if one.body],
        captions=captions,
        cards=cards,
    )


def drop_tagged(body: Element, limits: Mapping[str, float]) -> None:
    """Drop what its tag alone names as furniture, before anything is weighed.

    Half of a page's elements stand there. Where all of a tag hold much of the page's whole text
    they are left, and judged by the prose they hold like everything else.
    """
    total = text_length(body)
    headed = {above for heading in body.iter("h1") for above in heading.iterancestors()}
    tagged: dict[str, list[Element]] = {tag: [] for tag in limits}
    for element in body.iter(*limits):
        tagged[element.tag].append(element)
    gone: set[Element] = set()
    for tag, limit in limits.items():
        found = [element for element in tagged[tag] if element not in gone]
        if sum(map(text_length, found)) < limit * total:
            for element in found:
                if element not in headed:
                    gone.update(element.iter(*limits))
                    take_out(element)


def text_length(element: Element) -> float:
    """Give the number of characters below an element, white space and all."""
    return cast("float", TEXT_LENGTH(element))


def drop_captions(named: Sequence[Named], weights: Weights) -> tuple[tuple[str, ...], set[Element]]:
    """Take captions and figures out of the tree.

    Gives the captions' text, each once, and all elements that went.
    """
    found = [
        one.element
        for one in named
        if (one.flags & PICTURED or one.element.tag in FIGURE_TAGS) and is_caption(one, weights)
    ]
    texts = [" ".join(text_of(element).split()) for element in found]
    gone = drop_all(found, weights)
    return tuple(dict.fromkeys(filter(None, texts))), gone


def drop_all(elements: Iterable[Element], weights: Weights) -> set[Element]:
    """Drop elements, given in document order, and pass over those inside one already dropped.

    Gives all that went with them.
    """
    gone: set[Element] = set()
    for element in elements:
        if element not in gone:
            gone.update(element.iter(etree.Element))
            weights.drop(element)
    return gone


def is_caption(named: Named, weights: Weights) -> bool:
    """Tell whether the element is a caption, a credit, or a picture's box that holds no more."""
    element = named.element
    if element.tag == "figcaption":
        return True
    if element.tag == "figure":
        return next(element.iter("table", "blockquote", "pre"), None) is None
    if named.flags & CAPTION_FLAG and weights.of(element) < LONGEST_CAPTION:
        return not is_in_sentence(element)
    return bool(named.flags & IMAGE_FLAG) and holds_image(element)


def is_in_sentence(element: Element) -> bool:
    """Tell whether a paragraph's own sentence goes on behind a part of it.

    Press wires name the place and the day that open their text like a picture's `legend`.
    """
    parent = element.getparent()
    if element.tag != "span" or parent is None or parent.tag != "p":
        return False
    goes_on = bool(element.tail and element.tail.strip())
    return goes_on and next(parent.iter("img", "picture", "br"), None) is None


def holds_image(element: Element) -> bool:
    """Tell whether a box is a picture with little text."""
    has_image = next(element.iter("img", "picture"), None) is not None
    return has_image and length(text_of(element)) < LONGEST_PICTURE_TEXT


def drop_furniture(
    body: Element, named: Sequence[Named], apart: Sequence[Element], weights: Weights
) -> None:
    """Drop what a name says, unless all elements of that name hold too much of the prose.

    What is set `apart` goes first: a dialog's text must not make the rest look small or large.
    """
    safe = protected(named)
    hidden = outermost([element for element in apart if element not in safe])
    if sum(map(weights.of, hidden)) < FURNITURE_LIMIT * weights.of(body):
        drop_all(hidden, weights)
    held: dict[str, int] = {}
    limits: Suspicions = {}
    suspects: list[tuple[Element, Suspicions]] = []
    for element, _, said, _, _ in named:
        if not said or element in safe:
            continue
        weight = weights.of(element)
        against = said
        if weight >= SHORTEST_PROSE and element.tag in LEAF_TAGS:
            against = {name: limit for name, limit in said.items() if limit > DOUBTFUL_LIMIT}
        if weight:
            for name in against:
                held[name] = held.get(name, 0) + weight
        limits.update(against)
        suspects.append((element, against))
    total = max(weights.of(body), 1)
    guilty = {name for name, limit in limits.items() if held.get(name, 0) < allowed(limit, total)}
    drop_all((e for e, against in suspects if not guilty.isdisjoint(against)), weights)


def allowed(limit: float, total: int) -> float:
    """Give the bytes of prose that a name of this limit may hold on a page of `total`."""
    return min(limit * total, total - LEAST_LEFT) if limit == STRANGE_LIMIT else limit * total


def protected(named: Sequence[Named]) -> set[Element]:
    """Give what holds the headline or a standfirst: never furniture, whatever it is called."""
    kept: set[Element] = set()
    for one in named:
        if one.flags & STANDFIRST_FLAG or one.element.tag == "h1":
            kept.add(one.element)
            kept.update(one.element.iterancestors())
    return kept


def drop_cards(body: Element, weights: Weights, url: str) -> int:
    """Drop cards that tease other articles, unless the page is made of them; give their number."""
    large: set[Element] = set()
    cards_of = (card_of(heading, url, large) for heading in body.iter(*HEADINGS))
    found = [card for card in cards_of if card is not None]
    cards = outermost([*found, *nested_articles(body, weights)])
    beside = weights.of(body) - sum(map(weights.of, cards))
    if beside >= LEAST_LEFT:
        for card in cards:
            weights.drop(card)
    return len(cards)


def nested_articles(body: Element, weights: Weights) -> list[Element]:
    """Give small `<article>` elements inside an `<article>`, unless they are a blog's posts."""
    nested = [
        element
        for element in body.iter("article")
        if next(element.iterancestors("article"), None) is not None
        and not says_more(element, LARGEST_CARD - 1)
    ]
    return nested if sum(map(weights.of, nested)) < NESTED_SHARE * weights.of(body) else []


def card_of(heading: Element, url: str, large: set[Element]) -> Element | None:
    """Give the card whose headline this is: the largest small element around it.

    `large` keeps the elements that were found to be no card.
    """
    link = next(heading.iter("a"), None)
    if link is None:
        link = next(heading.iterancestors("a"), None)
    if link is None or not leads_away(link) or link.get("href", "").rstrip("/") in url:
        return None
    if length(text_of(link)) < CARD_LINK_SHARE * length(text_of(heading)):
        return None
    card = None
    for above in heading.iterancestors():
        if above.tag not in CARD_TAGS or above in large:
            break
        if says_more(above, LARGEST_CARD):
            large.add(above)
            break
        card = above
    return card


def outermost(elements: Sequence[Element]) -> list[Element]:
    """Give the elements of a list that stand in no other of it, each once."""
    listed = set(elements)
    return [
        element
        for element in dict.fromkeys(elements)
        if not any(above in listed for above in element.iterancestors())
    ]
