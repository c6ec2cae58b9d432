"""The address that a page declares for itself, and whether to believe it.

Does not canonicalise addresses; `archive.urls` does.
"""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from crawler.extract.fields.jsonld import path_key, url_of
from crawler.extract.fields.structured import Structured, absolute

# Endings that hold one more label before the name that was registered: `co.uk`, `com.au`.
SECOND_LEVEL = frozenset({
    "ac", "co", "com", "edu", "gob", "gouv", "gov", "ne", "net", "nic", "or", "org", "in",
    "web", "blogspot", "github",
})  # fmt: skip

WORD = re.compile(r"[a-z]{4,}")
UMLAUTS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"}


def read_canonical(
    structured: Structured, url: str, title: str | None
) -> tuple[str | None, str | None, str | None]:
    """Give `(canonical address, where it was found, canonical address at another site)`.

    A declaration is believed if it names the same site, not the site's root, and no page of another
    title. One that names another site is given apart: it attributes the page to it.
    """
    elsewhere = None
    for candidate, source in declared(structured, url):
        if not same_site(candidate, url):
            elsewhere = elsewhere or (candidate if source == "link canonical" else None)
        elif is_believable(candidate, url, title):
            return candidate, source, elsewhere
    return None, None, elsewhere


def declared(structured: Structured, url: str) -> Iterable[tuple[str, str]]:
    """Give `(address, where)` for each address that the page declares for itself."""
    for link in structured.links.get("canonical", ()):
        yield link, "link canonical"
    for _, value in structured.meta_values(["og:url"]):
        if candidate := absolute(url, value):
            yield candidate, "og:url"
    for node in structured.articles[:1]:
        for key in ("mainEntityOfPage", "url"):
            named = url_of(node.get(key))
            if named and (candidate := absolute(url, named)):
                yield candidate, f"json-ld {key}"


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one site: their registered names are the same."""
    return site_of(one) is not None and site_of(one) == site_of(other)


def site_of(url: str) -> str | None:
    """Give the registered part of the address's host, as near as can be told without a list."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    if not host:
        return None
    labels = host.lower().strip(".").split(".")
    if labels[-1].isdigit():
        return host
    size = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL else 2
    return ".".join(labels[-size:])


def is_believable(candidate: str, url: str, title: str | None) -> bool:
    """Tell whether an address of the same site can be this page's: no root, no other title's."""
    here, there = path_key(url), path_key(candidate)
    if there is None:
        return here is None and not urlsplit(url).query
    if here is None or here == there or here.endswith(there) or there.endswith(here):
        return True
    words = set(WORD.findall(there.rsplit("/", 1)[-1]))
    known = set(WORD.findall(ascii_of(here))) | set(WORD.findall(ascii_of(title or "")))
    if numbers(here) & numbers(there):
        return True
    return not words or bool(words & known)


def numbers(path: str) -> set[str]:
    """Give the long numbers of a path: mostly an article's identity."""
    return set(re.findall(r"\d{5,}", path))


def ascii_of(text: str) -> str:
    """Give the text as addresses write it: lower case, without accents."""
    spelled = unquote(text).casefold().translate(UMLAUTS)
    bare = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return f"{bare} {plain}"
