"""Addresses: a usable canonical form, and the key under which a page is one page. Pure.

Two forms, because an address must still work and an identity need not:

- `canonical_url` is an address to ask for and to show. It drops what never changes the answer:
  fragment, default port, credentials, tracking parameters; it writes the rest in one way.
- `page_key` is the identity. It folds further what would make one page two: scheme, `www.`, `m.`
  and `amp.` hosts, AMP paths and caches, trailing slash, order of parameters.

What may tell two pages apart is kept: `id`, `p`, `page`, `source`, `ref` and every parameter that
is not known to track. What an address is not http or https, or cannot be read, gives None; no text
raises an error. Nothing is fetched here, so redirects are not known.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import unquote

# Parameters that only count visits, by who sets them, in lower case. `*` ends a prefix. The lists
# are the vendors' own documentation of their link tagging, and what ClearURLs and Brave publish as
# stripped by browsers; a name that is also in use for content (`source`, `ref`, `cid`, `from`,
# `campaign_id`) belongs to a host below, never here.
TRACKING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # developers.google.com/analytics and support.google.com/google-ads: tagging
        "Google": (
            "_ga",
            "_gl",
            "dclid",
            "gad_campaignid",
            "gad_source",
            "gbraid",
            "gclid",
            "gclsrc",
            "srsltid",
            "utm_*",
            "wbraid",
        ),
        # experienceleague.adobe.com: Analytics, Advertising and Marketo tracking codes
        "Adobe": ("ef_id", "mkt_tok", "s_kwcid"),
        # learn.microsoft.com/dynamics and help.ads.microsoft.com: auto-tagging
        "Microsoft": ("msclkid",),
        # developers.facebook.com: click and share identifiers
        "Meta": (
            "fb_action_ids",
            "fb_action_types",
            "fb_comment_id",
            "fb_ref",
            "fb_source",
            "fbclid",
            "igsh",
            "igshid",
        ),
        # business.x.com: click identifier; publish.x.com: what its embeds append
        "X": ("__twitter_impression", "ref_src", "ref_url", "twclid"),
        # the advertising help pages of each
        "TikTok": ("ttclid",),
        "LinkedIn": ("li_fat_id",),
        "Pinterest": ("epik",),
        "Outbrain": ("dicbo", "oborigurl"),
        "Taboola": ("tblci",),
        "Yandex": ("_openstat", "yclid", "ymclid", "ysclid"),
        # matomo.org/docs/tracking-campaigns, today's and former names
        "Matomo": (
            "matomo_*",
            "mtm_*",
            "piwik_*",
            "pk_campaign",
            "pk_content",
            "pk_cpn",
            "pk_keyword",
            "pk_kwd",
            "pk_medium",
            "pk_source",
        ),
        # developers.atinternet-solutions.com: campaigns
        "AT Internet": ("at_campaign", "at_custom*", "at_link*", "at_medium", "at_ptr*", "xtor"),
        # comScore Digital Analytix link tagging
        "comScore": ("ns_campaign", "ns_fee", "ns_linkname", "ns_mchannel", "ns_source"),
        # docs.mapp.com (Webtrekk) and Webtrends campaign tags
        "Webtrekk": ("wt.mc_*", "wt.nav", "wt_cc*", "wt_mc", "wt_zmc"),
        # knowledge.hubspot.com: parameters that it adds to links
        "HubSpot": ("__hsfp", "__hssc", "__hstc", "_hsenc", "_hsmi", "hsctatracking"),
        # the newsletter services' own help pages
        "Mailchimp": ("mc_cid", "mc_eid"),
        "Omeda": ("oly_anon_id", "oly_enc_id"),
        "Vero": ("vero_conv", "vero_id"),
        "Eloqua": ("elqtrack", "elqtrackid"),
        "Drip": ("__s",),
        "Dotdigital": ("dm_i",),
        "Kit": ("ck_subscriber_id",),
        "Branch": ("_branch_match_id",),
        # guce.yahoo.com: what the consent page adds when it sends a reader back
        "Yahoo": ("guccounter", "guce_referrer", "guce_referrer_sig", "soc_src", "soc_trk"),
        # sessions in addresses: php.net/session, Tomcat and ColdFusion documentation
        "sessions": ("cfid", "cftoken", "jsessionid", "phpsessid"),
    }
)

# Parameters that track at one publisher (and its subdomains) and may mean something elsewhere.
# What unlocks an article for its reader (`sk` at medium.com, gift links) is not among them.
TRACKING_BY_HOST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "bbc.co.uk": ("ocid", "pinned_post_type"),
        "bbc.com": ("ocid", "pinned_post_type"),
        "bloomberg.com": ("embedded-checkout", "sref", "srnd"),
        "businessinsider.com": ("ir", "r"),
        "cbsnews.com": ("ftag",),
        "dailymail.co.uk": ("ito",),
        "forbes.com": ("sh",),
        "linkedin.com": ("lipi", "trackingid", "trk"),
        "medium.com": ("source",),
        "msn.com": ("cvid", "ei", "ocid"),
        "nytimes.com": ("emc", "partner", "smid", "smtyp"),
        "theguardian.com": ("cmp",),
        "washingtonpost.com": ("itid", "wpisrc"),
        "wsj.com": ("mod", "reflink"),
        "x.com": ("s", "t"),
        "youtube.com": ("feature", "si"),
    }
)

# One publisher under several names; the value is what the key says.
HOST_ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "mobile.nytimes.com": "nytimes.com",
        "mobile.reuters.com": "reuters.com",
        "mobile.twitter.com": "x.com",
        "twitter.com": "x.com",
    }
)

DEFAULT_PORTS = MappingProxyType({"http": 80, "https": 443})
# Hosts of the same pages for other screens. `mobile.` is not here: it is a section at some sites.
SAME_SITE_LABELS = frozenset({"amp", "m", "www"})
# `www.co.uk` is a site of its own: what is left must be more than a public suffix.
SUFFIX_LABELS = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
# Fragments that are addresses to the page's own script; all others are places within a page.
ROUTES = ("#!", "#/")
AMP_PARAMETERS = frozenset({"amp", "outputtype=amp"})
# A search engine's viewer around a cache around the page; deeper ones are made to be a nuisance.
AMP_NESTING = 4
# A page's few addresses are asked for some twenty times while it is fetched and stored.
REMEMBERED = 512
# Servers refuse longer request lines (8 KB in Apache, nginx and IIS): it is no page's address.
LONGEST = 8190

_URL = re.compile(r"(?i)(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(?:.*@)?(\[[0-9a-fA-F:.]+\]|[^:\[\]@]*)(?::([0-9]{0,5}))?", re.DOTALL)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_CREDENTIALS = re.compile(r"^([a-z][a-z0-9+.-]*://)[^/?#\\]*@", re.IGNORECASE)
_PATH_PIECE = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/]")
_QUERY_PIECE = re.compile(r"%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?]")
_SESSION = re.compile(r"(?i);jsessionid=[^/;]*")
_INDEX = re.compile(r"(?i)(?:index|default)\.(?:html?|php|aspx?)")
_AMP_FILE = re.compile(r"(?i)(?:\.amp)+(?=\.html?$|$)")
_AMP_CACHE = re.compile(r"/(?:amp|[cv])/(s/)?(?=[^/]+\.[^/])")
_SLUG = re.compile(r"[-_0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
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
    folded = replace(
        parts,
        host=_fold_host(parts.host),
        path=_fold_path(parts.path),
        query=_fold_query(parts.query),
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
    fragment = found[5] or ""
    return _Parts(
        scheme=scheme,
        host=name,
        port=None if port == DEFAULT_PORTS[scheme] else port,
        path=_read_path(found[3]),
        query=_read_query(found[4] or "", _fold_host(name)),
        fragment=f"#{_escape(_QUERY_PIECE, fragment[1:])}" if fragment.startswith(ROUTES) else "",
    )


def _clean(url: str) -> str:
    """Drop what browsers drop: blanks around, line breaks within; a back slash is a slash."""
    kept = "".join(char for char in url if char not in "\t\r\n").strip("\x00\x1f\x7f \u00a0\ufeff")
    before, mark, query = kept.partition("?")
    return before.replace("\\", "/") + mark + query


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
    pieces = _SESSION.sub("", _escape(_PATH_PIECE, path)).split("/")[1:]
    for piece in pieces:
        if piece == "..":
            del segments[-1:]
        elif piece != ".":
            segments.append(piece)
    if pieces and pieces[-1] in {".", ".."}:
        segments.append("")
    return "/" + "/".join(segments)


def _read_query(query: str, site_name: str) -> tuple[str, ...]:
    pairs = (_escape(_QUERY_PIECE, pair) for pair in query.split("&"))
    return tuple(pair for pair in pairs if pair.strip("=") and not _tracks(pair, site_name))


def _tracks(pair: str, site_name: str) -> bool:
    name = unquote(pair.partition("=")[0]).lower()
    listed = name in _TRACKING_NAMES or name.startswith(_TRACKING_PREFIXES)
    return listed or name in _of_host(TRACKING_BY_HOST, site_name)


def _of_host(table: Mapping[str, tuple[str, ...]], site_name: str) -> tuple[str, ...]:
    """Give the names listed for a host or for a domain that it belongs to."""
    labels = site_name.split(".")
    domains = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((table[domain] for domain in domains if domain in table), ())


def _fold_host(name: str) -> str:
    folded = name
    while (rest := _without_screen(folded)) != folded:
        folded = rest
    return HOST_ALIASES.get(folded, folded)


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
    site_name = _fold_host(parts.host)
    if site_name != "google.com" and not site_name.endswith(".cdn.ampproject.org"):
        return None
    found = _AMP_CACHE.match(parts.path)
    scheme = "https" if found and found[1] else "http"
    return _read(f"{scheme}://{parts.path[found.end() :]}{parts.suffix}") if found else None


def _fold_path(path: str) -> str:
    """Drop empty segments, index files, and `amp` beside what looks like an article.

    A page about amps keeps its name: `/gear/amp` has no other segment with a digit or a hyphen.
    """
    segments = [segment for segment in path.split("/") if segment]
    of_article = any(_SLUG.search(segment) for segment in segments)
    while segments and (last := _fold_last(segments[-1], of_article=of_article)) != segments[-1]:
        segments[-1:] = [last] if last else []
    while of_article and segments[0].lower() == "amp":
        del segments[0]
    return "".join(f"/{segment}" for segment in segments)


def _fold_last(segment: str, *, of_article: bool) -> str:
    """Give a path's last segment without what only says how the page is drawn."""
    if _INDEX.fullmatch(segment) or (of_article and segment.lower() == "amp"):
        return ""
    return _AMP_FILE.sub("", segment)


def _fold_query(query: tuple[str, ...]) -> tuple[str, ...]:
    """Sort parameters by name (one name's values stay in order), one spelling for a blank."""
    spelled = (pair.replace("+", "%20").rstrip("=") for pair in query)
    kept = [pair for pair in spelled if pair and _plain(pair) not in AMP_PARAMETERS]
    return tuple(sorted(kept, key=lambda pair: pair.partition("=")[0]))


def _plain(pair: str) -> str:
    """Give a parameter for comparison with AMP_PARAMETERS, whose `amp` is also `amp=1`."""
    name, _, value = pair.lower().partition("=")
    return name if name == "amp" and value in {"", "1", "true"} else f"{name}={value}"


_ALL_TRACKING = tuple(name for names in TRACKING.values() for name in names)
_TRACKING_NAMES = frozenset(name for name in _ALL_TRACKING if not name.endswith("*"))
_TRACKING_PREFIXES = tuple(name[:-1] for name in _ALL_TRACKING if name.endswith("*"))
