"""A page's tree without its furniture: menus, advertising, comments, captions, teaser cards.

Works in place on a copy. What is dropped is decided by names (see `boilerplate`), but a name is
believed only while all elements that bear it hold little of the page's prose: a class that would
remove 40 % of the text is not junk, whatever it is called.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, cast

from lxml import etree
from lxml.etree import _Element as Element

from crawler.extract.fields.xpaths import elements
from crawler.extract.text.boilerplate import (
    CAPTION_FLAG,
    DOUBTFUL_FLAG,
    FURNITURE_FLAG,
    IMAGE_FLAG,
    STANDFIRST_FLAG,
    STRANGE_FLAG,
    flags_of,
    words,
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

# Share of the page's prose that all elements of a name may hold and still be dropped for it.
STRANGE_LIMIT = 0.9
FURNITURE_LIMIT = 0.4
DOUBTFUL_LIMIT = 0.1
TAG_LIMITS = {"aside": 0.4, "footer": 0.4, "form": 0.2, "nav": 0.4}
ROLES = words(
    """alert banner complementary contentinfo dialog menu navigation search toolbar tooltip"""
)

FIGURE_TAGS = frozenset(["figcaption", "figure"])
# Tags that say something of an element without a name; of any other nothing is known.
TELLING_TAGS = FIGURE_TAGS | TAG_LIMITS.keys() | {"h1"}
PICTURED = CAPTION_FLAG | IMAGE_FLAG
SUSPICIOUS = STRANGE_FLAG | FURNITURE_FLAG | DOUBTFUL_FLAG
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
LEAF_TAGS = words("blockquote dd dt h1 h2 h3 h4 h5 h6 li p pre td th")

# Longer class lists are style sheets spelled out.
LONGEST_CAPTION_NAME = 200
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
SET_APART = elements("descendant::*[@role or @hidden or @style]")
# `comment-1`, `comment-2`: one name for all of a series.
NUMBER = re.compile(r"\d+")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """A tree without furniture, and what was learnt on the way."""

    weights: Weights
    elements: Sequence[Element]
    """All that the tree held, in order; kept so that lxml need not make its proxies anew."""
    captions: tuple[str, ...]
    cards: int
    """Teasers of other articles that the page holds."""


class Naming(NamedTuple):
    """What an element's class tokens say of it."""

    flags: int
    suspicions: tuple[tuple[str, float], ...]
    """Tokens that name furniture, each with the share of prose that it may hold."""


@lru_cache(maxsize=4096)
def naming_of(names: str) -> Naming:
    """Read a class attribute; the same few come again and again on a page and a site."""
    flags = 0
    against = []
    for token in names.split():
        said = flags_of(token)
        flags |= said
        if said & SUSPICIOUS:
            against.append((NUMBER.sub("#", token), limit_of(said)))
    if len(names) > LONGEST_CAPTION_NAME:
        flags &= ~(CAPTION_FLAG | IMAGE_FLAG)
    return Naming(flags, tuple(against))


def limit_of(flags: int) -> float:
    """Give the share of prose below which elements of a name with these flags are dropped."""
    if flags & STRANGE_FLAG:
        return STRANGE_LIMIT
    return FURNITURE_LIMIT if flags & FURNITURE_FLAG else DOUBTFUL_LIMIT


def prune(body: Element, url: str, *, believe: bool = True) -> Pruned:
    """Drop furniture, captions and cards from a page's tree; `body` is its `<body>`.

    Unless names are to be believed, only captions and cards go.
    """
    etree.strip_elements(body, *DEAD_TAGS, with_tail=False)
    drop_tagged(body, {**OPEN_LIMITS, **TAG_LIMITS} if believe else OPEN_LIMITS)
    held = list(body.iter(etree.Element))
    weights = weigh(held)
    named = [
        (element, naming_of(names or ""))
        for element in held[1:]
        if (names := element.get("class")) or element.get("id") or element.tag in TELLING_TAGS
    ]
    captions = drop_captions(named, weights)
    if believe:
        drop_furniture(body, named, weights)
    cards = drop_cards(body, weights, url)
    return Pruned(weights=weights, elements=held, captions=captions, cards=cards)


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


def drop_captions(named: Sequence[tuple[Element, Naming]], weights: Weights) -> tuple[str, ...]:
    """Take captions and figures out of the tree; give the captions' text, each once."""
    found = [
        element
        for element, names in named
        if (names.flags & PICTURED or element.tag in FIGURE_TAGS)
        and is_caption(element, names, weights)
    ]
    texts = [" ".join(text_of(element).split()) for element in found]
    drop_all(found, weights)
    return tuple(dict.fromkeys(filter(None, texts)))


def drop_all(elements: Iterable[Element], weights: Weights) -> None:
    """Drop elements, given in document order, and pass over those inside one already dropped."""
    gone: set[Element] = set()
    for element in elements:
        if element not in gone:
            gone.update(element.iter(etree.Element))
            weights.drop(element)


def is_caption(element: Element, names: Naming, weights: Weights) -> bool:
    """Tell whether the element is a caption, a credit, or a picture's box that holds no more."""
    if element.tag == "figcaption":
        return True
    if element.tag == "figure":
        return next(element.iter("table", "blockquote", "pre"), None) is None
    if names.flags & CAPTION_FLAG and weights.of(element) < LONGEST_CAPTION:
        return True
    return bool(names.flags & IMAGE_FLAG) and holds_image(element)


def holds_image(element: Element) -> bool:
    """Tell whether a box is a picture with little text."""
    has_image = next(element.iter("img", "picture"), None) is not None
    return has_image and length(text_of(element)) < LONGEST_PICTURE_TEXT


def drop_furniture(
    body: Element, named: Sequence[tuple[Element, Naming]], weights: Weights
) -> None:
    """Drop what a name says, unless all elements of that name hold too much of the prose.

    What is hidden goes first: a dialog's text must not make the rest look small or large.
    """
    safe = protected(named)
    hidden = outermost([e for e in SET_APART(body) if is_set_apart(e) and e not in safe])
    if sum(map(weights.of, hidden)) < FURNITURE_LIMIT * weights.of(body):
        drop_all(hidden, weights)
    held: dict[str, int] = {}
    limits: dict[str, float] = {}
    suspects: list[tuple[Element, tuple[str, ...]]] = []
    for element, names in named:
        said = suspicions(element, names)
        if not said or element in safe:
            continue
        against = dict(said)
        weight = weights.of(element)
        if element.tag in LEAF_TAGS and weight >= SHORTEST_PROSE:
            against = {name: limit for name, limit in against.items() if limit > DOUBTFUL_LIMIT}
        for name in against:
            held[name] = held.get(name, 0) + weight
        limits |= against
        suspects.append((element, tuple(against)))
    total = max(weights.of(body), 1)
    guilty = {name for name, limit in limits.items() if held[name] < allowed(limit, total)}
    drop_all((e for e, bears in suspects if not guilty.isdisjoint(bears)), weights)


def allowed(limit: float, total: int) -> float:
    """Give the bytes of prose that a name of this limit may hold on a page of `total`."""
    return min(limit * total, total - LEAST_LEFT) if limit == STRANGE_LIMIT else limit * total


def suspicions(element: Element, names: Naming) -> Sequence[tuple[str, float]]:
    """Give the names that speak against `element`, each with the share it may hold at most."""
    limit = TAG_LIMITS.get(element.tag)
    ident = element.get("id")
    if limit is None and not ident:
        return names.suspicions
    against = list(names.suspicions)
    if limit:
        against.append((f"<{element.tag}>", limit))
    for token in (ident or "").split():
        flags = flags_of(token)
        if flags & SUSPICIOUS:
            against.append((NUMBER.sub("#", token), limit_of(flags)))
    return against


def is_set_apart(element: Element) -> bool:
    """Tell whether the page hides an element, or gives it a role that nothing of an article has."""
    style = element.get("style")
    return (
        element.get("role") in ROLES
        or element.get("hidden") is not None
        or (style is not None and HIDDEN_STYLE.search(style) is not None)
    )


def protected(named: Sequence[tuple[Element, Naming]]) -> set[Element]:
    """Give what holds the headline or a standfirst: never furniture, whatever it is called."""
    kept: set[Element] = set()
    for element, names in named:
        if element.tag == "h1" or names.flags & STANDFIRST_FLAG:
            kept.add(element)
            kept.update(element.iterancestors())
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
