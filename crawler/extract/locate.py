"""Where in a page its article stands: lxml's tree pruned of furniture, the body's parts found.

Works on a copy of the page's tree and hands back elements of it. Does not read their text into
blocks (`blocks` does) and does not decide whether the result is trustworthy (`body` does).
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement as Element

from crawler.extract.boilerplate import (
    CAPTION_WORDS,
    DECK_WORDS,
    DOUBTFUL_WORDS,
    FURNITURE_WORDS,
    STANDFIRST_WORDS,
    words,
    words_in,
)

# Never text of an article.
DEAD_TAGS = words(
    """script style noscript template svg iframe object embed audio video canvas map math-
    renderer button input select textarea datalist progress meter dialog menu link meta
    base source track"""
)

# Share of the page's prose that a block may hold and still be dropped for its name. A class that
# would remove 40 % of the text is not junk, whatever it is called.
LIMITS = {"furniture": 0.4, "doubtful": 0.1}
TAG_LIMITS = {"nav": 0.4, "footer": 0.4, "aside": 0.4, "form": 0.2}
ROLE_LIMITS = dict.fromkeys(
    words(
        """alert banner complementary contentinfo dialog menu navigation search toolbar tooltip"""
    ),
    0.4,
)

# Direct text of a block below this many bytes is a label, not prose.
SHORTEST_PROSE = 40

INLINE_TAGS = words(
    """a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd mark q rb rp rt
    ruby s samp small span strike strong sub sup time tt u var wbr img picture"""
)


@dataclass(frozen=True, slots=True)
class Weights:
    """Bytes of prose below each element, links left out."""

    prose: dict[Element, int]

    def of(self, element: Element) -> int:
        """Give the prose below `element`; 0 for one that holds none."""
        return self.prose.get(element, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """The article's parts in page order, and what was set apart."""

    standfirst: tuple[Element, ...]
    """Blocks between the headline and the body."""
    parts: tuple[Element, ...]
    captions: tuple[str, ...]
    how: str
    """By what the body was found: `itemprop`, `class`, `article`, `density`."""
    share: float
    """Part of the pruned page's prose that the parts hold."""
    cards: int
    """Teasers of other articles that the page holds."""


def length(text: str | None) -> int:
    """Measure text in UTF-8 bytes: three for a Chinese character, which says as much as a word."""
    return len(text.strip().encode("utf-8", "replace")) if text else 0


def leads_away(link: Element) -> bool:
    """Tell whether a link goes to another page, not to a place on this one."""
    return not link.get("href", "#").startswith("#")


def weigh(root: Element) -> Weights:
    """Sum prose up the tree in one pass: text of blocks that are more than a label or links."""
    elements = list(root.iter(etree.Element))
    direct: dict[Element, list[int]] = {}
    prose: dict[Element, int] = {}
    for element in reversed(elements):
        own = direct.pop(element, [0, 0])
        own[0] += length(element.text)
        parent = element.getparent()
        if parent is None:
            break
        above = direct.setdefault(parent, [0, 0])
        above[0] += length(element.tail)
        if element.tag == "a" and leads_away(element):
            own[1] += own[0]
            own[0] = 0
        if element.tag in INLINE_TAGS:
            above[0] += own[0]
            above[1] += own[1]
        elif own[0] >= SHORTEST_PROSE and own[0] > own[1]:
            prose[element] = prose.get(element, 0) + own[0]
        if element in prose:
            prose[parent] = prose.get(parent, 0) + prose[element]
    return Weights(prose)


@lru_cache(maxsize=8192)
def limit_of_token(token: str) -> float:
    """Give the share of prose below which elements of this class or id token are dropped."""
    if CALCULATED.search(token) or QUALIFIER.match(token):
        return 0.0
    named = words_in(token)
    if named & FURNITURE_WORDS:
        return LIMITS["furniture"]
    return LIMITS["doubtful"] if named & DOUBTFUL_WORDS else 0.0


# `md:hidden`, `[&>aside]:mt-2`: style sheets spelled out in classes name no content.
CALCULATED = re.compile(r"[:\[\]()]")
# `has-sidebar`, `hide-read-more-ad`: says what the element is not.
QUALIFIER = re.compile(r"(?:has|hide|no|non|not|with|without)[-_]", re.IGNORECASE)


HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def suspicions(element: Element) -> Iterator[tuple[str, float]]:
    """Give the names that speak against `element`, each with the share it may hold at most."""
    if limit := TAG_LIMITS.get(element.tag):
        yield f"<{element.tag}>", limit
    attributes = element.attrib
    if not attributes:
        return
    for token in f"{attributes.get('class', '')} {attributes.get('id', '')}".split():
        if limit := limit_of_token(token):
            yield token, limit
    if limit := ROLE_LIMITS.get(attributes.get("role", "")):
        yield f"role={attributes['role']}", limit
    if "hidden" in attributes or HIDDEN_STYLE.search(attributes.get("style", "")):
        yield "hidden", LIMITS["furniture"]


def prune(root: Element, url: str) -> tuple[list[str], int]:
    """Drop furniture, captions and cards from the tree; give the captions, and how many cards."""
    etree.strip_elements(root, *DEAD_TAGS, with_tail=False)
    captions = drop_captions(root)
    for element in furniture(root, weigh(root)):
        element.drop_tree()
    return captions, drop_cards(root, url)


# A card is a headline that links to another article, with its summary: no longer than this.
LARGEST_CARD = 700
# What must be left of a page's prose when its cards are gone; else the cards are the page.
LEAST_BESIDE_CARDS = 300


def drop_cards(root: Element, url: str) -> int:
    """Drop cards that tease other articles, unless the page is made of them; give their number."""
    weights = weigh(root)
    found = {
        card
        for heading in root.body.iter(*HEADING_TAGS)
        if (card := card_of(heading, url)) is not None
    }
    found |= nested_articles(root, weights)
    cards = outermost([element for element in root.body.iter(etree.Element) if element in found])
    beside = weights.of(root.body) - sum(map(weights.of, cards))
    if beside >= LEAST_BESIDE_CARDS:
        for card in cards:
            card.drop_tree()
    return len(cards)


# Small articles inside an article tease others; where they hold more than this they are its posts.
NESTED_SHARE = 0.3


def nested_articles(root: Element, weights: Weights) -> set[Element]:
    """Give small `<article>` elements inside an `<article>`, unless they are a blog's posts."""
    nested = {
        element
        for element in root.body.iter("article")
        if next(element.iterancestors("article"), None) is not None
        and length(element.text_content()) < LARGEST_CARD
    }
    held = sum(map(weights.of, nested))
    return nested if held < NESTED_SHARE * weights.of(root.body) else set()


HEADING_TAGS = ("h2", "h3", "h4", "h5", "h6")
CARD_TAGS = frozenset(["a", "article", "aside", "div", "li", "section", "td"])


def card_of(heading: Element, url: str) -> Element | None:
    """Give the card whose headline this is: the largest small element around it."""
    links = [*heading.iter("a"), *(above for above in heading.iterancestors("a"))]
    if not links or not leads_away(links[0]) or links[0].get("href", "").rstrip("/") in url:
        return None
    if length(links[0].text_content()) < 0.8 * length(heading.text_content()):
        return None
    card = None
    for above in heading.iterancestors():
        if above.tag not in CARD_TAGS or length(above.text_content()) > LARGEST_CARD:
            break
        card = above
    return card


def furniture(root: Element, weights: Weights) -> list[Element]:
    """Give the elements to drop: what a name says, unless all of that name hold too much prose."""
    held: dict[str, int] = {}
    suspects: list[tuple[Element, list[str]]] = []
    limits: dict[str, float] = {}
    safe = protected(root)
    for element in root.body.iterdescendants(etree.Element):
        if element in safe:
            continue
        names = dict(suspicions(element))
        if element.tag in LEAF_TAGS and weights.of(element) >= SHORTEST_PROSE:
            names = {name: limit for name, limit in names.items() if limit != LIMITS["doubtful"]}
        for name in names:
            held[name] = held.get(name, 0) + weights.of(element)
        if names:
            limits |= names
            suspects.append((element, list(names)))
    total = max(weights.of(root.body), 1)
    guilty = {name for name, limit in limits.items() if held[name] < limit * total}
    return [element for element, names in suspects if not guilty.isdisjoint(names)]


def protected(root: Element) -> set[Element]:
    """Give what holds the headline or a standfirst: never furniture, whatever it is called."""
    kept: set[Element] = set()
    for element in root.body.iterdescendants("h1", "h2", "p", "div"):
        if element.tag == "h1" or is_standfirst_name(element.get("class", "")):
            kept.add(element)
            kept.update(element.iterancestors())
    return kept


def drop_captions(root: Element) -> list[str]:
    """Take captions and figures out of the tree; give the captions' text."""
    found = [element for element in root.body.iterdescendants(etree.Element) if is_caption(element)]
    texts = [" ".join(element.text_content().split()) for element in found]
    for element in found:
        element.drop_tree()
    return [text for text in texts if text]


def is_caption(element: Element) -> bool:
    """Tell whether the element is a caption or a credit, or a figure that holds nothing else."""
    if element.tag == "figcaption":
        return True
    if element.tag == "figure":
        return next(element.iter("table", "blockquote", "pre"), None) is None
    names = element.get("class")
    if not names or len(names) > LONGEST_CAPTION_NAME:
        return False
    return is_caption_name(names) or (is_image_name(names) and holds_image(element))


# Longer class lists are style sheets spelled out.
LONGEST_CAPTION_NAME = 200
# The text that may stand in a box around a picture (bytes).
LONGEST_CAPTION = 500
IMAGE_WORDS = frozenset(
    ["bild", "bilder", "foto", "image", "images", "img", "photo", "photos", "picture", "pictures"]
)


@lru_cache(maxsize=2048)
def is_standfirst_name(names: str) -> bool:
    """Tell whether class tokens name a standfirst beyond doubt."""
    return any(words_in(token) & STANDFIRST_WORDS for token in names.split())


@lru_cache(maxsize=2048)
def is_image_name(names: str) -> bool:
    """Tell whether class tokens name a picture."""
    return any(words_in(token) & IMAGE_WORDS for token in names.split())


def holds_image(element: Element) -> bool:
    """Tell whether a box is a picture with little text."""
    has_image = next(element.iter("img", "picture"), None) is not None
    return has_image and length(element.text_content()) < LONGEST_CAPTION


@lru_cache(maxsize=2048)
def is_caption_name(names: str) -> bool:
    """Tell whether class tokens name a caption."""
    return any(words_in(token) & CAPTION_WORDS for token in names.split())


BODY_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:(?:article|story|post|entry|news|content|detail|blog)[_-]*"
    r"(?:body|text|content|copy|bodytext)"
    r"|body[_-]?(?:text|copy|content)|articlebody\w*|(?:full|long|main)[_-]?text|rich[_-]?text"
    r"|storytext)(?:$|[\s_-])",
    re.IGNORECASE,
)

# A body that names itself is believed when it holds this share of what density found.
TRUSTED_SHARES = {"itemprop": 0.25, "class": 0.3, "article": 0.4}

# Going down a tree ends where the best child holds less than this of its parent's prose.
DENSE_SHARE = 0.75
TIGHT_SHARE = 0.9


def candidates(root: Element) -> dict[str, list[Element]]:
    """Give the elements that say of themselves that they are the article's body."""
    found: dict[str, list[Element]] = {"itemprop": [], "class": [], "article": []}
    for element in root.body.iterdescendants(etree.Element):
        if "articlebody" in (element.get("itemprop") or "").lower():
            found["itemprop"].append(element)
        elif (names := element.get("class")) and BODY_CLASSES.search(names):
            found["class"].append(element)
        elif element.tag == "article":
            found["article"].append(element)
    return found


def descend(node: Element, weights: Weights, share: float) -> Element:
    """Go down to the deepest element that still holds `share` of the prose at each step."""
    while len(node):
        best = max(node, key=weights.of)
        if weights.of(best) < share * max(weights.of(node), 1) or best.tag in LEAF_TAGS:
            break
        node = best
    return node


LEAF_TAGS = frozenset(
    ["p", "li", "td", "th", "dd", "dt", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre"]
)


def outermost(elements: list[Element]) -> list[Element]:
    """Drop elements that stand inside another of the list."""
    chosen: set[Element] = set()
    for element in elements:
        if not any(above in chosen for above in element.iterancestors()):
            chosen.add(element)
    return [element for element in elements if element in chosen]


# Of bodies inside bodies the innermost is meant, if it holds this share of the outermost's prose.
INNER_SHARE = 0.55


def innermost(elements: list[Element], weights: Weights) -> Element:
    """Give the element with the most prose, or one inside it that holds nearly as much."""
    best = max(elements, key=weights.of)
    for element in elements:
        if best in element.iterancestors() and weights.of(element) >= INNER_SHARE * weights.of(
            best
        ):
            best = element
    return best


def alike(best: Element, other: Element) -> bool:
    """Tell whether two elements are chunks of one body: same tag, same classes."""
    return bool(best.tag == other.tag and best.get("class") == other.get("class"))


def choose(root: Element, weights: Weights) -> tuple[str, list[Element]]:
    """Choose the body's elements: by itemprop, else by class, else `<article>`, else density."""
    dense = descend(root.body, weights, DENSE_SHARE)
    for how, elements in candidates(root).items():
        held = [element for element in elements if weights.of(element)]
        if not held:
            continue
        best = innermost(held, weights)
        parts = [best] if how == "article" else outermost([e for e in held if alike(best, e)])
        if sum(map(weights.of, parts)) >= TRUSTED_SHARES[how] * weights.of(dense):
            return how, parts if len(parts) > 1 else [descend(best, weights, TIGHT_SHARE)]
    return "density", [descend(dense, weights, TIGHT_SHARE)]


def locate(page_root: Element, *, url: str, title: str | None = None) -> Located:
    """Find the article of a page: prune a copy of its tree, choose the body, add the standfirst."""
    root = copy.deepcopy(page_root)
    captions, cards = prune(root, url)
    weights = weigh(root)
    how, parts = choose(root, weights)
    return Located(
        standfirst=tuple(standfirst(root, parts[0], title)),
        parts=tuple(parts),
        captions=tuple(dict.fromkeys(captions)),
        how=how,
        cards=cards,
        share=sum(map(weights.of, parts)) / max(weights.of(root.body), 1),
    )


# A standfirst without a telling name is at least this long (bytes).
SHORTEST_STANDFIRST = 50
SHORTEST_NAMED_STANDFIRST = 25


def standfirst(root: Element, body: Element, title: str | None) -> list[Element]:
    """Give the blocks between the headline and the body that read like a standfirst."""
    found: list[Element] = []
    for element in between(headlines(root, title), body):
        if is_standfirst(element) and not any(above in found for above in element.iterancestors()):
            found.append(element)
    return found


def headlines(root: Element, title: str | None) -> set[Element]:
    """Give what may be the article's headline: each `h1`, what repeats the title, else any `h2`."""
    found = set(root.body.iter("h1"))
    seconds = list(root.body.iter("h2", "h3"))
    if title:
        wanted = " ".join(title.split()).casefold()
        for heading in seconds:
            text = " ".join(heading.text_content().split()).casefold()
            if len(text) > SHORTEST_TITLE and text in wanted:
                found.add(heading)
    return found or set(seconds)


# A heading shorter than this repeats a title by chance.
SHORTEST_TITLE = 15


def is_standfirst(element: Element) -> bool:
    """Tell whether a block after the headline is a standfirst, by its name or its length."""
    text = element.text_content()
    size = length(text)
    if size < SHORTEST_NAMED_STANDFIRST or linked_share(element, size) > 0.5:
        return False
    named = frozenset[str]().union(*(words_in(token) for token in names_of(element)))
    if named & DECK_WORDS:
        return size < 2000
    if element.tag in ("p", "h2", "h3", "h4", "li"):
        return size >= SHORTEST_STANDFIRST
    return size >= SHORTEST_PLAIN_STANDFIRST and all(
        e.tag in INLINE_TAGS for e in element.iterdescendants()
    )


SHORTEST_PLAIN_STANDFIRST = 80


def names_of(element: Element) -> list[str]:
    """Give the class and id tokens of an element."""
    return f"{element.get('class', '')} {element.get('id', '')}".split()


def linked_share(element: Element, size: int) -> float:
    """Give the part of an element's text that is links."""
    return sum(length(a.text_content()) for a in element.iter("a")) / max(size, 1)


def between(headings: set[Element], body: Element) -> Iterator[Element]:
    """Give the elements from the last headline before the body on, up to the body."""
    holders = set(body.iterancestors())
    found: list[Element] = []
    on = False
    for element in body.getroottree().getroot().iter(etree.Element):
        if element is body:
            break
        if element in headings:
            on, found = True, []
        elif on and element not in holders:
            found.append(element)
    yield from found
