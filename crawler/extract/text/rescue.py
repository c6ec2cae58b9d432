"""A second look at pages whose first reading is doubtful.

A reading is doubted where little was found, or where it says little of what the page says of
itself: its title and description, the `articleBody` of its metadata. Only then the page is read
again: without belief in names, from its metadata, from the data that its scripts carry. What
agrees best with the page's own words is kept; most pages never come here.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.extract.page import Page
from crawler.extract.text.blocks import Block
from crawler.extract.text.body import Body, read_body, read_markup
from crawler.extract.text.literals import texts_of
from crawler.extract.text.plaintext import read_plain

# Characters: a text this short is doubted; data with less than this is no article.
SHORT_TEXT = 300
SHORTEST_DATA = 250
# A metadata body shorter than this is a summary and proves nothing.
SHORTEST_PROOF = 300
# Part of the metadata body's words that the text must hold.
PROVEN = 0.5
# Pieces of it that are looked for in the text first, their characters, and the part that is proof
# enough.
GLANCES = 10
GLANCE = 40
SEEN = 0.8
# Part of the title's and description's long words that the text must hold, and their least number.
SPOKEN = 0.3
FEWEST_WORDS = 6
LONG_WORD = 4
# A second reading must agree so much better with the page's words, or be so much longer.
BETTER = 0.25
LONGER = 2

# A page of more tags takes seconds to read; the first reading has to do. Of six hundred real pages
# the largest has 20,000.
MOST_TAGS = 24_000

# Script data beyond this is an application's state, not an article's (bytes).
LARGEST_DATA = 4_000_000
# Strings of script data that may be an article's paragraphs (characters).
SHORTEST_STRING = 60
DEEPEST_DATA = 40

WORD = re.compile(r"\w+")
STATE = re.compile(r"^\s*(?:window|self|globalThis)[.\[\"']+[\w$]+[\"'\]]*\s*=\s*(?=[{\[])")
# Code that carries a page's state; the strings of any other are labels and other pages' teasers.
STATE_IN_CODE = re.compile(
    r"__NUXT__|__next_f|__REMIXCONTEXT|__remixContext|__sveltekit"
    r"|(?:STATE|DATA|Fusion|CONTEXT)\w*[\"'\]]*\s*=\s*(?:window\.)?JSON\.parse",
)
SCRIPT_HEAD = 400
MARKUP = re.compile(r"</?(?:p|div|br|h[1-6]|ul|li|blockquote)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """What the page says of its article apart from the text itself."""

    title: str | None = None
    description: str | None = None
    article_body: str | None = None

    def words(self) -> frozenset[str]:
        """Give the long words of title and description, case folded."""
        said = f"{self.title or ''} {self.description or ''}".casefold()
        return frozenset(word for word in WORD.findall(said) if len(word) >= LONG_WORD)


def reconsider(page: Page, body: Body, testimony: Testimony) -> Body:
    """Give a better reading of the page's text than `body`, or `body` itself."""
    if page.plain is not None or not is_doubtful(body.text, testimony):
        return body
    best = body
    for other in (*other_readings(page), *from_data(page, testimony)):
        if is_better(other.text, best.text, testimony):
            best = other
    return best


def is_doubtful(text: str, testimony: Testimony) -> bool:
    """Tell whether a text is short, or says little of what the page says of itself."""
    if len(text) < SHORT_TEXT:
        return True
    if not repeats(text, testimony.article_body or "") and proof(text, testimony) < PROVEN:
        return True
    words = testimony.words()
    return len(words) >= FEWEST_WORDS and spoken(text, words) < SPOKEN


def repeats(text: str, told: str) -> bool:
    """Tell at a glance that a text holds what it is to be proven by, word for word.

    Ten short pieces are looked for, where taking both texts apart costs fifty times as much.
    """
    step = max(len(told) // GLANCES, GLANCE)
    pieces = [told[start : start + GLANCE] for start in range(0, len(told) - GLANCE, step)]
    return bool(pieces) and sum(piece in text for piece in pieces) >= SEEN * len(pieces)


def proof(text: str, testimony: Testimony) -> float:
    """Give the part of the metadata's article body that the text holds; 1 where there is none."""
    wanted = pairs(testimony.article_body or "")
    if len(testimony.article_body or "") < SHORTEST_PROOF or not wanted:
        return 1.0
    return len(wanted & pairs(text)) / len(wanted)


def pairs(text: str) -> set[tuple[str, str]]:
    """Give the pairs of words that stand together in a text."""
    words = WORD.findall(text.casefold())
    return set(pairwise(words))


def spoken(text: str, words: frozenset[str]) -> float:
    """Give the part of the words that the text holds."""
    said = text.casefold()
    return sum(word in said for word in words) / max(len(words), 1)


def is_better(text: str, held: str, testimony: Testimony) -> bool:
    """Tell whether a reading agrees better with the page's own words, or says more as well."""
    if len(text) < SHORTEST_DATA:
        return False
    gained = proof(text, testimony) - proof(held, testimony)
    if abs(gained) > BETTER:
        return gained > 0
    words = testimony.words()
    if words and spoken(text, words) < SPOKEN:
        return False
    gained = spoken(text, words) - spoken(held, words) if len(words) >= FEWEST_WORDS else 0.0
    if abs(gained) > BETTER:
        return gained > 0
    return len(held) < SHORT_TEXT and len(text) >= LONGER * len(held) and gained >= 0


def other_readings(page: Page) -> Iterator[Body]:
    """Read the page without belief in what its elements are called; no page of great size."""
    if page.tags <= MOST_TAGS:
        yield read_body(page, believe=False)


def from_data(page: Page, testimony: Testimony) -> Iterator[Body]:
    """Read the page's metadata and the data of its scripts as text."""
    if testimony.article_body and len(testimony.article_body) >= SHORTEST_DATA:
        yield in_body(read_data(testimony.article_body, page.url), "json-ld")
    for script in page.root.iter("script"):
        if template := script.text if script.get("type") in TEMPLATE_TYPES else None:
            yield in_body(read_markup(template, page.url), "script")
        elif strings := longest_series(script.text or ""):
            blocks = [block for text in strings for block in read_data(text, page.url)]
            yield in_body(blocks, "script")


TEMPLATE_TYPES = frozenset(["text/html", "text/template", "text/x-template"])


def in_body(blocks: Sequence[Block], how: str) -> Body:
    """Give blocks as a reading of the text."""
    return Body(blocks=tuple(blocks), captions=(), how=how)


def read_data(text: str, url: str) -> list[Block]:
    """Read a string of data, marked up or plain, into blocks."""
    return read_markup(text, url) if MARKUP.search(text) else read_plain(text)


def longest_series(script: str) -> list[str]:
    """Give the strings of a script's data that share a place and say most together."""
    source = STATE.sub("", script[:LARGEST_DATA]).lstrip()
    try:
        data, _ = json.JSONDecoder().raw_decode(source) if source[:1] in "{[" else (None, 0)
    except (ValueError, RecursionError):
        data = None
    if data is None:
        return texts_of(source) if STATE_IN_CODE.search(source[:SCRIPT_HEAD]) else []
    series: dict[str, list[str]] = {}
    for path, text in strings_of(data, "", 0):
        series.setdefault(path, []).append(text)
    found = max(series.values(), key=lambda texts: sum(map(len, texts)), default=[])
    return list(dict.fromkeys(found))


def strings_of(value: object, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """Give the long strings of data, each with its place; positions in a list are one place."""
    if depth > DEEPEST_DATA:
        return
    if isinstance(value, str):
        if len(value) >= SHORTEST_STRING and " " in value.strip() and "://" not in value[:12]:
            yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings_of(inner, f"{path}.{key}", depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_of(inner, f"{path}[]", depth + 1)
