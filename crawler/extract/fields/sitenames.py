"""What a page's site is called: its publisher's name, and which end of a title is only that.

Does not choose between titles.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawler.extract.fields.folding import fold, is_unspaced, squash
from crawler.extract.fields.jsonld import text_of, types_of
from crawler.extract.fields.structured import Structured

# Marks that set a site's name off a title. A colon, a comma and the full-width colon set it off
# only where the rest is the name itself; a title has its own.
SEPARATOR = re.compile(
    r"\s+[|¦∣•·∙⋅▪~–—―−»«›‹<>＞→★:/\\-]+\s+|\s*(?:[|｜¦]|::)\s*|：|\s+-(?=\S)|"
    r"(?<=[^\x00-\x7f])_(?=[^\x00-\x7f])"
)
# Marks that headlines have too: they set off only what is the site's name and nothing more.
TIGHT = re.compile(r",\s+|:\s+|\s*[—–]\s*|(?<=[^\x00-\x7f])-(?=[^\x00-\x7f])|\s*(?=[(\[（【])")
BRACKETS = "()[]（）【】"
# `Evening Post: Bridge closes`, in a `<title>` alone: a headline has such words of its own.
OPENING = re.compile(r"([^:：]{2,50})[:：]\s+(?=\S)")
# The writer behind a title: `- by Ann Lee - Ledger Lines`.
BY_WRITER = re.compile(r"\s+[-–—|·]\s+by\s+[^\W\d_]\S*(?:\s+\S+){0,3}?(?=\s+[-–—|·]\s|$).*")
# Marks between the steps of a path through the site; dashes are headlines' own too often.
CRUMB_MARKS = frozenset("|¦｜»«›‹>·•/")
# Marks that set off what is not of a headline although nobody knows the site's name; in Chinese and
# Japanese an underscore and a hyphen do.
SURE_MARKS = re.compile(r"\s*[|｜¦]\s*")
UNSPACED_MARKS = re.compile(r"\s*[|｜¦]\s*|(?<=[^\x00-\x7f])\s?[_-]\s?(?=[^\x00-\x7f])")
LONGEST_UNSPACED_NAME = 10
# Whatever may stand between a site's name and a headline behind it.
BORDER = re.compile(rf"{SEPARATOR.pattern}|:\s+")

DATE_PART = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")

PUBLISHER_METAS = (
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "publisher",
    "dcterms.publisher",
    "citation_publisher",
    "twitter:app:name:iphone",
)
SITE_TYPES = frozenset(["Organization", "NewsMediaOrganization", "WebSite"])
LONGEST_NAME = 60
# With the words that come and go (`The`, `Online`), in full-width letters perhaps.
LONGEST_MEANT = 100
# A shorter name of a site is part of too many words.
SHORTEST_NAME = 4
SHORTEST_UNSPACED = 2
# Two letters are a word of many languages.
SHORTEST_INITIALS = 3

# A part of a title is the site's name if the host's own word makes up so much of its letters
# (`Old Quarry Gazette` at oldquarry.example): less is a headline with that word in it.
LEAST_OF_NAME = 0.5

# Parts of a host that are no name.
HOST_NOISE = frozenset({
    "www", "m", "mobile", "amp", "web", "news", "edition", "app", "co", "com", "net", "org",
    "gov", "edu", "ac", "or", "ne", "go", "gob", "gouv",
})  # fmt: skip

# Words that a name may carry more or less of in a title than on its own.
NAME_WORDS = frozenset({
    "com", "net", "org", "de", "at", "ch", "co", "uk", "tv", "www", "online", "news",
    "nachrichten", "the", "die", "der", "das", "le", "la", "il", "el", "les", "site",
    "official", "website", "home", "homepage", "zeitung", "newspaper", "magazine", "magazin",
    "daily",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNames:
    """What a site is known by."""

    publisher: str | None
    source: str | None
    """Where `publisher` was found."""
    known: frozenset[str]
    """Squashed names that mean this site."""

    def means(self, text: str) -> bool:
        """Tell whether `text` is a name of this site and nothing more."""
        # Most texts that are asked about are headlines: too long for any name.
        return len(text) <= LONGEST_MEANT and not self.known.isdisjoint(forms_of(text))

    def called(self, others: Iterable[str]) -> "SiteNames":
        """Give the same site, known by other names too."""
        forms = {form for name in others for form in known_forms(name)} - {""}
        return replace(self, known=self.known | forms)

    def resembles(self, text: str) -> bool:
        """Tell whether `text` is a name of this site or holds one, as a newsroom's does."""
        squashed = squash(text)
        return (
            self.means(text)
            or not self.known.isdisjoint(fold(text).split())
            or any(name in squashed for name in self.known if len(name) >= SHORTEST_NAME)
        )


def known_forms(name: str) -> Iterator[str]:
    """Give the letters by which a name is known: all, those of its core, its initials."""
    whole, core, initials = forms_of(name)
    yield from (whole, core)
    if len(initials) >= SHORTEST_INITIALS:
        yield initials


def forms_of(text: str) -> tuple[str, str, str]:
    """Give a name's letters, those of its core, and its initials.

    The core is without the words that come and go (`The`, `.com`, `Online`). Many a site is known
    by the first letters of its name of several words.
    """
    words = fold(text).split()
    core = "".join(word for word in words if word not in NAME_WORDS)
    initials = "".join(word[0] for word in words) if len(words) > 1 else ""
    return "".join(words).replace("_", ""), core.replace("_", ""), initials


def read_site_names(structured: Structured, url: str) -> SiteNames:
    """Give the site's names from what the page declares, the publisher's own word first."""
    hosts = list(host_names(url))
    candidates = [pair for pair in publisher_candidates(structured) if is_name(pair[0])]
    if not candidates:
        candidates = [(name, "title") for name in titled_names(structured.title, hosts)]
    publisher, source = candidates[0] if candidates else (None, None)
    if publisher is None and hosts:
        publisher, source = host_of(url), "host"
    names = [name for name, _ in candidates]
    known = {form for name in (*names, *hosts) for form in known_forms(name)}
    return SiteNames(publisher=publisher, source=source, known=frozenset(known - {""}))


def publisher_candidates(structured: Structured) -> Iterator[tuple[str, str]]:
    """Give `(name, where)` for each name that the page declares, the best first."""
    for name in structured.metas.get("og:site_name", ())[:1]:
        yield name, "og:site_name"
    for node in structured.articles:
        for key in ("publisher", "sourceOrganization"):
            if named := text_of(structured.json_ld.resolve(node.get(key))):
                yield named, f"json-ld {key}"
    for node in structured.json_ld.nodes:
        if SITE_TYPES.intersection(types_of(node)) and (named := text_of(node.get("name"))):
            yield named, "json-ld name of the site"
    for meta, name in structured.meta_values(PUBLISHER_METAS):
        yield name, meta


def titled_names(title: str | None, hosts: Iterable[str]) -> Iterator[str]:
    """Give the first or last part of `<title>` if it is named like the host."""
    parts = [part.strip() for part in BORDER.split(title or "")]
    words = [squash(name) for name in hosts if len(name) >= SHORTEST_NAME]
    for part in {parts[-1]: None, parts[0]: None} if len(parts) > 1 else ():
        squashed = squash(part)
        known = max((len(word) for word in words if word in squashed), default=0)
        if is_name(part) and known >= LEAST_OF_NAME * len(squashed) > 0:
            yield part


def is_name(text: str) -> bool:
    """Tell whether what stands in a name's place can be one: no address, no sentence."""
    return len(text) < LONGEST_NAME and "://" not in text and "@" not in text


def host_of(url: str) -> str | None:
    """Give the host of an address without `www.`; None where it has none."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def host_names(url: str) -> Iterable[str]:
    """Give what a title may call the site by its address: the host, without its ending, parts."""
    host = host_of(url) or ""
    labels = host.split(".")
    yield host
    for start in range(len(labels) - 1):
        yield ".".join(labels[start:])
        yield "".join(labels[start:-1])
    for label in labels[:-1]:
        if label not in HOST_NOISE and len(label) > 1:
            yield label


def strip_site_name(title: str, names: SiteNames) -> str:
    """Give `title` without the site's name, and what else was set off together with it.

    The name is looked for at the end, then at the start. Whatever stands behind the name (a date)
    goes too; a section between title and name stays, for it cannot be told from a title's own
    second half here.
    """
    parts = split_title(title)
    for index in range(1, len(parts)):
        if names.means(parts[index][1]) and index >= len(parts) - 2:
            return strip_site_name(join_parts(parts[:index]), names)
    if len(parts) > 1 and DATE_PART.fullmatch(parts[-1][1].strip()):
        return strip_site_name(join_parts(parts[:-1]), names)
    if len(parts) > 1 and names.means(parts[0][1]):
        return join_parts([("", parts[1][1]), *parts[2:]])
    return strip_tight(title, names)


def strip_tight(title: str, names: SiteNames) -> str:
    """Give `title` up to the comma, colon or bracket behind which only the site's name follows.

    A date may stand behind the name.
    """
    for match in TIGHT.finditer(title):
        rest = title[match.end() :].strip(BRACKETS).split(", ")
        if match.start() and len(rest) <= 2 and is_long(rest[0]) and names.means(rest[0]):
            return title[: match.start()]
    return title


def is_long(name: str) -> bool:
    """Tell whether a name is too long to be a headline's own last word behind a mark."""
    return len(squash(name)) >= (SHORTEST_UNSPACED if is_unspaced(name) else SHORTEST_NAME)


def strip_crumbs(title: str, names: SiteNames) -> str:
    """Give the headline of a `<title>`: without the site's name, the path to it and the writer."""
    bare = BY_WRITER.sub("", title)
    stripped = strip_site_name(bare, names)
    opening = OPENING.match(stripped)
    if opening and names.means(opening[1]):
        return stripped[opening.end() :]
    if stripped == bare:
        return stripped
    parts = split_title(stripped)
    if not all(CRUMB_MARKS.issuperset(mark.strip()) for mark, _ in parts[1:]):
        return stripped
    texts = [text.strip() for _, text in parts]
    own = texts[0] if bare.startswith(stripped) else texts[-1]
    return own if own == max(texts, key=len) else stripped


def strip_unknown_name(title: str) -> str:
    """Give a title up to the mark behind which shorter names of a section or a site stand.

    For titles of which nothing else on the page shows where the headline ends.
    """
    unspaced = is_unspaced(title)
    own, *others = (UNSPACED_MARKS if unspaced else SURE_MARKS).split(title)
    longest = LONGEST_UNSPACED_NAME if unspaced else LONGEST_NAME
    most = min(len(own) - 1, longest)
    return own if others and all(0 < len(other) <= most for other in others) else title


def split_title(title: str) -> list[tuple[str, str]]:
    """Give the title's parts as `(separator before it, text)`."""
    parts: list[tuple[str, str]] = []
    position, mark = 0, ""
    for match in SEPARATOR.finditer(title):
        parts.append((mark, title[position : match.start()]))
        position, mark = match.end(), match.group()
    parts.append((mark, title[position:]))
    return parts


def join_parts(parts: list[tuple[str, str]]) -> str:
    """Put parts together again as they were printed."""
    return "".join(mark + text for mark, text in parts).strip()
