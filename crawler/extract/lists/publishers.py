"""Who published each headline, decided for the list as a whole.

A list prints its publishers in one way: in an element of their own, as a bracketed domain, after
or before the title. The way that most of its items share is taken, and only if what it yields
looks like names and something vouches for them (`vouching`), so that neither a dash inside a
title nor an author is a publisher. Without any, a list whose links lead to several other sites
has the links' hosts as publishers.

Knows no publisher by name; `known_publishers` come from the caller.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from crawler.extract.lists.columns import OTHER_TEXT
from crawler.extract.lists.hosts import registrable, same_site
from crawler.extract.lists.vouching import (
    DOMAIN,
    is_familiar,
    namelike,
    resembles,
    smallname,
    vouched,
)

# What separates a title from a publisher after it. Each needs its spaces: "cell- based" has none.
SUFFIXES = (" - ", " – ", " — ", " | ", " · ", " • ")

# A publisher that is cut off right after its separator: "… production -...".
CUT_OFF = re.compile(r"\s[-–—|]\s?(?:\.{3}|…)$")

# The rest of a line whose link holds the title alone: the name between dashes, or in brackets.
REST = re.compile(
    r"[-–—|·•]\s*([^-–—|·•()\[\]][^–—|·•()\[\]]*?)\s*[-–—|·•,]?"
    r"|[(\[（【]([^()\[\]（）【】]+)[)\]）】]\s*[-–—|·•,:]?"
)

BRACKETED = re.compile(r"^(?P<title>.{8,}?)\s*[(\[（【](?P<name>[^()\[\]（）【】]{2,50})[)\]）】]$")
PREFIXED = (
    re.compile(r"^(?P<name>[^:：]{2,40})(?::\s+|：\s*)(?P<title>.{8,})$"),
    re.compile(r"^[\[(（【](?P<name>[^()\[\]（）【】]{2,50})[)\]）】]\s*(?P<title>.{8,})$"),
    re.compile(r"^(?P<name>[^–—|·•]{2,40}?) [-–—|·•] (?P<title>.{8,})$"),
)

# What an element calls itself that holds a publisher.
SOURCE_WORDS = re.compile(
    r"\b(?:source|publisher|publication|outlet|provider|sitestr|sitebit|site-?name|quelle|fuente|"
    r"fonte|domain|herkunft|laiyuan)\b|-source\b|\bsource-"
)
SOURCE_LABEL = re.compile(
    r"^(?:(?:source|via|from|publication|publisher|published in|outlet|quelle|fuente|medio|fonte|"
    r"источник|来源|來源|媒体|出典|출처)\s?[:：]|via\s)\s?",
    re.IGNORECASE,
)

# "Read it at Name": an invitation, with the name that it is to.
INVITATION = re.compile(
    r"(?:read|view|see|watch|listen|continue)(?: reading| to)?(?: (?:it|more|the))?"
    r"(?: (?:full )?(?:article|story|piece|post))? (?:on|at|in|from)\s",
    re.IGNORECASE,
)

# What parts a text of several things: "Reuters | Business", "Reuters • ".
PARTS = re.compile(r"\s*[|·•]\s*|\s+[-–—/]\s+")
EDGES = " \t()[]（）【】「」『』|·•-–—:：,，;/"

# What is short and beside a title, but no name: a file's kind and size, a year, a byline, a
# clause, a count.
NO_NAME = re.compile(
    r"(?:pdf|docx?|word|html?|mp[34]|zip|epub|video|audio)\b.{0,30}|[\d.,]+\s?[kmg]i?b|by\s.*"
    r"|.*\b(?:19|20)\d\d\b.*|.*,\s(?-i:[a-z]).*|\d+\s(?-i:[a-z]).*",
    re.IGNORECASE,
)

# Shares of a list's items that must agree.
LEAST_BESIDE = 0.5
LEAST_SUFFIXED = 0.35
LEAST_NAMELIKE = 0.7
LEAST_PREFIXED = 0.6
LEAST_ABROAD = 0.6
# Names behind a dash of which so many come again are a habit, even where many items have none.
LEAST_RECURRING = 0.8

# Items of a list that is too short to show a habit.
FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A short text of an entry that is not its title, or a logo's alternative text."""

    kind: int
    """What its element is, by tags alone."""
    label: str
    """The words that its element is called by."""
    text: str
    path: int = 0
    """What its element is, by tags and classes; negative for a logo."""
    is_before: bool = False
    """It stands before the title."""
    is_headed: bool = False
    """It stands in a table's column that is headed as one of publishers."""
    is_doubtful: bool = False
    """It is called an author, a section or an action, is inside the title's link, or a logo."""
    home: str | None = None
    """The host to whose home page it is a link."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OfList:
    """What is known of the list whose entries are parted."""

    site: str | None
    """The host of the list itself."""
    known: Mapping[str, str]
    printed_alone: bool
    """The entries are lines of text."""

    def vouches(
        self,
        names: Sequence[str | None],
        lines: Sequence[Line],
        *,
        by_hosts_only: bool = False,
    ) -> bool:
        """Tell whether something vouches that these are the entries' publishers."""
        return vouched(
            names,
            [line.host for line in lines],
            site=self.site,
            known=self.known,
            by_hosts_only=by_hosts_only,
        )


def credit(
    lines: Sequence[Line], *, site: str | None, known: Mapping[str, str], printed_alone: bool
) -> list[Credited]:
    """Part titles and publishers of one list, in its order.

    `site` is the host of the list itself. `printed_alone` says that the entries are lines of
    text, where a suffix is how a publisher is printed; a link's text is a title as it stands, so
    there a suffix must be more common.
    """
    of_list = OfList(site=site, known=known, printed_alone=printed_alone)
    names = (
        by_element(lines)
        or by_domain_beside(lines)
        or by_rest(lines, of_list)
        or by_place(lines, of_list)
    )
    if names is None:
        ways = (by_suffix, by_bracket, by_prefix)
        parted = next(filter(None, (way(lines, of_list) for way in ways)), None)
        if parted:
            return parted
        names = by_host(lines, of_list)
    return [
        Credited(title=line.title, publisher=name)
        for line, name in zip(lines, names or [None] * len(lines), strict=True)
    ]


def by_element(lines: Sequence[Line]) -> list[str | None] | None:
    """Take the texts of elements that call themselves sources."""
    return best_kind(lines, is_labelled)


def is_labelled(_line: Line, one: Beside) -> bool:
    """Tell whether an element is called, headed or introduced as a source, or leads to its home."""
    return (
        one.is_headed
        or bool(SOURCE_LABEL.match(one.text.lstrip(EDGES)))
        or bool(SOURCE_WORDS.search(one.label))
        or (one.home is not None and resembles(one.text, one.home))
    )


def by_domain_beside(lines: Sequence[Line]) -> list[str | None] | None:
    """Take the texts that are the domain of the entry's own link."""
    return best_kind(lines, is_own_domain)


def is_own_domain(line: Line, one: Beside) -> bool:
    """Tell whether a text is the domain that the entry's link leads to."""
    if not line.host or "." not in one.text:
        return False
    match = DOMAIN.fullmatch(one.text.strip("()[] "))
    if not match:
        return False
    host, domain = line.host.removeprefix("www."), match[1].lower().removeprefix("www.")
    return host == domain or host.endswith("." + domain) or domain.endswith("." + host)


def best_kind(
    lines: Sequence[Line], fits: Callable[[Line, Beside], bool]
) -> list[str | None] | None:
    """Give each entry's name of the kind that fits most entries; None if it fits too few."""
    found = [
        {
            one.kind: name
            for one in reversed(line.beside)
            if fits(line, one)
            for name in first(line, one)
        }
        for line in lines
    ]
    tally = Counter(kind for names in found for kind in names)
    if not tally or tally.most_common(1)[0][1] < LEAST_BESIDE * len(lines):
        return None
    kind = tally.most_common(1)[0][0]
    return [names.get(kind) for names in found]


def first(line: Line, one: Beside) -> list[str]:
    """Give the first name in a text beside a title, or none."""
    return names_in(one.text, line.date_text)[:1]


def names_in(text: str, date_text: str | None) -> list[str]:
    """Give what may be names in a text beside a title, without the date that it may hold."""
    rest = text.replace(date_text, "") if date_text else text
    if not rest:
        return []
    parts = (SOURCE_LABEL.sub("", part.strip(EDGES)).strip(EDGES) for part in PARTS.split(rest))
    parts = (INVITATION.sub("", part, count=1) for part in parts)
    return [
        part
        for part in parts
        if namelike(part) and not NO_NAME.fullmatch(part) and not OTHER_TEXT.fullmatch(part)
    ]


def by_place(lines: Sequence[Line], of_list: OfList) -> list[str | None] | None:
    """Take what stands at one place of most entries, if something vouches that it is publishers."""
    fullest = sorted(places_of(lines).items(), key=lambda place: -len(place[1]))
    for (_, is_doubtful, *_), names in fullest[:MOST_PLACES]:
        if len(names) < max(FEWEST, LEAST_BESIDE * len(lines)):
            return None
        given = [names.get(index) for index in range(len(lines))]
        if of_list.vouches(given, lines, by_hosts_only=is_doubtful):
            return given
    return None


# A place of an entry: how it is told, whether it is doubtful, the element, where in the entry.
PlaceKey = tuple[bool, bool, int, bool, int, int]


def places_of(lines: Sequence[Line]) -> dict[PlaceKey, dict[int, str]]:
    """Give the names at each place of the entries, by the entries' indices.

    A place is told by its element's classes, and by its number among those of its tags, as
    classes may differ from entry to entry.
    """
    places: dict[PlaceKey, dict[int, str]] = defaultdict(dict)
    for index, line in enumerate(lines):
        ordinals: Counter[tuple[int, bool]] = Counter()
        for one in line.beside:
            ordinals[one.kind, one.is_before] += 1
            ordinal = ordinals[one.kind, one.is_before]
            for part, name in enumerate(names_in(one.text, line.date_text)):
                where = (one.is_before, part)
                places[True, one.is_doubtful, one.path, *where, 0].setdefault(index, name)
                places[False, one.is_doubtful, one.kind, *where, ordinal].setdefault(index, name)
    return places


# Places of an entry that are looked at, the fullest first.
MOST_PLACES = 40


def by_rest(lines: Sequence[Line], of_list: OfList) -> list[str | None] | None:
    """Take what stands between a title and its date, set off as publishers are.

    `<a>Title</a> - Publisher - November 8th, 2024`: the link holds the title alone.
    """
    names = [rest_of(line) for line in lines]
    found = [name for name in names if name]
    if len(found) < max(FEWEST, LEAST_PREFIXED * len(lines)):
        return None
    return names if varied(found, of_list) else None


def rest_of(line: Line) -> str | None:
    """Give the name in the rest of an entry's line, if the rest is one, set off by signs."""
    for one in line.beside:
        dated = bool(line.date_text) and str(line.date_text) in one.text
        text = one.text.partition(str(line.date_text))[0] if dated else one.text
        match = REST.fullmatch(text.strip())
        # Brackets apart from the date hold sections more often than publishers.
        name = (match[1] or (match[2] if dated else None)) if match else None
        if name and namelike(name) and not NO_NAME.fullmatch(name):
            return name
    return None


def by_suffix(lines: Sequence[Line], of_list: OfList) -> list[Credited] | None:
    """Part titles at the separator that most of them have before a name."""
    titles = "\n".join(line.title for line in lines)
    signs = [sign for sign in SUFFIXES if sign in titles]
    if not signs:
        return None
    best = max(signs, key=lambda sign: sum(sign in line.title for line in lines))
    pairs = [line.title.rpartition(best) for line in lines]
    given = [name.strip() if title else None for title, _, name in pairs]
    names = [name for name in given if name]
    told = of_list.printed_alone or recurring(names) >= LEAST_RECURRING
    least = LEAST_SUFFIXED if told else LEAST_PREFIXED
    if len(names) < max(FEWEST, least * len(lines)):
        return None
    likely = sum(namelike(name) for name in names)
    if likely < LEAST_NAMELIKE * len(names):
        return None
    if not varied(names, of_list) and not of_list.vouches(given, lines, by_hosts_only=True):
        return None
    is_habit = likely >= LEAST_PREFIXED * len(lines)
    return [parted(line.title, best, is_habit=is_habit) for line in lines]


def recurring(names: Sequence[str]) -> float:
    """Give the part of the names that come again: what follows a dash inside a title does not."""
    counts = Counter(names)
    return sum(n for n in counts.values() if n > 1) / max(len(names), 1)


def varied(names: Sequence[str], of_list: OfList) -> bool:
    """Tell whether names can be publishers: some come again, yet not one and the same each time."""
    counts = Counter(names)
    if len(counts) == 1 and not of_list.printed_alone:
        return False
    repeated = sum(n for n in counts.values() if n > 1)
    told = sum(is_familiar(name, of_list.known.values()) for name in names)
    return (repeated + told) * 4 >= len(names)


def parted(title: str, sign: str, *, is_habit: bool) -> Credited:
    """Part one title at the last `sign`, if a name follows it.

    Where it is the list's habit to have one there, it may be written small.
    """
    if CUT_OFF.search(title):
        return Credited(title=CUT_OFF.sub("", title).rstrip(), cut=True)
    before, _, name = title.rpartition(sign)
    if before.strip() and (namelike(name) or (is_habit and smallname(name))):
        return Credited(title=before.strip(), publisher=name.strip())
    return Credited(title=title)


def by_bracket(lines: Sequence[Line], of_list: OfList) -> list[Credited] | None:
    """Part titles from names in brackets after them."""
    return by_pattern(BRACKETED, lines, of_list, least_evidence=comes_again)


def by_prefix(lines: Sequence[Line], of_list: OfList) -> list[Credited] | None:
    """Part titles from names before them: `Name: Title`, `[Name] Title`, `Name – Title`.

    Sections and places stand so too, so a link's text needs more than names that come again.
    """
    evidence = comes_again if of_list.printed_alone else nothing
    ways = (by_pattern(one, lines, of_list, least_evidence=evidence) for one in PREFIXED)
    return next(filter(None, ways), None)


def comes_again(names: Sequence[str], of_list: OfList) -> bool:
    """Tell whether enough names come again for them to be publishers."""
    return varied(names, of_list) and len(set(names)) * 4 <= len(names) * 3


def nothing(_names: Sequence[str], _of_list: OfList) -> bool:
    """Tell that names alone are no evidence."""
    return False


def by_pattern(
    pattern: re.Pattern[str],
    lines: Sequence[Line],
    of_list: OfList,
    *,
    least_evidence: Callable[[Sequence[str], OfList], bool],
) -> list[Credited] | None:
    """Part titles as a pattern does, if it fits most of them and yields names of publishers."""
    matches = [pattern.match(line.title) for line in lines]
    given = [match["name"].strip() if match else None for match in matches]
    names = [
        name if name and namelike(name) and not NO_NAME.fullmatch(name) else None for name in given
    ]
    found = [name for name in names if name]
    if len(found) < max(FEWEST, LEAST_PREFIXED * len(lines)):
        return None
    if not least_evidence(found, of_list) and not of_list.vouches(names, lines):
        return None
    return [
        Credited(title=match["title"].strip(), publisher=name)
        if match and name
        else Credited(title=line.title)
        for line, match, name in zip(lines, matches, names, strict=True)
    ]


def by_host(lines: Sequence[Line], of_list: OfList) -> list[str | None] | None:
    """Give the hosts of the links of a list that mostly leads elsewhere, to several sites."""
    hosts = {line.host for line in lines if line.host}
    others = {host for host in hosts if not same_site(host, of_list.site)}
    abroad = [line.host if line.host in others else None for line in lines]
    if sum(host is not None for host in abroad) < LEAST_ABROAD * len(lines):
        return None
    if len({registrable(host) for host in abroad if host}) == 1 < len(lines):
        return None
    return [named(host, of_list.known) if host else None for host in abroad]


def named(host: str, known: Mapping[str, str]) -> str:
    """Give the name that a host's publisher goes by, else the host without `www.`."""
    short = host.removeprefix("www.")
    return known.get(host) or known.get(short) or short
