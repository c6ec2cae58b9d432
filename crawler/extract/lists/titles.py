"""Which texts of a spot are its headline's title: not its section, its date, its excerpt.

A heading inside a link, or what calls itself a title, is the title. Else the list decides: parts
that stand at one place of most of its links are compared, and the first that looks like titles is
taken. A title is as printed: one that is cut stays so, whatever the link's `title` says.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from archive.records import DateSource
from crawler.extract.lists.columns import TITLE_WORDS, Spot
from crawler.extract.lists.datemarks import Mark, Place
from crawler.extract.lists.outline import BLOCKS, HEADINGS, Gap, Node, Text, join, lineage

# A title of this many letters is a full one; beyond, more letters say nothing more.
FULL_TITLE = 50

# Letters of scripts that write a word in one or two of them weigh more.
WIDE_FROM, WIDE = "\u2e80", 2.5

# Parts of a link that are in so many of a list's links are its pattern; others are a title's own.
LEAST_USUAL = 0.5

# The first part that looks this much like titles, compared with the best, is the title: an excerpt
# is longer, an author or a section shorter.
LEAST_LIKE_TITLES = 0.3

# Links that are looked at to find the pattern, and how many show one.
SAMPLE, FEWEST = 60, 3


# What emphasises a word of a title, and is no part of a link's pattern.
EMPHASIS = frozenset(
    ["abbr", "b", "code", "em", "font", "i", "mark", "q", "strong", "sub", "sup", "u"]
)

# A part of a link: the path of its element, and which of that path's elements it is.
PartKey = tuple[int, int]


def fullness(text: str) -> float:
    """Say how much of a full title's letters a text has, from 0 to 1."""
    return min(1.0, width(text[: 2 * FULL_TITLE]) / FULL_TITLE)


def width(text: str) -> float:
    """Count letters, those of dense scripts more."""
    if max(text, default="") < WIDE_FROM:
        return sum(map(str.isalpha, text))
    return sum(WIDE if c >= WIDE_FROM else 1.0 for c in text if c.isalpha())


@dataclass(frozen=True, slots=True)
class Pattern:
    """Of what parts most links of a list are made, and which of them is the title."""

    usual: frozenset[PartKey] = frozenset()
    title: PartKey | None = None

    def title_in(self, spot: Spot) -> list[Text]:
        """Give the texts of a link that are its title; none where the pattern does not fit."""
        if self.title is None:
            return []
        parts = parts_of(spot)
        if self.title not in parts:
            return []
        own = parts[self.title][0].node
        return [
            text
            for key, texts in parts.items()
            if key == self.title or key not in self.usual
            for text in texts
            if key == self.title or is_inside(text.node, own)
        ]


def pattern_of(spots: Sequence[Spot]) -> Pattern:
    """Find the parts that most links of a list have, and the first that looks like titles."""
    sample = [parts_of(spot) for spot in spots[:: max(1, len(spots) // SAMPLE)]]
    texts: dict[PartKey, list[str]] = defaultdict(list)
    for parts in sample:
        for key, of_part in parts.items():
            texts[key].append(join(of_part))
    usual = {key: found for key, found in texts.items() if len(found) >= LEAST_USUAL * len(sample)}
    if len(usual) < 2 or len(sample) < FEWEST:
        return Pattern()
    like = {
        key: sum(map(fullness, found)) / len(found) * len(set(found)) / len(found)
        for key, found in usual.items()
    }
    best = max(like.values())
    title = next(key for key, value in like.items() if value >= LEAST_LIKE_TITLES * best)
    return Pattern(frozenset(usual), title)


def parts_of(spot: Spot) -> dict[PartKey, list[Text]]:
    """Part a link's texts by their elements and lines, emphasis within a line left aside."""
    parts: dict[PartKey, list[Text]] = {}
    keys: dict[int, PartKey] = {}
    counts: Counter[int] = Counter()
    following = chain((text.gap for text in spot.texts[1:]), [Gap.BREAK])
    for text, gap in zip(spot.texts, following, strict=True):
        node = text.node
        is_line = text.gap is gap is Gap.BREAK
        while not is_line and node.tag in EMPHASIS and node is not spot.node and node.parent:
            node = node.parent
        if node.start not in keys or text.gap is Gap.BREAK:
            keys[node.start] = (node.path, counts[node.path])
            counts[node.path] += 1
        parts.setdefault(keys[node.start], []).append(text)
    return parts


def is_inside(node: Node, outer: Node) -> bool:
    """Tell whether an element is another or inside it."""
    return outer.holds(node.start)


def heading_in(spot: Spot) -> Node | None:
    """Give the heading inside a link, the longest if there are several."""
    lengths: dict[Node, int] = {}
    for text in spot.texts:
        for node in lineage(text.node, 3):
            if node is spot.node:
                break
            if node.tag in HEADINGS:
                lengths[node] = lengths.get(node, 0) + len(text.text)
    return max(lengths, key=lengths.__getitem__, default=None)


def title_of(spot: Spot, marks: Sequence[Mark], pattern: Pattern) -> str:
    """Give the title in a spot: its heading, else what calls itself so, else what the list shows.

    `marks` are the dates inside the spot; they are no part of the title. `pattern` is that of the
    list's links.
    """
    texts = without_label(without_dates(spot.texts, marks))
    is_bare = len(spot.texts) == 1 and spot.texts[0].node is spot.node
    inner = None if is_bare else heading_in(spot) or called_title(spot)
    if inner is not None:
        return join([text for text in texts if inner.holds(text.number)] or texts)
    if len(texts) == 1:
        return texts[0].text
    wanted = {text.number for text in pattern.title_in(spot)}
    texts = [text for text in texts if text.number in wanted] or texts
    return first_line([join(line) for line in lines_of(texts)])


def first_line(lines: Sequence[str]) -> str:
    """Give the first of a link's lines that is not much shorter than its longest."""
    longest = max(lines[:4], key=len, default="")
    return next((line for line in lines if 2 * len(line) >= len(longest[:80])), longest)


def without_label(texts: Sequence[Text]) -> Sequence[Text]:
    """Drop a first element that only says what follows: "Title:"."""
    if len(texts) > 1 and texts[0].text.endswith(":") and len(texts[0].text) <= LONGEST_LABEL:
        return texts[1:]
    return texts


# "Headline:" and its like in other languages.
LONGEST_LABEL = 14


def called_title(spot: Spot) -> Node | None:
    """Give the element inside a link that calls itself a title."""
    for text in spot.texts:
        for node in lineage(text.node, 2):
            if node is spot.node:
                break
            if TITLE_WORDS.search(node.label):
                return node
    return None


def without_dates(texts: Sequence[Text], marks: Sequence[Mark]) -> list[Text]:
    """Drop the texts that are dates, and cut a date off a text that it begins or ends."""
    kept = []
    for text in texts:
        mark = next((m for m in marks if m.number <= text.number < m.end), None)
        if mark is None or (mark.text is None and mark.source is not DateSource.LIST):
            kept.append(text)
        elif mark.place in {Place.START, Place.END} and mark.text is text:
            start, end = mark.found.start, mark.found.end
            rest = text.text[end:] if mark.place is Place.START else text.text[:start]
            rest = rest.strip(" -–—|:·•,()[]/")
            if rest:
                kept.append(Text(text.number, text.node, rest, text.gap))
        elif mark.place is Place.WITHIN:
            kept.append(text)
    return kept


def lines_of(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Part texts into lines, where a block begins or ends."""
    line: list[Text] = []
    for text in texts:
        if line and (text.gap == 2 or crosses_block(line[-1].node, text.node)):
            yield line
            line = []
        line.append(text)
    if line:
        yield line


def crosses_block(a: Node, b: Node) -> bool:
    """Tell whether two neighbouring texts are in different blocks."""
    return a is not b and (a.tag in BLOCKS) and (b.tag in BLOCKS) and a.parent is b.parent
