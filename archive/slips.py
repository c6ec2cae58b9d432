"""What a word may be a slip of: a letter lost, doubled, exchanged or wrong. Pure.

`slips` gives what lies one slip away from a word, `cost` how likely one word was meant by another:
that is offered where little was found, never searched. Words are folded as `spelling.fold` does.
"""

from collections.abc import Iterator, Sequence

# Letters of the scripts whose words are guessed at.
ALPHABETS: tuple[tuple[str, str, str], ...] = (
    ("a", "z", "abcdefghijklmnopqrstuvwxyz"),
    ("α", "ώ", "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ"),
    ("а", "ґ", "абвгдежзийклмнопрстуфхцчшщъыьэюяёєії"),
    ("א", "ת", "אבגדהוזחטיךכלםמןנסעףפץצקרשת"),
    ("ء", "ي", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"),
)
# Every word of two letters is one slip from dozens.
SHORTEST, LONGEST = 3, 40
# From this length on two slips are one word still, if its beginning is as it should be.
TWICE_FROM, BEGINNING = 8, 5

# What slips cost, so that the likelier comes first: a letter typed twice or once, neighbours
# exchanged, one lost or added, one for another; a word's first letter is seldom wrong.
DOUBLED, EXCHANGED, LOST, OTHER, AT_FIRST = 4, 5, 6, 10, 6
# Up to here a slip leaves the other letters in their order: it is offered beside a word that is
# held, too.
SLIGHT = LOST


def slips(word: str) -> tuple[str, ...]:
    """Give every text one slip away from a folded word, the likelier first; () for short ones."""
    letters = _letters(word)
    if not (SHORTEST <= len(word) <= LONGEST) or not letters:
        return ()
    found: dict[str, None] = {}
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for before, after in cuts:
        if after:
            found.setdefault(before + after[1:])
        if len(after) > 1:
            found.setdefault(before + after[1] + after[0] + after[2:])
    for before, after in cuts:
        for letter in letters:
            found.setdefault(before + letter + after)
    for before, after in cuts[:-1]:
        for letter in letters:
            found.setdefault(before + letter + after[1:])
    found.pop(word, None)
    return tuple(found)


def _letters(word: str) -> str:
    """Give the alphabet that a word is written in; "" for one that is not known or is no word."""
    kinds = {
        next((each for first, last, each in ALPHABETS if first <= char <= last), "")
        for char in word
    }
    return kinds.pop() if len(kinds) == 1 else ""


def may_have_two_slips(word: str) -> bool:
    """Tell whether a word is long enough to be looked for with two slips behind its beginning."""
    return TWICE_FROM <= len(word) <= LONGEST and bool(_letters(word))


def is_near(one: str, other: str) -> bool:
    """Tell whether two words are one slip apart, and not the same."""
    return one != other and cost(one, other, slips_at_most=1) is not None


def cost(meant: str, written: str, *, slips_at_most: int) -> int | None:
    """Give how unlike two words are, in the costs of slips; None for more slips than that."""
    if abs(len(meant) - len(written)) > slips_at_most:
        return None
    # A slip takes one letter out and puts one in, at most: most words are told apart by that.
    if len(set(meant) ^ set(written)) > 2 * slips_at_most:
        return None
    at_first = AT_FIRST if meant[:1] != written[:1] else 0
    start = _shared(meant, written)
    meant, written = meant[start:], written[start:]
    rows: list[list[tuple[int, int]]] = [[(0, 0)]]
    for _ in written:
        rows[0].append(_plus(rows[0][-1], LOST))
    for down in range(1, len(meant) + 1):
        row = [_plus(rows[-1][0], LOST)]
        for across in range(1, len(written) + 1):
            row.append(min(_ways(meant, written, down, across, rows, row)))
        rows.append(row)
        if min(slip for slip, _ in row) > slips_at_most:
            return None
    number, price = rows[-1][-1]
    if number > slips_at_most:
        return None
    return price + at_first


def _shared(one: str, other: str) -> int:
    """Give how much of two words' beginnings is one, but for a letter that tells doubled ones."""
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return max(0, at - 1)


def _plus(so_far: tuple[int, int], price: int) -> tuple[int, int]:
    return so_far[0] + 1, so_far[1] + price


def _ways(
    meant: str,
    written: str,
    down: int,
    across: int,
    rows: Sequence[Sequence[tuple[int, int]]],
    row: Sequence[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """Give what it costs to have come to a place in both words, by each last step."""
    here, there = meant[down - 1], written[across - 1]
    if here == there:
        yield rows[-1][across - 1]
    else:
        yield _plus(rows[-1][across - 1], OTHER)
    yield _plus(rows[-1][across], DOUBLED if meant[down - 2 : down - 1] == here else LOST)
    yield _plus(row[-1], DOUBLED if written[across - 2 : across - 1] == there else LOST)
    if down > 1 and across > 1 and (here, meant[down - 2]) == (written[across - 2], there):
        yield _plus(rows[-2][across - 2], EXCHANGED)
