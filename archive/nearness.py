"""Are two texts one story? Pure: it compares what sketches have brought together.

What two texts have word for word in common is found by their shingles. That much of the smaller one
is in the larger is not enough: releases and reports made by one template share most of their words
and are stories each. What tells them apart is what is specific, names, amounts and dates: a copy
has the same ones, however it was cut, framed or edited; a sibling has others in their places.
Boilerplate (what many other stories share too, forward-looking statements, "About" a firm) counts
for nothing. A wrong join is worse than a missed one: doubt is an answer of no.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import compress, pairwise

from archive.fingerprint import fold
from archive.sketch import WIDTH, Shingled, shingle, words

# Words in a row that two texts do not share by chance: a shingle or two are a phrase.
RUN = 6
# Words in common that are evidence at all: less is a quotation, or a site's standing sentence.
LEAST_SHARED = 40
# How much of the smaller text has to be in the larger: an aggregator's own words around an excerpt
# are fewer than the excerpt's.
LEAST_PART = 0.55
# Longer than this a head or a foot is a text of its own, not a dateline or a line of rights.
LONG_END = 40
CHARACTERS_A_WORD = 1.6
# And how much of all of it where most is boilerplate.
LEAST_WHOLE = 0.6
# Texts that begin alike and go on differently, or the other way round, are excerpts only where
# little is different.
LEAST_PART_OF_END = 0.7
# Below this ratio of lengths a text is an excerpt of the other.
EXCERPT = 0.5
# What a wire changes from one take to the next: one name or number, and one in so many that stay.
FREE_CONFLICTS, CONFLICTS_PER_KEPT = 1.0, 0.08
# More than any copy of the longest text may have: then no more are looked for.
UNBEARABLE = 500
SIBLINGS = "alike, but other names and numbers stand in the same places"
# In scripts without capitals names do not show: of eight words or characters in common one counts
# as specific, and of other words in the same place each as half a conflict.
WORDS_PER_NAME, HALF = 8, 0.5
# Two heads, or feet, with more words in common than this are filled in by one template.
ALIKE = 0.4
# In a gap longer than this something was added, not put in another's place.
SLOT = 12
# Marks a piece of text of such a script among names and numbers.
PIECE = "\x00"
# Copies are made within days; releases by one template come a week, a month or a quarter apart.
SOON = 3
# Beginnings of paragraphs that are said of a firm in each of its releases, in small letters and
# without hyphens; sorted.
STANDING = (
    "about ",
    "acerca de ",
    "all rights reserved",
    "cautionary ",
    "certain statements ",
    "contact:",
    "contacts:",
    "copyright ",
    "forward looking ",
    "for further information",
    "for more information",
    "informazioni su ",
    "investor contact",
    "investor relations",
    "investors:",
    "media contact",
    "media inquiries",
    "note regarding forward",
    "safe harbor",
    "sobre ",
    "source:",
    "the information contained in this ",
    "these forward looking ",
    "this news release contains ",
    "this press release contains ",
    "this press release may contain ",
    "über ",
    "zukunftsgerichtete ",
    "à propos d",
)
BEGINNING = 40
# A paragraph with two of them is one that lawyers ask for.
LEGAL = (
    "forward looking",
    "safe harbor",
    "safe harbour",
    "securities act",
    "securities litigation",
)
_QUOTES = "\"'“‘’«„([-–—*"


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A text with what else tells whose story it is."""

    text: str
    title: str | None = None
    site: str | None = None
    """Where it was published: the site of its address."""
    day: date | None = None
    """Of publication."""

    @cached_property
    def shingled(self) -> Shingled:
        """Give its words and shingles."""
        return shingle(self.text)

    @cached_property
    def known(self) -> frozenset[str]:
        """Give its different words, those of the title too."""
        return frozenset(self.shingled.words) | self.title_words

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Give the title's different words."""
        return frozenset(words(self.title)) if self.title else frozenset()

    @cached_property
    def joined(self) -> str:
        """Give its words one blank apart."""
        return " ".join(self.shingled.words)

    @cached_property
    def specific(self) -> frozenset[str]:
        """Give its names and numbers: the words with a digit or, always, a capital."""
        numbers = {word for word in self.known if not word.isalpha() and _has_digit(word)}
        return frozenset(_capitalised(f"{self.title or ''} {self.text}") | numbers)

    @cached_property
    def standing(self) -> tuple[tuple[int, int], ...]:
        """Give the spans of words (first, end) of paragraphs that every release repeats."""
        legal = any(phrase in self.joined for phrase in LEGAL)
        return tuple(_span(self.joined, each) for each in _standing(self.text, legal=legal))

    @cached_property
    def stretch(self) -> float:
        """How many characters stand for a word, in scripts whose characters are taken for words."""
        found = self.shingled.words
        return CHARACTERS_A_WORD if len(self.joined) < 3 * len(found) else 1.0

    @cached_property
    def caseless(self) -> bool:
        """Whether its script has no capitals."""
        return self.stretch > 1 or self.text.upper() == self.text.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How near two texts are, and whether that makes them one story."""

    near: bool
    reason: str
    """In words, why or why not."""
    part: float = 0.0
    """How much of the smaller text is in the larger, boilerplate left out; from 0 to 1."""
    excerpt: bool = False
    """One is a small part of the other under another head: it may be a round-up of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One of the two texts, as far as it is in the other."""

    leaf: Leaf
    covered: bytearray
    """1 for each word that is in a run that both have."""
    counts: bytearray
    """0 for each word that is boilerplate."""
    both: bytes
    """1 for each word that is covered and counts."""
    head: int
    """Words before the first that is shared."""
    foot: int
    """Words after the last that is shared."""

    @property
    def weight(self) -> int:
        """How many words count."""
        return self.counts.count(1)

    @property
    def shared(self) -> int:
        """How many of them are shared."""
        return self.both.count(1)

    @property
    def part(self) -> float:
        """Which part of what counts is shared."""
        return self.shared / self.weight if self.weight else 0.0

    @property
    def whole_part(self) -> float:
        """Which part of the whole text is shared."""
        return self.covered.count(1) / len(self.covered) if self.covered else 0.0


def compare(one: Leaf, other: Leaf, *, common: frozenset[int] = frozenset()) -> Nearness:
    """Say whether two texts are one story, and why.

    `common` are marks of shingles in the sketch of either that many other stories have too.
    """
    both = one.shingled.different & other.shingled.different
    sides = _side(one, both, common), _side(other, both, common)
    smaller = max(sides, key=lambda side: side.part)
    if smaller.shared < LEAST_SHARED * one.stretch:
        return _of_little(sides)
    if (reason := _ends_only(*sides, smaller.part)) is not None:
        return _apart(reason, smaller)
    conflicts = _conflicts(*sides)
    if conflicts and conflicts > _bearable(*sides):
        return _apart(SIBLINGS, smaller)
    sizes = sorted(side.weight for side in sides)
    excerpt = sizes[0] < EXCERPT * sizes[1] and not _akin(one, other)
    return _together(smaller.part, excerpt=excerpt)


def _of_little(sides: tuple[_Side, _Side]) -> Nearness:
    """Judge texts that share little besides boilerplate: copies if there is little else in one."""
    smaller = max(sides, key=lambda side: side.part)
    if smaller.part < LEAST_PART and min(side.weight for side in sides) >= LEAST_SHARED:
        return _apart("they share no more than standing phrases", smaller)
    smaller = max(sides, key=lambda side: side.whole_part)
    shared = smaller.covered.count(1)
    if shared < LEAST_SHARED * smaller.leaf.stretch or smaller.whole_part < LEAST_WHOLE:
        return _apart("they share no more than standing phrases", smaller)
    if (reason := _ends_only(*sides, smaller.whole_part)) is not None:
        return _apart(reason, smaller)
    if _conflicts(*sides):
        return _apart(SIBLINGS, smaller)
    return _together(smaller.whole_part)


def _together(part: float, *, excerpt: bool = False) -> Nearness:
    reason = f"near, {round(part * 100)} % of the words"
    return Nearness(near=True, reason=reason, part=part, excerpt=excerpt)


def _apart(reason: str, smaller: _Side) -> Nearness:
    return Nearness(near=False, reason=reason, part=smaller.part)


def _side(leaf: Leaf, both: frozenset[int], common: frozenset[int]) -> _Side:
    covered = bytearray(len(leaf.shingled.words))
    for first, end in _runs(bytes(map(both.__contains__, leaf.shingled.marks))):
        covered[first:end] = b"\x01" * (end - first)
    counts = bytearray(b"\x01" * len(covered))
    for first, end in (*leaf.standing, *_common_spans(leaf.shingled, common)):
        counts[first:end] = bytes(len(counts[first:end]))
    return _Side(
        leaf=leaf,
        covered=covered,
        counts=counts,
        both=_and(covered, counts),
        head=covered.find(1),
        foot=len(covered) - 1 - covered.rfind(1),
    )


def _and(one: bytearray, other: bytearray) -> bytes:
    both = int.from_bytes(one, "big") & int.from_bytes(other, "big")
    return both.to_bytes(len(one), "big")


def _runs(shared: bytes) -> Iterator[tuple[int, int]]:
    """Give the spans of words (first, end) that shared shingles cover, the short ones left out.

    `shared` has 1 for each shingle that both texts have.
    """
    first = end = 0
    at = shared.find(1)
    while at >= 0:
        if at > end:
            if end - first >= RUN:
                yield first, end
            first = at
        behind = shared.find(0, at)
        last = (behind if behind >= 0 else len(shared)) - 1
        end = last + WIDTH
        at = shared.find(1, last + 1)
    if end - first >= RUN:
        yield first, end


def _common_spans(shingled: Shingled, common: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Give the spans of words between two shingles of the sketch that both are common."""
    if not common:
        return
    low = common.union(shingled.lowest)
    places = [at for at, mark in enumerate(shingled.marks) if mark in low]
    for at, following in pairwise(places):
        if shingled.marks[at] in common and shingled.marks[following] in common:
            yield at, following + WIDTH


def _ends_only(one: _Side, other: _Side, part: float) -> str | None:
    """Say why what is shared is only a beginning, an end or a part; None where it is more."""
    if part < LEAST_PART:
        return f"they share {round(part * 100)} % of the words only"
    long = LONG_END * one.leaf.stretch
    heads, feet = (one.head, other.head), (one.foot, other.foot)
    if min(heads) > long and (max(feet) < long or (min(feet) < long and part < LEAST_PART_OF_END)):
        return "they share their ends only"
    if min(feet) > long and part < LEAST_PART_OF_END:
        return "they share their beginnings only"
    return None


def _conflicts(one: _Side, other: _Side) -> float:
    """Count what is specific in one text and stands in the other's place in the other.

    A place is a gap between what is shared, the same in both. What stands in one's gap only was
    added, or left out in the other: by an editor, or by a later take of the wire.
    """
    caseless = one.leaf.caseless and other.leaf.caseless
    find = _numbers_and_pieces if caseless else _names_and_numbers
    ours: set[str] = set()
    theirs: set[str] = set()
    for mine, yours in filter(all, _places(one, other)):
        novel = find(mine, yours, one.leaf, other.leaf), find(yours, mine, other.leaf, one.leaf)
        if all(novel):
            ours |= _without_variants(*novel)
            theirs |= _without_variants(*reversed(novel))
        if min(len(ours), len(theirs)) > UNBEARABLE:
            break
    return min(_weigh(ours), _weigh(theirs))


def _weigh(novel: Iterable[str]) -> float:
    """Count what is novel; of scripts without capitals a piece without number is half a one."""
    return sum(HALF if word.startswith(PIECE) else 1 for word in novel)


def _names_and_numbers(
    words: Sequence[str], others: Sequence[str], leaf: Leaf, other: Leaf
) -> set[str]:
    """Give the names that the other text has not, and the numbers that its words there have not.

    A name may stand elsewhere in the other text; small numbers stand everywhere by chance.
    """
    novel = (set(words) & leaf.specific).difference(others)
    return {word for word in novel if _has_digit(word) or word not in other.known}


def _numbers_and_pieces(
    words: Sequence[str], others: Sequence[str], _leaf: Leaf, other: Leaf
) -> set[str]:
    """Give the numbers that the other's words there have not; where there are none, a short piece.

    In scripts without capitals a name does not show: what stands in a short gap may be one.
    """
    numbers = {word for word in set(words).difference(others) if _has_digit(word)}
    if numbers or len(words) > SLOT or " ".join(words) in other.joined:
        return numbers
    return {PIECE + "".join(words)}


def _places(one: _Side, other: _Side) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Give what stands in each of two texts at the same place, between what they share."""
    if _akin(one.leaf, other.leaf):
        yield tuple(one.leaf.title_words), tuple(other.leaf.title_words)
    words, others = one.leaf.shingled.words, other.leaf.shingled.words
    heads = words[: one.head], others[: other.head]
    feet = words[len(words) - one.foot :], others[len(others) - other.foot :]
    least = [min(map(len, ends)) for ends in (heads, feet)]
    nearest = (
        (heads[0][len(heads[0]) - least[0] :], heads[1][len(heads[1]) - least[0] :]),
        (feet[0][: least[1]], feet[1][: least[1]]),
    )
    yield from (ends for ends in nearest if _alike(*ends))
    yield from (gap for gap in _paired_gaps(one, other) if _comparable(*gap))


def _paired_gaps(one: _Side, other: _Side) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """Give the words of the gaps that begin, or end, beside the same shared shingle."""
    words, others = one.leaf.shingled.words, other.leaf.shingled.words
    gaps = list(_gaps(other))
    after, before = dict(gaps), {end: first for first, end in gaps}
    marks = one.leaf.shingled.marks
    places = {mark: at for at, mark in enumerate(other.leaf.shingled.marks)}
    for first, end in _gaps(one):
        begins = places.get(marks[first - WIDTH], -WIDTH) + WIDTH
        ends = places.get(marks[end], 0) if end < len(marks) else 0
        if begins in after:
            yield words[first:end], others[begins : after[begins]]
        elif ends in before:
            yield words[first:end], others[before[ends] : ends]


def _comparable(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether one may stand in the other's place: a sentence does not in a paragraph's."""
    return max(len(one), len(other)) <= max(SLOT, 2 * min(len(one), len(other)))


def _gaps(side: _Side) -> Iterator[tuple[int, int]]:
    """Give the spans of words that are not shared, between the first and the last that is."""
    covered = side.covered
    at, last = covered.find(1), covered.rfind(1)
    while 0 <= (at := covered.find(0, at)) < last:
        end = covered.find(1, at)
        yield at, end
        at = end


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two heads, or feet, of one length are filled in by one template."""
    both, least = len(set(one) & set(other)), min(len(set(one)), len(set(other)))
    return least >= WIDTH and both > ALIKE * least


def _without_variants(novel: set[str], others: Iterable[str]) -> set[str]:
    """Leave out what the other text writes in another way: Nov and November, 5m and 5."""
    digits = {_digits(word) for word in others} - {""}
    stems = {word[:3] for word in others if len(word) > 2 and not _has_digit(word)}
    return {
        word
        for word in novel
        if (_digits(word) not in digits if _has_digit(word) else word[:3] not in stems)
    }


def _bearable(one: _Side, other: _Side) -> float:
    """Give how many conflicts a copy may have: by what stays the same, where and when it is."""
    kept = min(_kept(one), _kept(other))
    most = FREE_CONFLICTS + CONFLICTS_PER_KEPT * kept
    if one.leaf.site is not None and one.leaf.site == other.leaf.site:
        # A publisher prints a story once, and its templates again and again.
        most /= 2
    days = (one.leaf.day, other.leaf.day)
    if days[0] is not None and days[1] is not None and abs((days[0] - days[1]).days) > SOON:
        most /= 2
    return most


def _kept(side: _Side) -> float:
    """Count the different names and numbers that are shared."""
    kept = len(side.leaf.specific.intersection(compress(side.leaf.shingled.words, side.both)))
    return max(kept, side.shared / WORDS_PER_NAME if side.leaf.caseless else 0)


def _akin(one: Leaf, other: Leaf) -> bool:
    """Tell whether the titles have half of the shorter one's words in common, two at least."""
    both = one.title_words & other.title_words
    return len(both) >= max(2, min(len(one.title_words), len(other.title_words)) / 2)


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _capitalised(text: str) -> set[str]:
    """Give the folded words that are written with a capital wherever they stand."""
    every = {word.lstrip(_QUOTES) for word in set(text.split())}
    capitals = {word for word in every if word[:1].isupper()}
    others = every - capitals
    # Most words are folded already.
    plain = {word for word in others if word.isascii() and word.isalpha() and word.islower()}
    small = plain.union(fold(" ".join(others - plain)).split())
    return set(fold(" ".join(capitals)).split()) - small


def _standing(text: str, *, legal: bool) -> Iterator[str]:
    """Give the paragraphs that every release repeats."""
    for paragraph in filter(None, text.split("\n")):
        begins = paragraph[:BEGINNING].casefold().replace("-", " ")
        if begins.startswith(STANDING) or (legal and _legal(paragraph)):
            yield paragraph


def _legal(paragraph: str) -> bool:
    folded = fold(paragraph)
    return sum(map(folded.count, LEGAL)) > 1


def _span(joined: str, paragraph: str) -> tuple[int, int]:
    """Give where a paragraph stands among a text's words."""
    found = words(paragraph)
    first = joined.count(" ", 0, max(0, joined.find(" ".join(found))))
    return first, first + len(found)


def rank(holders: Mapping[int, Sequence[int]], *, most: int) -> list[int]:
    """Give the articles that share the sketch's rarest shingles, the likeliest first.

    `holders` gives of each shingle the articles that have it too, at most so many as were read.
    One that two share speaks as loud as a hundred that ten do: a template's siblings share many.
    """
    points: dict[int, float] = {}
    for articles in holders.values():
        for article in articles:
            points[article] = points.get(article, 0.0) + 1 / len(articles) ** 2
    return sorted(points, key=lambda article: (-points[article], article))[:most]
