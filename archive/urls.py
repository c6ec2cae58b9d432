"""Addresses: a usable canonical form, and the key under which a page is one page. Pure.

Two forms, because an address must still work and an identity need not:

- `canonical_url` is an address to ask for and to show. It drops what never changes the answer:
  fragment, default port, credentials, tracking parameters; it writes the rest in one way.
- `page_key` is the identity. It folds further what would make one page two: scheme, `www.`, `m.`
  and `amp.` hosts, AMP paths and caches, trailing slash, order of parameters, other views (print,
  mobile), escapes of harmless characters, the forms of an accent.

What may tell two pages apart is kept: `id`, `p`, `page`, `source`, `ref` and every parameter that
is not known to track (`archive.tracking`). Case is kept: many servers tell `/A` from `/a`. What is
not http or https, or cannot be read, gives None; no text raises an error. Nothing is fetched here,
so redirects are not known.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_to_bytes

from archive.tracking import (
    HOST_ALIASES,
    NO_ROUTES,
    PATHS_BY_HOST,
    TRACKING,
    TRACKING_BY_HOST,
    VIEWS,
    VIEWS_BY_HOST,
)

DEFAULT_PORTS = MappingProxyType({"http": 80, "https": 443})
# Hosts of the same pages for other screens. `mobile.` is not here: it is a section at some sites.
SAME_SITE_LABELS = frozenset({"amp", "m", "www"})
# `www.co.uk` is a site of its own: what is left must be more than a public suffix.
SUFFIX_LABELS = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
# Fragments that are addresses to the page's own script; all others are places within a page.
ROUTES = ("#!", "#/")
# Parts of a path by which an article's AMP form is told from it.
AMP_SEGMENTS = frozenset({"amp", "amphtml"})
# Hosts of AMP caches, with those below them (cdn.ampproject.org/caches.json, and a former one).
AMP_CACHES = ("amp.cloudflare.com", "bing-amp.com", "cdn.ampproject.org")
# A search engine's viewer around a cache around the page; deeper ones are made to be a nuisance.
AMP_NESTING = 4
# A page's few addresses are asked for some twenty times while it is fetched and stored.
REMEMBERED = 512
# Servers refuse longer request lines (8 KB in Apache, nginx and IIS): it is no page's address.
LONGEST = 8190

_URL = re.compile(r"(?i)(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(?:.*@)?(\[[0-9a-fA-F:.]+\]|[^:\[\]@]*)(?::([0-9]{0,5}))?", re.DOTALL)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*")
_BREAKS = dict.fromkeys(map(ord, "\t\r\n"))
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_CREDENTIALS = re.compile(r"^([a-z][a-z0-9+.-]*://)[^/?#\\]*@", re.IGNORECASE)
_PATH_PIECE = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/]")
_QUERY_PIECE = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?]")
# In a path: Java's and PHP's way, and ASP.NET's without cookies, `/(S(…))/`.
_SESSION = re.compile(
    r"(?i);(?:jsessionid|phpsessid|cfid|cftoken)=[^/;]*|(?<=/)\((?:[a-z]\([a-z0-9]+\))+\)/"
)
# Names that mean a session where the value looks like one, and a story or a page elsewhere.
_SESSION_NAMES = frozenset({"s", "sess", "session", "session_id", "sessionid", "sid"})
_SESSION_VALUE = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}")
_INDEX = re.compile(r"(?i)(?:index|default)\.(?:[sx]?html?|php|aspx?|cfm|jsp|amp)")
_AMP_FILE = re.compile(r"(?i)(?:[.~]amp)+(?=\.html?$|$)")
_IN_CACHE = re.compile(r"/[cv]/(s/)?(?=[^/]+\.[^/])")
_IN_VIEWER = re.compile(r"/amp/(s/)?(?=[^/]+\.[^/])")
_VIEWER = re.compile(r"bing\.com|google\.(?:com|[a-z]{2}|com?\.[a-z]{2})")
_SLUG = re.compile(r"[-_0-9]")
# What names an article by itself, so that an `amp` anywhere before it is no section.
_TELLING = re.compile(r"(?=.{12})(?=.*[-_0-9])")
# Characters that servers read alike written out or escaped; those with a meaning of their own in
# a path (`;`, `=`, `&`, `+`, `/`) or in a query (`&`, `=`, `+`, `;`) are not among them.
_HARMLESS_IN_PATH = re.compile("%(?:2[14789AC]|3A|40)")
_HARMLESS_IN_QUERY = re.compile("%(?:2[14789ACF]|3[AF]|40)")
# A letter with what may be its accent, as an NFD file system gives them; or letters as such.
_LETTERS = re.compile("[A-Za-z]?(?:%[89A-F][0-9A-F])+")
# `&amp;` written twice, and `&#038;`, whose number sign would cut the address.
_AMPERSAND = re.compile(r"&#0*38;|&#x26;", re.IGNORECASE)
_ENTITY = re.compile(r"(?:amp;)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    """What holds at one host, from the tables of `archive.tracking`."""

    tracking: frozenset[str]
    views: frozenset[str]
    paths: tuple[tuple[str, str], ...]


class _Parts(NamedTuple):
    """An address in its parts. A data class takes three times as long to make."""

    scheme: str
    host: str
    port: int | None
    path: str
    query: tuple[str, ...]
    fragment: str

    @property
    def authority(self) -> str:
        return self.host if self.port is None else f"{self.host}:{self.port}"

    @property
    def suffix(self) -> str:
        """Give what follows the path."""
        return (f"?{'&'.join(self.query)}" if self.query else "") + self.fragment


def canonical_url(url: str) -> str | None:
    """Give an absolute http(s) address in its one usable form; None for anything else.

    Idempotent. Scheme and host are kept (only written in one way), so that the address works.
    """
    parts = _read(url)
    return f"{parts.scheme}://{parts.authority}{parts.path}{parts.suffix}" if parts else None


@lru_cache(maxsize=REMEMBERED)
def page_key(url: str) -> str | None:
    """Give the identity of the page at an address: `host/path?query`, without a scheme.

    Two addresses with one key are one page. None where `canonical_url` gives None. It holds that
    `page_key(canonical_url(url)) == page_key(url)` and `page_key("https://" + key) == key`.
    """
    parts = _read(url)
    if parts is None:
        return None
    parts = _out_of_amp_cache(parts)
    name = _fold_host(parts.host)
    folded = _Parts(
        scheme=parts.scheme,
        host=name,
        port=parts.port,
        path=_fold_path(parts.path, name),
        query=_fold_query(parts.query, name),
        fragment=parts.fragment,
    )
    return f"{folded.authority}{folded.path}{folded.suffix}"


def without_credentials(url: str) -> str:
    """Give an address as it is, but for a name or password in it: those are somebody's secret."""
    return _CREDENTIALS.sub(r"\1", url)


@lru_cache(maxsize=REMEMBERED)
def host(url: str) -> str | None:
    """Give an address's host as it is asked: lower case, IDN as punycode, without port."""
    parts = _read(url)
    return parts.host if parts else None


@lru_cache(maxsize=REMEMBERED)
def site(url: str) -> str | None:
    """Give an address's host as the key has it: without `www.`, `m.`, `amp.`, aliases resolved."""
    parts = _read(url)
    return _fold_host(parts.host) if parts else None


def is_front_page(url: str) -> bool:
    """Tell whether an address is a site's root, which many pages wrongly declare as theirs."""
    key = page_key(url)
    return key is not None and "/" not in key and "?" not in key and "#" not in key


def _read(url: str) -> _Parts | None:
    """Split an address and write each part in its one way."""
    found = _URL.fullmatch(_clean(url)) if len(url) <= LONGEST else None
    where = found and _AUTHORITY.fullmatch(found[2])
    if found is None or not where:
        return None
    scheme = found[1].lower()
    name = _read_host(where[1])
    port = int(where[2]) if where[2] else None
    if name is None or (port is not None and port > 65535):
        return None
    return _Parts(
        scheme=scheme,
        host=name,
        port=None if port == DEFAULT_PORTS[scheme] else port,
        path=_read_path(found[3]),
        query=_read_query(found[4] or "", _fold_host(name)),
        fragment=_read_fragment(found[5] or ""),
    )


def _read_fragment(fragment: str) -> str:
    """Give a fragment that is an address to the page's script; nothing for a place within it."""
    if not fragment.startswith(ROUTES) or fragment.lower().startswith(NO_ROUTES):
        return ""
    return f"#{_escape(_QUERY_PIECE, fragment[1:])}" if fragment.strip("#!/") else ""


def _clean(url: str) -> str:
    """Drop what browsers drop: blanks around, line breaks within; a back slash is a slash."""
    whole = url if url.isprintable() else url.translate(_BREAKS)
    kept = whole.strip("\x00\x1f\x7f \u00a0\ufeff")
    kept = _AMPERSAND.sub("&", kept) if "&#" in kept else kept
    before, mark, query = kept.partition("?")
    return before.replace("\\", "/") + mark + query


@lru_cache(maxsize=REMEMBERED)
def _read_host(text: str) -> str | None:
    if text.startswith("["):
        try:
            return f"[{ipaddress.IPv6Address(text[1:-1]).compressed}]"
        except ValueError:
            return None
    plain = unicodedata.normalize("NFKC", unquote(text, errors="replace")).lower()
    labels = [_read_label(label) for label in plain.replace("。", ".").rstrip(".").split(".")]
    name = ".".join(labels)
    return name if len(name) <= 253 and _HOST.fullmatch(name) else None


def _read_label(label: str) -> str:
    """Give a label as the DNS has it. UTS 46's common case: folded, composed, in punycode."""
    if label.isascii():
        return label
    composed = unicodedata.normalize("NFKC", label)
    # A lone surrogate has no code; it is no letter, so the host is refused by its pattern.
    if any(unicodedata.category(char)[0] in "CZS" for char in composed):
        return ""
    return f"xn--{composed.encode('punycode').decode('ascii')}"


def _escape(pieces: re.Pattern[str], text: str) -> str:
    """Percent-encode what must be, decode what need not be, in upper-case hexadecimal."""
    return pieces.sub(_one_escape, text)


def _one_escape(piece: re.Match[str]) -> str:
    text = piece[0]
    if len(text) == 3:
        code = int(text[1:], 16)
        return chr(code) if code in _UNRESERVED else text.upper()
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "replace"))


def _read_path(path: str) -> str:
    segments: list[str] = []
    escaped = _escape(_PATH_PIECE, path)
    sessionless = _SESSION.sub("", escaped) if ";" in escaped or "/(" in escaped else escaped
    pieces = sessionless.split("/")[1:]
    for piece in pieces:
        if piece == "..":
            del segments[-1:]
        elif piece != ".":
            segments.append(piece)
    if pieces and pieces[-1] in {".", ".."}:
        segments.append("")
    return "/" + "/".join(segments)


def _read_query(query: str, site_name: str) -> tuple[str, ...]:
    if not query:
        return ()
    pairs = (_escape(_QUERY_PIECE, pair) for pair in query.split("&"))
    told = [pair for pair in pairs if pair.strip("=") and not _tracks(pair, site_name)]
    # A session's number alone may as well be the story's.
    kept = [pair for pair in told if not _is_session(pair)]
    return tuple(kept or told)


def _tracks(pair: str, site_name: str) -> bool:
    name = _name(pair)
    listed = name in _TRACKING_NAMES or name.startswith(_TRACKING_PREFIXES)
    return listed or name in _rules(site_name).tracking


def _is_session(pair: str) -> bool:
    return _name(pair) in _SESSION_NAMES and bool(
        _SESSION_VALUE.fullmatch(pair.partition("=")[2].lower())
    )


def _name(pair: str) -> str:
    """Give a parameter's name for comparison, without what is left of an `&amp;`."""
    return _ENTITY.sub("", unquote(pair.partition("=")[0]).lower(), count=1)


@lru_cache(maxsize=REMEMBERED)
def _rules(site_name: str) -> _Rules:
    """Give what is listed for a host and for the domains that it belongs to."""
    domains = tuple(_domains(site_name))
    return _Rules(
        tracking=frozenset(name for each in domains for name in TRACKING_BY_HOST.get(each, ())),
        views=frozenset(name for each in domains for name in VIEWS_BY_HOST.get(each, ())),
        paths=tuple(path for each in domains for path in PATHS_BY_HOST.get(each, ())),
    )


def _domains(name: str) -> Iterator[str]:
    """Give a host and each domain above it, but for the top one."""
    labels = name.split(".")
    return (".".join(labels[start:]) for start in range(len(labels) - 1))


@lru_cache(maxsize=REMEMBERED)
def _fold_host(name: str) -> str:
    folded = name
    while (rest := _under_one_name(_without_screen(folded))) != folded:
        folded = rest
    return folded


def _under_one_name(name: str) -> str:
    if name in HOST_ALIASES:
        return HOST_ALIASES[name]
    for domain in _domains(name.partition(".")[2]):
        if (above := HOST_ALIASES.get(f".{domain}")) is not None:
            return f"{name.removesuffix(f'.{domain}')}{above}"
    return name


def _without_screen(name: str) -> str:
    """Take `www.`, `m.` or `amp.` off, unless only a public suffix would be left."""
    label, _, rest = name.partition(".")
    if label not in SAME_SITE_LABELS or "." not in rest:
        return name
    second, _, top = rest.partition(".")
    return name if second in SUFFIX_LABELS and len(top) == 2 else rest


def _out_of_amp_cache(parts: _Parts) -> _Parts:
    """Give the publisher's address inside an AMP cache's; other addresses as they are."""
    inner = parts
    for _ in range(AMP_NESTING):
        cached = _amp_cached(inner)
        if cached is None:
            return inner
        inner = cached
    return parts


def _amp_cached(parts: _Parts) -> _Parts | None:
    if not parts.path.startswith(("/amp/", "/c/", "/v/")):
        return None
    name = _fold_host(parts.host)
    if any(domain in AMP_CACHES for domain in _domains(name)):
        found = _IN_CACHE.match(parts.path)
    elif _VIEWER.fullmatch(name):
        found = _IN_VIEWER.match(parts.path)
    else:
        return None
    scheme = "https" if found and found[1] else "http"
    return _read(f"{scheme}://{parts.path[found.end() :]}{parts.suffix}") if found else None


def _fold_path(path: str, name: str) -> str:
    """Give a path without empty segments and what only says how the page is drawn.

    Taking one thing off may show the next: it is looked at until nothing comes off.
    """
    folded = _fold_letters(_HARMLESS_IN_PATH.sub(_unescape, path)) if "%" in path else path
    while (rest := _fold_segments(_fold_by_host(folded, name))) != folded:
        folded = rest
    return folded


def _fold_by_host(path: str, name: str) -> str:
    for pattern, replacement in _rules(name).paths:
        path = re.sub(pattern, replacement, path)
    return path


def _fold_segments(path: str) -> str:
    """Drop empty segments, index files, and `amp` beside what looks like an article.

    A page about amps keeps its name: `/gear/amp` has no other segment with a digit or a hyphen.
    """
    segments = [segment for segment in path.split("/") if segment]
    of_article = any(_SLUG.search(segment) for segment in segments)
    while segments and (last := _fold_last(segments[-1], of_article=of_article)) != segments[-1]:
        segments[-1:] = [last] if last else []
    if "amp" in path.lower():
        segments = _without_amp(segments, of_article=of_article)
    return "".join(f"/{segment}" for segment in segments)


def _without_amp(segments: list[str], *, of_article: bool) -> list[str]:
    while of_article and segments[0].lower() in AMP_SEGMENTS:
        del segments[0]
    if segments and _TELLING.match(segments[-1]):
        return [segment for segment in segments if segment.lower() not in AMP_SEGMENTS]
    return segments


def _fold_last(segment: str, *, of_article: bool) -> str:
    """Give a path's last segment without what only says how the page is drawn."""
    if _INDEX.fullmatch(segment) or (of_article and segment.lower() in AMP_SEGMENTS):
        return ""
    return _AMP_FILE.sub("", segment)


def _fold_query(query: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Sort parameters by name (one name's values stay in order), each spelled in one way."""
    spelled = (_spell(pair) for pair in query)
    kept = [pair for pair in spelled if pair and not _is_view(pair, name)]
    return tuple(sorted(kept, key=lambda pair: pair.partition("=")[0]))


def _spell(pair: str) -> str:
    named = _ENTITY.sub("", pair, count=1) if _ENTITY.match(pair) else pair
    if "%" in named:
        named = _fold_letters(_HARMLESS_IN_QUERY.sub(_unescape, named))
    return named.replace("+", "%20").rstrip("=")


def _is_view(pair: str, site_name: str) -> bool:
    """Tell a parameter that only has the same page drawn otherwise."""
    name, _, value = pair.lower().partition("=")
    values = VIEWS.get(name, ())
    return value in values or "*" in values or name in _rules(site_name).views


def _unescape(piece: re.Match[str]) -> str:
    return chr(int(piece[0][1:], 16))


def _fold_letters(text: str) -> str:
    """Write escaped letters in composed form (NFC); what is no UTF-8 stays."""
    return _LETTERS.sub(_compose, text)


def _compose(piece: re.Match[str]) -> str:
    try:
        letters = unquote_to_bytes(piece[0]).decode("utf-8")
    except UnicodeDecodeError:
        return piece[0]
    return quote(unicodedata.normalize("NFC", letters), safe="")


_ALL_TRACKING = tuple(name for names in TRACKING.values() for name in names)
_TRACKING_NAMES = frozenset(name for name in _ALL_TRACKING if not name.endswith("*"))
_TRACKING_PREFIXES = tuple(name[:-1] for name in _ALL_TRACKING if name.endswith("*"))
