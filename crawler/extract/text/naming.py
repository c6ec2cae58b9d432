"""What the elements of a page are called, and what that says of them: class, id, tag and role.

One pass over the elements; each attribute is asked for once. Drops nothing and knows no weights.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from lxml.etree import _Element as Element

from crawler.extract.text.boilerplate import (
    BODY_FLAG,
    CAPTION_FLAG,
    DOUBTFUL_FLAG,
    FURNITURE_FLAG,
    IMAGE_FLAG,
    STRANGE_FLAG,
    flags_of,
    words,
)

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
SUSPICIOUS = STRANGE_FLAG | FURNITURE_FLAG | DOUBTFUL_FLAG

# Longer class lists are style sheets spelled out.
LONGEST_CAPTION_NAME = 200
# `comment-1`, `comment-2`: one name for all of a series.
NUMBER = re.compile(r"\d+")
SETTING_APART = frozenset(["hidden", "role", "style"])
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

Suspicions = dict[str, float]
"""Names of furniture, each with the share of the page's prose that its elements may hold."""


class Naming(NamedTuple):
    """What an element's class tokens say of it."""

    flags: int
    against: Suspicions


class Named(NamedTuple):
    """An element whose names say something of it."""

    element: Element
    flags: int
    against: Suspicions
    apart: bool
    """The page hides it, or gives it a role that nothing of an article has."""
    body: str | None
    """By what it says of itself that it is the article's body: `itemprop`, `class`, `article`."""


NAMELESS = Naming(0, {})


def read_names(elements: Iterable[Element]) -> list[Named]:
    """Give the elements whose names say something of them, in the order given."""
    found = []
    for element in elements:
        tag = element.tag
        # One question for all attributes: most elements have a class, or none at all.
        held = element.keys()
        flags, against = naming_of(element.get("class", "")) if "class" in held else NAMELESS
        if "id" in held or tag in TAG_LIMITS:
            against = against | named_otherwise(tag, element.get("id", ""))
        apart = not SETTING_APART.isdisjoint(held) and is_apart(element)
        telling = flags & BODY_FLAG or tag == "article" or "itemprop" in held
        body = body_by(element, held, flags) if telling else None
        if flags or against or apart or body or tag in TELLING_TAGS:
            found.append(Named(element, flags, against, apart, body))
    return found


def body_by(element: Element, held: Sequence[str | bytes], flags: int) -> str | None:
    """Tell by what an element says of itself that it is the article's body, if it does."""
    if "itemprop" in held and "articlebody" in element.get("itemprop", "").lower():
        return "itemprop"
    if flags & BODY_FLAG:
        return "class"
    return "article" if element.tag == "article" else None


@lru_cache(maxsize=4096)
def naming_of(names: str) -> Naming:
    """Read a class attribute; the same few come again and again on a page and a site."""
    flags = 0
    against = {}
    for token in names.split():
        said = flags_of(token)
        flags |= said
        if said & SUSPICIOUS:
            against[NUMBER.sub("#", token)] = limit_of(said)
    if len(names) > LONGEST_CAPTION_NAME:
        flags &= ~(CAPTION_FLAG | IMAGE_FLAG)
    return Naming(flags, against)


def limit_of(flags: int) -> float:
    """Give the share of prose below which elements of a name with these flags are dropped."""
    if flags & STRANGE_FLAG:
        return STRANGE_LIMIT
    return FURNITURE_LIMIT if flags & FURNITURE_FLAG else DOUBTFUL_LIMIT


def named_otherwise(tag: str, ident: str) -> Suspicions:
    """Give what an element's tag and id say against it."""
    against = {f"<{tag}>": TAG_LIMITS[tag]} if tag in TAG_LIMITS else {}
    for token in ident.split():
        flags = flags_of(token)
        if flags & SUSPICIOUS:
            against[NUMBER.sub("#", token)] = limit_of(flags)
    return against


def is_apart(element: Element) -> bool:
    """Tell whether the page hides an element, or gives it a role that nothing of an article has."""
    style = element.get("style")
    return (
        element.get("role") in ROLES
        or element.get("hidden") is not None
        or (style is not None and HIDDEN_STYLE.search(style) is not None)
    )
