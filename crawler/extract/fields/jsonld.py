"""A page's JSON-LD: read leniently, flattened, and the page's own article told from the others.

Does not interpret the values of an article node; the modules that own a field do.
"""

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

import lxml.html

from crawler.extract.fields.folding import agreement, fold

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Node: TypeAlias = dict[str, Json]

# Real pages carry up to some 300 KB of JSON-LD in one script (live blogs); the rest is a bound
# against pages that are made to be expensive.
SCRIPT_CHARACTERS = 2_000_000
SCRIPTS = 60
NODES = 4_000


# What belongs to no JSON: comment and CDATA wrappers around the script's text, a closing semicolon.
WRAPPERS = re.compile(
    r"^\s*(?:/[/*]\s*)?(?:<!--|<!\[CDATA\[)(?:\s*\*/)?|(?:/[/*]\s*)?(?:-->|\]\]>)(?:\s*\*/)?\s*$|;\s*$"
)

# A string is matched first and kept, so that nothing inside of one is taken for a comment; one that
# never closes reaches to the end, or it would be looked for from each quotation mark anew. The
# length of a comment is bounded for the same reason, and so is what is mended at all.
REPAIRABLE = re.compile(
    r'(?P<string>"(?:[^"\\]|\\.)*+"?)|//[^\n]*|/\*.{0,500}?\*/|,(?=\s*[}\]])', re.DOTALL
)
MENDED_CHARACTERS = 400_000
BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')

# The flat facts that are worth saving from a script which stays unreadable.
SALVAGED = re.compile(
    r'"(?P<key>headline|datePublished|dateModified)"\s*:\s*"(?P<value>(?:[^"\\\n]|\\.){4,300})"(?=\s*[,}\n])'
)

# Its writer, as an object of its own.
SALVAGED_WRITER = re.compile(
    r'"author"\s*:\s*\[?\s*\{[^{}\[\]]{0,300}?"name"\s*:\s*"((?:[^"\\\n]|\\.){2,120})"'
)

# Soft hyphens, word joiners, zero-width spaces and marks of direction: inside words they keep a
# text from being found and compared.
UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")

# The keys under which a node holds what the page itself is about; whatever hangs from other keys
# (lists of related items, comments, reviews, parts) is another work.
OWN_KEYS = ("@graph", "mainEntity", "mainEntityOfPage")

ARTICLE_TYPES = frozenset({
    "Article", "AdvertiserContentArticle", "AnalysisNewsArticle", "AskPublicNewsArticle",
    "BackgroundNewsArticle", "BlogPosting", "DiscussionForumPosting", "HowTo",
    "LiveBlogPosting", "MedicalScholarlyArticle", "NewsArticle", "OpinionNewsArticle",
    "Posting", "Question", "Recipe", "Report", "ReportageNewsArticle", "Review",
    "ReviewNewsArticle", "SatiricalArticle", "ScholarlyArticle", "SocialMediaPosting",
    "TechArticle",
})  # fmt: skip
PAGE_TYPES = frozenset(
    [
        "WebPage",
        "ItemPage",
        "QAPage",
        "AboutPage",
        "VideoObject",
        "AudioObject",
        "PodcastEpisode",
        "MediaObject",
    ]
)

# Folded titles that agree less share a preposition at most; a title of fewer characters tells
# nothing of its article.
STRANGE = 0.2
TELLING = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLd:
    """What a page's JSON-LD holds."""

    nodes: tuple[Node, ...] = ()
    """Objects that speak of the page itself, in document order."""
    by_id: dict[str, Node] = field(default_factory=dict)
    """`@id` ▸ the fullest object of that name."""

    def resolve(self, value: Json) -> Json:
        """Follow a bare reference (`{"@id": …}`, or its text) to the object it names."""
        if isinstance(value, str):
            return self.by_id.get(value, value)
        if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
            return self.by_id.get(str(value.get("@id")), value)
        return value


def read_json_ld(root: lxml.html.HtmlElement) -> JsonLd:
    """Read every JSON-LD script of the page; a script that cannot be repaired is skipped."""
    return read_scripts(root.iter("script"))


def read_scripts(scripts: Iterable[lxml.html.HtmlElement]) -> JsonLd:
    """Read the JSON-LD among these scripts, as `read_json_ld` does."""
    spoken = (script for script in scripts if "ld+json" in (script.get("type") or ""))
    values = [
        value for script in islice(spoken, SCRIPTS) for value in parse_script(script.text or "")
    ]
    named: dict[str, Node] = {}
    for node in walk(values):
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(named.get(name, ())):
            named[name] = node
    return JsonLd(nodes=tuple(own_nodes(values)), by_id=named)


def parse_script(text: str) -> list[Json]:
    """Give the JSON values of one script: repaired where need be, `[]` if nothing can be read."""
    text = text[:SCRIPT_CHARACTERS].strip()
    if not text.startswith(("{", "[")) or not text.endswith(("}", "]")):
        text = WRAPPERS.sub("", text).strip()
    if not text:
        return []
    for attempt in attempts(text):
        try:
            return decode_all(attempt)
        except (ValueError, RecursionError):
            continue
    return salvage(text)


def attempts(text: str) -> Iterator[str]:
    """Give `text`, then versions of it that are ever more heavily mended."""
    yield text
    if '"' not in text and "&quot;" in text:
        text = html.unescape(text)
        yield text
    if len(text) <= MENDED_CHARACTERS:
        yield mend(text)
        yield mend(mend(html.unescape(text)))


def mend(text: str) -> str:
    """Drop comments, trailing commas and escapes that JSON does not know."""
    text = REPAIRABLE.sub(lambda found: found["string"] or " ", text)
    return BAD_ESCAPE.sub("", text)


def decode_all(text: str) -> list[Json]:
    """Decode one or several JSON values that follow each other; `ValueError` if one is broken."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Json] = []
    text = text.lstrip()
    position = 0
    while position < len(text):
        value, position = decoder.raw_decode(text, position)
        values.append(value)
        while position < len(text) and text[position] in " \t\r\n;,":
            position += 1
    return values


def salvage(text: str) -> list[Json]:
    """Give the first headline, writer and dates of an unreadable script as one bare article."""
    found: Node = {}
    if writer := SALVAGED_WRITER.search(text):
        found["author"] = {"name": writer[1]}
    for match in SALVAGED.finditer(text):
        found.setdefault(match["key"], match["value"].replace('\\"', '"').replace("\\/", "/"))
    return [{"@type": "Article", **found}] if found else []


def walk(values: Sequence[Json]) -> Iterator[Node]:
    """Give every object, at most `NODES` of them, outer before inner."""
    left = list(reversed(values))
    count = 0
    while left and count < NODES:
        value = left.pop()
        if isinstance(value, dict):
            count += 1
            yield value
            left.extend(v for v in reversed(value.values()) if isinstance(v, (dict, list)))
        elif isinstance(value, list):
            left.extend(reversed(value))


def own_nodes(values: Sequence[Json]) -> Iterator[Node]:
    """Give the objects that speak of the page: top level, graphs and main entities."""
    left = list(reversed(values))
    count = 0
    while left and count < NODES:
        value = left.pop()
        count += 1
        if isinstance(value, list):
            left.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            left.extend(value[key] for key in OWN_KEYS if isinstance(value.get(key), (dict, list)))


def types_of(node: Node) -> tuple[str, ...]:
    """Give the node's types without their namespace."""
    declared = node.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return tuple(re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str))


def texts_of(value: Json) -> list[str]:
    """Give the strings of a value: itself, its items, or what its objects are called."""
    if isinstance(value, str):
        text = clean(value)
        return [text] if text else []
    if isinstance(value, list):
        return [text for item in value for text in texts_of(item)]
    if isinstance(value, dict):
        return texts_of(value.get("@value") or value.get("name"))
    return []


def text_of(value: Json) -> str | None:
    """Give the first string of a value, else None."""
    return next(iter(texts_of(value)), None)


def url_of(value: Json) -> str | None:
    """Give the address that a value names: a string, an object's `url` or `@id`, an item's."""
    if isinstance(value, list):
        return next((url for url in map(url_of, value) if url), None)
    if isinstance(value, dict):
        return (
            url_of(value.get("url")) or url_of(value.get("contentUrl")) or url_of(value.get("@id"))
        )
    return value.strip() if isinstance(value, str) and value.strip() else None


def clean(text: str) -> str:
    """Decode character references (often escaped twice), fold white space, drop what is unseen."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if not text.isascii():
        text = UNSEEN.sub("", text)
    return " ".join(text.split())


def own_articles(
    json_ld: JsonLd, *, urls: Iterable[str], titles: Iterable[str]
) -> tuple[Node, ...]:
    """Give the nodes of the page's own article, the surest first; () if all are of other pages.

    `urls` are the page's addresses, `titles` what else it calls itself. A node that names another
    page and carries another headline is a related item.
    """
    places = {place for url in urls if (place := path_key(url))}
    names = [fold(title) for title in titles]
    rated = [
        (score, node) for node in json_ld.nodes if (score := rate(node, places, names)) is not None
    ]
    rated.sort(key=lambda pair: -pair[0])
    return tuple(node for _, node in rated)


def rate(node: Node, places: set[str], titles: Sequence[str]) -> int | None:
    """Rate how surely the node is the page's own article; None if it is none or another's."""
    types = set(types_of(node))
    if types & ARTICLE_TYPES:
        score = 4
    elif types & PAGE_TYPES:
        score = -4
    else:
        return None
    place = place_score(node, places)
    name = name_score(node, titles)
    if (
        place + name < -3
        or (place <= 0 and is_stranger(node, titles))
        or (score < 0 and place + name <= 0)
    ):
        return None
    return score + place + name


def place_score(node: Node, places: set[str]) -> int:
    """Rate by address: 3 for the page's own, -3 for another's, 0 where none is given."""
    named = {
        key
        for name in ("mainEntityOfPage", "url", "@id")
        if (url := url_of(node.get(name))) and (key := path_key(url))
    }
    if not named:
        return 0
    return 3 if named & places else -3


def name_score(node: Node, titles: Sequence[str]) -> int:
    """Rate by headline: 3 where the page says the same elsewhere, -1 where it does not."""
    headline = text_of(node.get("headline")) or text_of(node.get("name"))
    if not headline or not titles:
        return 0
    own = fold(headline)
    best = max(agreement(own, title) for title in titles)
    return 3 if best > 0.6 else 1 if best > 0.3 else -1


def is_stranger(node: Node, titles: Sequence[str]) -> bool:
    """Tell whether a node's headlines share next to nothing with any of the page's `titles`.

    Not where the page has but one: a shell that a program fills is called as its site.
    """
    names = [
        fold(text)
        for key in ("headline", "name", "alternativeHeadline")
        if (text := text_of(node.get(key)))
    ]
    known = len(set(titles)) > 1 and any(len(title) >= TELLING for title in titles)
    rates = [agreement(name, title) for name in names for title in titles]
    return known and bool(rates) and max(rates) < STRANGE


def path_key(url: str) -> str | None:
    """Give what two addresses of one page share: the path without case, slash and ending.

    None for a site's root: a site-wide node names it on every page.
    """
    try:
        path = unquote(urlsplit(url.strip()).path)
    except ValueError:
        return None
    path = re.sub(r"(?:\.amp)?(?:\.html?|\.php|/amp)?/*$", "", path.casefold())
    return path or None
