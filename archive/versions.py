"""How one version of a text differs from another: by words, and by characters in Chinese. Pure.

`differences` gives both texts in one row of pieces, kept, removed and added, which joined in one
way are the old text and in the other the new; `hunks` leaves of them what is near a change.

Lines are compared first, then the words of those that differ. Both times what occurs once in each
text is the anchor (patience, after B. Cohen's diff), and what lies between two anchors is compared
by E. Myers' greedy method up to a bound ("An O(ND) difference algorithm", 1986): beyond it the two
have so little in common that they are given as removed and added. So the cost stays near the texts'
length where difflib's grows with its square. Whether a difference matters says `archive.clutter`.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from archive.scripts import UNSPACED

# Edits between two anchors up to which the shortest way is sought; and steps spent on it. A
# paragraph's revision takes some tens; what needs more was written anew.
MOST_EDITS = 150
MOST_STEPS = 60_000
# How often what lies between anchors is looked through for new ones.
DEEPEST = 24
# How many lines on a revised line is looked for.
NEAREST_LINES = 8
# Letters of what may be kept by chance: `, and of the`.
CHANCE = 16
# Characters by which a change is moved to begin at a boundary.
FURTHEST_SLIDE = 200
SENTENCE_ENDS = (".", "!", "?", "。", "！", "？", "।", "…")
# Characters around a change: some ten words, a line on a terminal.
CONTEXT = 70

_UNSPACED = "".join(f"{first}-{last}" for first, last in UNSPACED)
# A character with its marks, a word or a number, blanks, or a sign.
_TOKEN = re.compile(
    rf"[{_UNSPACED}][\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]*"
    rf"|\d+(?:[.,:]\d+)*|(?:[^\W{_UNSPACED}]|[\u0300-\u036f\u0900-\u0dff])+(?:['’][^\W\d{_UNSPACED}]+)*"
    r"|\s+|."
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class PieceKind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text that was kept, removed or added as a whole."""

    text: str
    kind: PieceKind


# A run of equal tokens: where it begins in either text, and how long it is.
Run = tuple[int, int, int]
# What is equal, then what stands in its place in either text before the next that is equal.
Row = tuple[str, str, str]


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """Give both texts in one: what is kept, and between it what is removed before what is added.

    Pieces that are kept or removed, joined, are `old`; those that are kept or added are `new`. No
    two pieces of one kind follow each other, and none is empty.
    """
    rows: list[Row] = []
    for same, removed, added in _rows(_LINE.findall(old), _LINE.findall(new)):
        rows.append((same, "", ""))
        for before, after in _paired(_LINE.findall(removed), _LINE.findall(added)):
            rows += _rows(_TOKEN.findall(before), _TOKEN.findall(after))
    return tuple(_pieces(_joined(_slid(list(_settled(rows))))))


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Give lines that were revised each beside what it became, and what is between as it is.

    A line became the first of the next few that has half of its words.
    """
    words = [Counter(filter(str.strip, _TOKEN.findall(line))) for line in new]
    done_old = done_new = 0
    for place, line in enumerate(old):
        sought = Counter(filter(str.strip, _TOKEN.findall(line)))
        near = range(done_new, min(done_new + NEAREST_LINES, len(new)))
        found = next((at for at in near if _are_alike(sought, words[at])), None)
        if found is not None:
            yield "".join(old[done_old:place]), "".join(new[done_new:found])
            yield line, new[found]
            done_old, done_new = place + 1, found + 1
    yield "".join(old[done_old:]), "".join(new[done_new:])


def _are_alike(one: Counter[str], other: Counter[str]) -> bool:
    most = max(one.total(), other.total())
    return most > 0 and 2 * (one & other).total() >= most


def _rows(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    done_old = done_new = 0
    same = ""
    for start_old, start_new, length in sorted(_common(old, new)):
        if start_old > done_old or start_new > done_new:
            yield same, "".join(old[done_old:start_old]), "".join(new[done_new:start_new])
            same = ""
        done_old, done_new = start_old + length, start_new + length
        same += "".join(old[start_old:done_old])
    yield same, "".join(old[done_old:]), "".join(new[done_new:])


def _settled(rows: Iterable[Row]) -> Iterator[Row]:
    """Give up what was kept by chance: a few words, shorter than the changes on both their sides.

    A sentence written anew shares `the` and `of` with the old one; nobody kept them. Rows without a
    change are joined with the next.
    """
    done: list[_Change] = []
    for same, removed, added in rows:
        size = max(len(removed), len(added))
        done.append(_Change(kept=[same], removed=[removed], added=[added], size=size))
        while len(done) > 1 and (not done[-2].size or done[-1].is_by_chance_after(done[-2])):
            done[-2].take(done.pop())
    for change in done:
        yield "".join(change.kept), "".join(change.removed), "".join(change.added)


@dataclass(slots=True, kw_only=True)
class _Change:
    """A row that others may be joined to, in parts."""

    kept: list[str]
    removed: list[str]
    added: list[str]
    size: int
    """Characters of the longer side of the change; 0 where nothing changed."""

    def is_by_chance_after(self, before: "_Change") -> bool:
        kept = "".join(self.kept)
        letters = len(kept.strip())
        # The end of a line or of a sentence parts one change from the next.
        if "\n" in kept or kept.strip().endswith(SENTENCE_ENDS) or letters > CHANCE:
            return False
        return letters <= before.size and letters <= self.size > 0

    def take(self, other: "_Change") -> None:
        if not self.size:
            self.kept += other.kept
            self.size = other.size
        else:
            self.removed += other.kept
            self.added += other.kept
            self.size += sum(map(len, other.kept)) + other.size
        self.removed += other.removed
        self.added += other.added


def _slid(rows: list[Row]) -> list[Row]:
    """Have what was only added or removed begin where a line, a sentence or a word begins.

    `here{+. More+}.` is `here.{+ More.+}` too, and both are what the comparison may give.
    """
    for place in range(len(rows) - 1):
        same, removed, added = rows[place]
        if bool(removed) != bool(added):
            same, changed, after = _best_slide(same, removed or added, rows[place + 1][0])
            rows[place] = (same, changed, "") if removed else (same, "", changed)
            rows[place + 1] = (after, *rows[place + 1][1:])
    return rows


def _best_slide(before: str, changed: str, after: str) -> Row:
    furthest = min(len(after) - 1, FURTHEST_SLIDE)
    right = 0
    while right < furthest and after[right] == changed[right % len(changed)]:
        right += 1
    nearest = min(len(before), FURTHEST_SLIDE)
    left = 0
    while left < nearest and before[-1 - left] == changed[-1 - left % len(changed)]:
        left += 1
    whole = before[len(before) - left :] + changed + after[:right]
    start = before[: len(before) - left]
    shift = max(range(left + right + 1), key=lambda at: (_fitness(start, whole[:at]), at == left))
    end = shift + len(changed)
    return start + whole[:shift], whole[shift:end], whole[end:] + after[right:]


def _fitness(before: str, kept: str) -> int:
    """Say how well a change may begin behind these two, from 0 to 4."""
    end = (before[-2:] + kept)[-2:]
    if not end or end.endswith("\n"):
        return 4 if end in {"", "\n\n"} else 3
    if not end[-1].isspace():
        return 0
    return 2 if end[0] in SENTENCE_ENDS else 1


def _joined(rows: Iterable[Row]) -> Iterator[Row]:
    """Join rows between which nothing is kept, and those that change nothing with the next."""
    held: Row = ("", "", "")
    for same, removed, added in rows:
        if not same:
            held = held[0], held[1] + removed, held[2] + added
        elif held[1] or held[2]:
            yield held
            held = same, removed, added
        else:
            held = held[0] + same, removed, added
    yield held


def _pieces(rows: Iterable[Row]) -> Iterator[Piece]:
    for same, removed, added in rows:
        if same:
            yield Piece(text=same, kind=PieceKind.SAME)
        if removed:
            yield Piece(text=removed, kind=PieceKind.REMOVED)
        if added:
            yield Piece(text=added, kind=PieceKind.ADDED)


def hunks(pieces: Sequence[Piece], *, context: int = CONTEXT) -> tuple[tuple[Piece, ...], ...]:
    """Give the changes with so many characters around them, those that are near in one row.

    What is cut ends at a blank where one is near. Gives nothing where nothing changed.
    """
    rows: list[list[Piece]] = [[]]
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        if piece.kind is not PieceKind.SAME:
            rows[-1].append(piece)
            continue
        head = _cut(piece.text, context) if place else ""
        tail = _cut(piece.text[::-1], context)[::-1] if place < last else ""
        if head and tail and len(head) + len(tail) >= len(piece.text):
            rows[-1].append(piece)
            continue
        rows[-1] += _kept(head)
        rows.append(_kept(tail))
    return tuple(tuple(row) for row in rows if any(p.kind is not PieceKind.SAME for p in row))


def _kept(text: str) -> list[Piece]:
    return [Piece(text=text, kind=PieceKind.SAME)] if text else []


def _cut(text: str, length: int) -> str:
    """Give a text's beginning, up to the last blank if there is one in its second half."""
    if len(text) <= length:
        return text
    blank = max(text.rfind(char, length // 2, length) for char in " \n")
    return text[:blank] if blank > 0 else text[:length]


@dataclass(frozen=True, slots=True)
class _Gap:
    """Parts of both texts that are still to be compared: from and up to which token, how deep."""

    old: int
    old_end: int
    new: int
    new_end: int
    depth: int


def _common(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Give the runs of tokens that both texts have, in no order."""
    found: list[Run] = []
    waiting = [_Gap(0, len(old), 0, len(new), 0)]
    while waiting:
        gap, ends = _trimmed(old, new, waiting.pop())
        found += ends
        if gap.old == gap.old_end or gap.new == gap.new_end:
            continue
        anchors = _anchors(old, new, gap) if gap.depth < DEEPEST else []
        if anchors:
            waiting += _between(anchors, gap)
        else:
            found += _shortest(old, new, gap)
    return found


def _trimmed(old: Sequence[str], new: Sequence[str], gap: _Gap) -> tuple[_Gap, list[Run]]:
    """Take off what both parts begin and end with."""
    first, last = (gap.old, gap.new), (gap.old_end, gap.new_end)
    while first[0] < last[0] and first[1] < last[1] and old[first[0]] == new[first[1]]:
        first = (first[0] + 1, first[1] + 1)
    while first[0] < last[0] and first[1] < last[1] and old[last[0] - 1] == new[last[1] - 1]:
        last = (last[0] - 1, last[1] - 1)
    head, tail = first[0] - gap.old, gap.old_end - last[0]
    runs = [(gap.old, gap.new, head)] if head else []
    runs += [(last[0], last[1], tail)] if tail else []
    return _Gap(first[0], last[0], first[1], last[1], gap.depth), runs


def _anchors(old: Sequence[str], new: Sequence[str], gap: _Gap) -> list[tuple[int, int]]:
    """Give the places of tokens that occur once in each part, as many as keep their order."""
    counts_old = Counter(old[gap.old : gap.old_end])
    counts_new = Counter(new[gap.new : gap.new_end])
    places = {new[place]: place for place in range(gap.new, gap.new_end)}
    pairs = [
        (place, places[old[place]])
        for place in range(gap.old, gap.old_end)
        if counts_old[old[place]] == 1 == counts_new[old[place]]
    ]
    return _longest_rising(pairs)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the most pairs, of those in order of their first, whose second rises too."""
    tops: list[int] = []
    at_top: list[int] = []
    before: list[int | None] = []
    for index, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(at_top[pile - 1] if pile else None)
        tops[pile : pile + 1] = [place]
        at_top[pile : pile + 1] = [index]
    chain: list[tuple[int, int]] = []
    last = at_top[-1] if at_top else None
    while last is not None:
        chain.append(pairs[last])
        last = before[last]
    return chain[::-1]


def _between(anchors: Sequence[tuple[int, int]], gap: _Gap) -> Iterator[_Gap]:
    """Give the gaps that anchors part; each begins with its anchor, which is taken off there."""
    ends = [*anchors[1:], (gap.old_end, gap.new_end)]
    yield _Gap(gap.old, anchors[0][0], gap.new, anchors[0][1], gap.depth + 1)
    for (old, new), (old_end, new_end) in zip(anchors, ends, strict=True):
        yield _Gap(old, old_end, new, new_end, gap.depth + 1)


def _shortest(old: Sequence[str], new: Sequence[str], gap: _Gap) -> list[Run]:
    """Give the equal tokens of the shortest way from one part to the other; none beyond bounds.

    A diagonal `k` is where `x - y == k`; `reach[k]` is how far along it a number of edits leads.
    """
    width, height = gap.old_end - gap.old, gap.new_end - gap.new
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    steps = 0
    for edits in range(min(width + height, MOST_EDITS) + 1):
        trail.append(dict(reach))
        for k in range(-edits, edits + 1, 2):
            x = _next_x(reach, k, edits)
            y = x - k
            start = x
            while x < width and y < height and old[gap.old + x] == new[gap.new + y]:
                x, y = x + 1, y + 1
            reach[k] = x
            steps += 1 + x - start
            if x >= width and y >= height:
                return [
                    (gap.old + a, gap.new + b, length)
                    for a, b, length in _retraced(trail, width, height)
                ]
        if steps > MOST_STEPS:
            break
    return []


def _next_x(reach: dict[int, int], k: int, edits: int) -> int:
    """Give how far one more edit leads onto a diagonal: down from above, or right from the left."""
    down = k == -edits or (k != edits and reach[k - 1] < reach[k + 1])
    return reach[k + 1] if down else reach[k - 1] + 1


def _retraced(trail: Sequence[dict[int, int]], x: int, y: int) -> Iterator[Run]:
    """Give the runs along the way that was found, walked back from its end."""
    for edits in range(len(trail) - 1, -1, -1):
        reach, k = trail[edits], x - y
        down = k == -edits or (k != edits and reach[k - 1] < reach[k + 1])
        from_k = k + 1 if down else k - 1
        from_x = reach[from_k] if edits else 0
        start = (from_x if down else from_x + 1) if edits else 0
        if x > start:
            yield start, start - k, x - start
        x, y = from_x, from_x - from_k
