"""Who published each headline of a text list, by how its lines are built.

A line of text prints its publisher between title and date, before the title, in brackets, or beside
a link that holds the title. Which of these is decided for the list as a whole: first by names that
come again (`publishers`), then by the build that nearly all lines share, if what it parts off looks
like proper names. So a dash that a few titles have inside is no publisher, and neither are the
second halves of titles.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from crawler.extract.lists.columns import OTHER_TEXT
from crawler.extract.lists.publishers import CUT_OFF, NO_NAME, Credited, Line, credit
from crawler.extract.lists.textdates import EDGES
from crawler.extract.lists.textlists import TextEntry
from crawler.extract.lists.vouching import namelike, smallname
from crawler.extract.text.boilerplate import words as words_of

# Signs that stand between title and publisher. A comma has no say without names that come again.
SIGNS = (" - ", " – ", " — ", " | ", " · ", " • ", " / ", " ~ ", " :: ", " // ", ", ")
BRACKETED = re.compile(r"(?P<title>.{6,}?)\s*[(\[（【](?P<name>[^()\[\]（）【】]{2,50})[)\]）】]$")

BRACKETED_FIRST = re.compile(
    r"[(\[（【](?P<name>[^()\[\]（）【】]{2,50})[)\]）】]\s*(?P<title>.{6,})$"
)

# Lines that must share a build; where it is the date's own sign that parts the publisher, too, it
# is a habit sooner. One or two lines must all have it.
LEAST_SHARED = 0.8
LEAST_SAME_SIGN = 0.6
FEWEST = 3

# Names are no longer than this on average, and titles longer by this much.
WORDS_OF_NAME, LONGER_TITLES = 4.5, 1.4

# Names before a colon that do not come again are publishers if they have more than a word each.
WORDS_OF_PUBLISHER = 1.5

# Of what is parted off, this much must look like proper names.
LEAST_PROPER = 0.8

# Where a sign stands in titles, too, so many of the names must come again.
MOST_DISTINCT = 0.75

SMALL_WORDS = words_of(
    """a al and at d da das de del dem den der des di die do dos du el en et for für i im in la le
    les los na of on op og the to und van vom von y za zu"""
)


def credit_lines(
    entries: Sequence[TextEntry],
    hosts: Sequence[str | None],
    *,
    site: str | None,
    known: Mapping[str, str],
) -> list[Credited]:
    """Part titles and publishers of a list of text lines, in its order.

    `hosts` are those of the lines' addresses, `site` is the list's own, `known` maps hosts to the
    names that publishers go by.
    """
    beside = beside_links(entries)
    if beside:
        return beside
    titles = [entry.linked or entry.title for entry in entries]
    lines = [Line(title=title) for title in titles]
    parted = credit(lines, site=None, known=known, printed_alone=True)
    if any(one.publisher for one in parted):
        return [cut_off(one) for one in parted]
    built = by_build(titles, entries)
    if built:
        return built
    with_hosts = [replace(line, host=host) for line, host in zip(lines, hosts, strict=True)]
    parted = credit(with_hosts, site=site, known=known, printed_alone=True)
    return [cut_off(one) for one in parted]


def beside_links(entries: Sequence[TextEntry]) -> list[Credited] | None:
    """Take the titles for what the links hold, and the publishers for what stands beside them."""
    parted = [beside_link(entry) for entry in entries]
    named = sum(one is not None and one.publisher is not None for one in parted)
    if not named or named < LEAST_SAME_SIGN * len(entries):
        return None
    pairs = zip(entries, parted, strict=True)
    return [one or Credited(title=entry.linked or entry.title) for entry, one in pairs]


def beside_link(entry: TextEntry) -> Credited | None:
    """Give a linked title and the name beside it; None where the line has no link around it."""
    if entry.linked is None or entry.linked not in entry.title:
        return None
    before, _, after = entry.title.partition(entry.linked)
    name = " ".join(filter(None, (before.strip(EDGES), after.strip(EDGES))))
    return Credited(title=entry.linked, publisher=name if namelike(name) else None)


def cut_off(one: Credited) -> Credited:
    """Flag a publisher that is cut off right after its sign."""
    if one.publisher or not CUT_OFF.search(one.title):
        return one
    return Credited(title=CUT_OFF.sub("", one.title).rstrip(), cut=True)


def by_build(titles: Sequence[str], entries: Sequence[TextEntry]) -> list[Credited] | None:
    """Part titles in the way that nearly all lines are built."""
    dated = {entry.sign for entry in entries if entry.sign}
    own = next(iter(dated)) if len(dated) == 1 else None
    best: tuple[float, list[Credited]] | None = None
    for part, sign in WAYS:
        strict = [part(title, namelike) for title in titles]
        least = LEAST_SAME_SIGN if own and own == sign.strip() else LEAST_SHARED
        pairs = zip(strict, titles, strict=True)
        # A name that is written small, as `taz`, is one beside names of the others.
        parted = [one or (None if sign == ", " else part(title, smallname)) for one, title in pairs]
        if sum(map(bool, strict)) < LEAST_SAME_SIGN * len(strict) or not fits(parted, least, sign):
            continue
        length = mean_length(parted)
        if best is None or length < best[0]:
            best = (
                length,
                [
                    one or cut_off(Credited(title=title))
                    for one, title in zip(parted, titles, strict=True)
                ],
            )
    return best[1] if best else None


def fits(parted: Sequence[Credited | None], least: float, sign: str) -> bool:
    """Tell whether what one way parts off the titles are publishers."""
    found = [one for one in parted if one]
    names = [one.publisher or "" for one in found]
    shared = len(names) / len(parted)
    if not names or shared < (least if len(parted) >= FEWEST else 1):
        return False
    distinct = len(set(names)) / len(names)
    words = sum(len(name.split()) for name in names) / len(names)
    again = len(names) >= FEWEST and distinct <= MOST_DISTINCT
    many = shared == 1 and len(names) >= FEWEST
    if sign == ", " and not again:
        return False
    # "Budget: what comes": single words before a colon are topics sooner than publishers.
    is_topic = words < WORDS_OF_PUBLISHER and not (many and have_topics(found))
    if sign == ": " and not again and (shared < 1 or is_topic):
        return False
    # "[Sport] A win", "[Update] A storm": sections come again, and so would any other label.
    if sign == "[" and not (many and len(set(names)) > 1):
        return False
    letters = sum(map(len, names))
    titles = sum(len(one.title) for one in found)
    proper = sum(is_proper(name) or smallname(name) for name in names)
    return (
        words <= WORDS_OF_NAME
        and titles >= LONGER_TITLES * letters
        and proper >= LEAST_PROPER * len(names)
    )


def have_topics(found: Sequence[Credited]) -> bool:
    """Tell whether titles freed of what was before a colon begin with a topic still.

    `Wire: Budget: what comes`: a title has one topic, so what stands before it is a publisher.
    """
    topics = sum(before_sign(": ")(one.title, namelike) is not None for one in found)
    return topics >= max(2, LEAST_TOPICS * len(found))


# Of a list's titles, so many have a topic behind their publisher.
LEAST_TOPICS = 0.5


def mean_length(parted: Sequence[Credited | None]) -> float:
    """Give how long the names are that were parted off; those that come again count for less."""
    names = [one.publisher or "" for one in parted if one]
    return sum(map(len, names)) / len(names) * len(set(names)) / len(names)


def is_proper(name: str) -> bool:
    """Tell whether a text is written as names are: each word with a capital, but for small ones."""
    if "." in name and " " not in name:
        return True
    words = [word for word in re.findall(r"[^\W_]+", name) if word.lower() not in SMALL_WORDS]
    return bool(words) and all(not word[0].islower() for word in words)


# What parts a title: it takes the title, and what tells whether a text is a name.
Way = Callable[[str, Callable[[str], bool]], Credited | None]


def after_sign(sign: str) -> Way:
    """Give what parts a name after the last `sign` off a title."""

    def part(title: str, is_name: Callable[[str], bool]) -> Credited | None:
        before, _, name = title.rpartition(sign)
        if not before.strip() or not is_name(name) or CUT_OFF.search(title):
            return None
        return Credited(title=before.strip(), publisher=name.strip())

    return part


def before_sign(sign: str) -> Way:
    """Give what parts a name before the first `sign` off a title."""

    def part(title: str, is_name: Callable[[str], bool]) -> Credited | None:
        name, found, after = title.partition(sign)
        if not found or not after.strip() or not is_name(name):
            return None
        return Credited(title=after.strip(), publisher=name.strip())

    return part


def in_brackets(pattern: re.Pattern[str]) -> Way:
    """Give what parts a name in brackets off a title: at its end, or at its beginning."""

    def part(title: str, is_name: Callable[[str], bool]) -> Credited | None:
        match = pattern.match(title)
        if match is None or not is_name(match["name"]):
            return None
        name = match["name"].strip()
        if NO_NAME.fullmatch(name) or OTHER_TEXT.fullmatch(name):
            return None
        return Credited(title=match["title"].strip(), publisher=name)

    return part


WAYS: tuple[tuple[Way, str], ...] = (
    (in_brackets(BRACKETED), "("),
    (in_brackets(BRACKETED_FIRST), "["),
    *((after_sign(sign), sign) for sign in SIGNS),
    *((before_sign(sign), sign) for sign in (*SIGNS[:-1], ": ")),
)
