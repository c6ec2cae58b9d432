"""Who published each headline, decided for the list as a whole.

A list prints its publishers in one way: in an element of their own, as a bracketed domain, after
or before the title. The way that most of its items share is taken, and only if what it yields
looks like names, so that a dash inside a title is no publisher. Without any, a list whose links
lead to other sites has the links' hosts as publishers.

Knows no publisher by name; `known_publishers` come from the caller.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

# What separates a title from a publisher after it. Each needs its spaces: "cell- based" has none.
SUFFIXES = (" - ", " – ", " — ", " | ", " · ", " • ")

# A publisher that is cut off right after its separator: "… production -...".
CUT_OFF = re.compile(r"\s[-–—|]\s?(?:\.{3}|…)$")

# The rest of a line whose link holds the title alone: the name between dashes, or in brackets.
REST = re.compile(
    r"[-–—|·•]\s*([^-–—|·•()\[\]][^–—|·•()\[\]]*?)\s*[-–—|·•,]?"
    r"|[(\[（【]([^()\[\]（）【】]+)[)\]）】]\s*[-–—|·•,:]?"
)

DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})/?", re.IGNORECASE)
BRACKETED = re.compile(r"^(?P<title>.{8,}?)\s*[(\[（【](?P<name>[^()\[\]（）【】]{2,50})[)\]）】]$")
PREFIXED = re.compile(r"^(?P<name>[^:：]{2,40})[:：]\s+(?P<title>.{8,})$")

# What an element calls itself that holds a publisher.
SOURCE_WORDS = re.compile(
    r"\b(?:source|publisher|publication|outlet|provider|sitestr|sitebit|site-?name|quelle|fuente|"
    r"fonte|domain|medium|herkunft|laiyuan)\b|-source\b|\bsource-"
)
SOURCE_LABEL = re.compile(
    r"^(?:source|via|from|quelle|fuente|fonte|来源|來源|出典|출처)\s?[:：]\s?", re.IGNORECASE
)

# A longer one is a sentence or the second half of a title.
LONGEST_NAME, MOST_WORDS = 60, 8

# Shares of a list's items that must agree.
LEAST_BESIDE = 0.5
LEAST_SUFFIXED = 0.35
LEAST_NAMELIKE = 0.7
LEAST_PREFIXED = 0.6
LEAST_ABROAD = 0.6

# Items of a list that is too short to show a habit.
FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A short text of an entry that is not its title: what its element is called, and the text."""

    kind: int
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What an entry shows of its publisher: its whole title, its link's host, the texts beside."""

    title: str
    host: str | None = None
    beside: tuple[Beside, ...] = ()
    date_text: str | None = None
    """The date as printed, which may stand in the same text as the publisher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """A title and its publisher, parted. `cut` says that the publisher was cut off."""

    title: str
    publisher: str | None = None
    cut: bool = False


def credit(
    lines: Sequence[Line], *, site: str | None, known: Mapping[str, str], printed_alone: bool
) -> list[Credited]:
    """Part titles and publishers of one list, in its order.

    `site` is the host of the list itself. `printed_alone` says that the entries are lines of
    text, where a suffix is how a publisher is printed; a link's text is a title as it stands, so
    there a suffix must be more common.
    """
    names = by_element(lines) or by_domain_beside(lines) or by_rest(lines, known)
    if names is None:
        ways = (by_suffix, by_bracket, by_prefix)
        parted = next(
            filter(None, (way(lines, known, printed_alone=printed_alone) for way in ways)), None
        )
        if parted:
            return parted
        names = by_host(lines, site, known)
    return [
        Credited(title=line.title, publisher=name)
        for line, name in zip(lines, names or [None] * len(lines), strict=True)
    ]


def by_element(lines: Sequence[Line]) -> list[str | None] | None:
    """Take the texts of elements that call themselves sources."""
    return best_kind(lines, is_labelled)


def is_labelled(_line: Line, one: Beside) -> bool:
    """Tell whether an element calls itself, or its text begins by saying it is, the source."""
    text = SOURCE_LABEL.sub("", one.text)
    named = text != one.text or bool(SOURCE_WORDS.search(one.label))
    return named and namelike(text)


def by_domain_beside(lines: Sequence[Line]) -> list[str | None] | None:
    """Take the texts that are the domain of the entry's own link."""
    return best_kind(lines, is_own_domain)


def is_own_domain(line: Line, one: Beside) -> bool:
    """Tell whether a text is the domain that the entry's link leads to."""
    match = DOMAIN.fullmatch(one.text.strip("()[] "))
    if not match or not line.host:
        return False
    host, domain = line.host.removeprefix("www."), match[1].lower().removeprefix("www.")
    return host == domain or host.endswith("." + domain) or domain.endswith("." + host)


def by_rest(lines: Sequence[Line], known: Mapping[str, str]) -> list[str | None] | None:
    """Take what stands between a title and its date, set off as publishers are.

    `<a>Title</a> - Publisher - November 8th, 2024`: the link holds the title alone.
    """
    names = [rest_of(line) for line in lines]
    found = [name for name in names if name]
    if len(found) < max(FEWEST, LEAST_PREFIXED * len(lines)):
        return None
    return names if varied(found, known, printed_alone=False) else None


def rest_of(line: Line) -> str | None:
    """Give the name in the rest of an entry's line, if the rest is one, set off by signs."""
    for one in line.beside:
        dated = bool(line.date_text) and str(line.date_text) in one.text
        text = one.text.replace(str(line.date_text), "") if dated else one.text
        match = REST.fullmatch(text.strip())
        # Brackets apart from the date hold sections more often than publishers.
        name = (match[1] or (match[2] if dated else None)) if match else None
        if name and namelike(name):
            return name
    return None


def best_kind(
    lines: Sequence[Line], fits: Callable[[Line, Beside], bool]
) -> list[str | None] | None:
    """Give each entry's text of the kind that fits most entries; None if it fits too few."""
    tally = Counter(
        kind for line in lines for kind in {one.kind for one in line.beside if fits(line, one)}
    )
    if not tally or tally.most_common(1)[0][1] < LEAST_BESIDE * len(lines):
        return None
    kind = tally.most_common(1)[0][0]
    return [
        next(
            (clean_name(one.text) for one in line.beside if one.kind == kind and fits(line, one)),
            None,
        )
        for line in lines
    ]


def clean_name(text: str) -> str:
    """Give a publisher's name without the label and the brackets around it."""
    return SOURCE_LABEL.sub("", text).strip(" ()[]（）【】|·•-–—:,")


def by_suffix(
    lines: Sequence[Line], known: Mapping[str, str], *, printed_alone: bool
) -> list[Credited] | None:
    """Part titles at the separator that most of them have before a name."""
    best = max(SUFFIXES, key=lambda sign: sum(sign in line.title for line in lines))
    pairs = [line.title.rpartition(best) for line in lines]
    names = [name for title, _, name in pairs if title]
    least = LEAST_SUFFIXED if printed_alone else LEAST_PREFIXED
    if len(names) < max(FEWEST, least * len(lines)):
        return None
    likely = sum(namelike(name) for name in names)
    if likely < LEAST_NAMELIKE * len(names) or not varied(
        names, known, printed_alone=printed_alone
    ):
        return None
    return [parted(line.title, best) for line in lines]


def varied(names: Sequence[str], known: Mapping[str, str], *, printed_alone: bool) -> bool:
    """Tell whether names can be publishers: some come again, yet not one and the same each time."""
    counts = Counter(names)
    if len(counts) == 1 and not printed_alone:
        return False
    repeated = sum(n for n in counts.values() if n > 1)
    familiar = sum(name in known.values() or bool(DOMAIN.fullmatch(name)) for name in names)
    return (repeated + familiar) * 4 >= len(names)


def parted(title: str, sign: str) -> Credited:
    """Part one title at the last `sign`, if a name follows it."""
    if CUT_OFF.search(title):
        return Credited(title=CUT_OFF.sub("", title).rstrip(), cut=True)
    before, _, name = title.rpartition(sign)
    if before.strip() and namelike(name):
        return Credited(title=before.strip(), publisher=name.strip())
    return Credited(title=title)


def by_bracket(
    lines: Sequence[Line], known: Mapping[str, str], *, printed_alone: bool
) -> list[Credited] | None:
    """Part titles from names in brackets after them."""
    return by_pattern(BRACKETED, lines, known, printed_alone=printed_alone)


def by_prefix(
    lines: Sequence[Line], known: Mapping[str, str], *, printed_alone: bool
) -> list[Credited] | None:
    """Part titles from names and a colon before them."""
    return by_pattern(PREFIXED, lines, known, printed_alone=printed_alone)


def by_pattern(
    pattern: re.Pattern[str],
    lines: Sequence[Line],
    known: Mapping[str, str],
    *,
    printed_alone: bool,
) -> list[Credited] | None:
    """Part titles as a pattern does, if it fits most of them and yields names that come again."""
    matches = [pattern.match(line.title) for line in lines]
    names = [match["name"] for match in matches if match and namelike(match["name"])]
    if len(names) < max(FEWEST, LEAST_PREFIXED * len(lines)):
        return None
    if (
        not varied(names, known, printed_alone=printed_alone)
        or len(set(names)) * 4 > len(names) * 3
    ):
        return None
    return [
        Credited(title=match["title"].strip(), publisher=match["name"].strip())
        if match and namelike(match["name"])
        else Credited(title=line.title)
        for line, match in zip(lines, matches, strict=True)
    ]


def by_host(
    lines: Sequence[Line], site: str | None, known: Mapping[str, str]
) -> list[str | None] | None:
    """Give the hosts of the links of a list that mostly leads elsewhere."""
    abroad = [line.host if line.host and not same_site(line.host, site) else None for line in lines]
    if sum(host is not None for host in abroad) < LEAST_ABROAD * len(lines):
        return None
    return [named(host, known) if host else None for host in abroad]


def named(host: str, known: Mapping[str, str]) -> str:
    """Give the name that a host's publisher goes by, else the host without `www.`."""
    short = host.removeprefix("www.")
    return known.get(host) or known.get(short) or short


def same_site(host: str, site: str | None) -> bool:
    """Tell whether two hosts are of one site, by the last two or three labels of their names."""
    return site is None or registrable(host) == registrable(site)


# Hosts whose last two labels are a registry's own: `co.uk`, `com.au`, `gov.br`.
SECOND_LEVEL = re.compile(
    r"(?:^|\.)(?:ac|co|com|edu|go|gob|gouv|gov|govt|mil|ne|net|nom|or|org)\.[a-z]{2}$"
)


def registrable(host: str) -> str:
    """Give a host's domain as one registers it, nearly: `a.b.co.uk` ▸ `b.co.uk`."""
    labels = host.lower().removeprefix("www.").split(".")
    return ".".join(labels[-3:] if SECOND_LEVEL.search(host.lower()) else labels[-2:])


def host_of(url: str | None) -> str | None:
    """Give the host of an absolute address."""
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None


def namelike(text: str) -> bool:
    """Tell whether a text can be a publisher's name: short, and begins as names do."""
    name = text.strip()
    if not 1 < len(name) <= LONGEST_NAME or len(name.split()) > MOST_WORDS:
        return False
    first = name[0]
    return (first.isupper() or first.isdigit() or not first.isascii() or "." in name) and any(
        map(str.isalpha, name)
    )
