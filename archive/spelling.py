"""How else a word may be written: other letters for the same sound, and slips. Pure.

The index folds case, and the accents that are marks on Latin letters (`naïve` is `naive`). Letters
that are no marked ones stay (`ß`, `ø`, `ł`), and so do the marks of other scripts: `variants` gives
the words that differ in those alone, and a search takes them for the same word. `slips` gives what
lies one slip away (a lost, doubled, exchanged or wrong letter): that is offered, never searched.
Which of them the archive has is `vocabulary`'s business.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from types import MappingProxyType

# Measured on FTS5's unicode61 with `remove_diacritics 2`: what it leaves apart that readers hold
# for one. The plain writing first, then what stands for it in some language's own.
SAME: tuple[tuple[str, str], ...] = (
    ("ae", "æ"),
    ("d", "đ"),
    ("d", "ð"),
    ("ff", "ﬀ"),
    ("fi", "ﬁ"),
    ("fl", "ﬂ"),
    ("h", "ħ"),
    ("i", "ı"),
    ("l", "ł"),
    ("o", "ø"),
    ("oe", "œ"),
    ("oe", "ø"),
    ("ss", "ß"),
    ("t", "ŧ"),
    ("th", "þ"),
    ("ا", "آ"),
    ("ا", "أ"),
    ("ا", "إ"),
    ("ه", "ة"),
    ("ي", "ى"),
    ("α", "ά"),
    ("ε", "έ"),
    ("η", "ή"),
    ("ι", "ί"),
    ("ι", "ϊ"),
    ("ο", "ό"),
    ("υ", "ύ"),
    ("υ", "ϋ"),
    ("ω", "ώ"),
    ("е", "ё"),
)
# A word has one or two such letters; each variant costs a look into the index.
MOST_CHANGES = 2
MOST_VARIANTS = 24
# Scripts whose vowels are marks that most texts leave out.
UNMARKED = ("\u0590", "\u06ff")

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


def fold(word: str) -> str:
    """Give a word as the index has it: lower case, no marks on Latin letters."""
    lower = word.lower().replace("ς", "σ")
    return unicodedata.normalize("NFC", "".join(_unmarked(unicodedata.normalize("NFD", lower))))


def _unmarked(text: str) -> Iterator[str]:
    latin = False
    for char in text:
        if unicodedata.category(char) == "Mn":
            if not latin:
                yield char
            continue
        latin = char < "\u0250" or "\u1e00" <= char <= "\u1eff"
        yield char


def variants(word: str) -> tuple[str, ...]:
    """Give the other writings of a word, folded, those with the fewest changes first.

    Most of them are no words at all: which are held is to be asked.
    """
    folded = fold(word)
    bare = _bare(folded)
    found = dict.fromkeys(each for each in (bare, _compatible(bare)) if each != folded)
    places = sorted({place for text in (folded, bare) for place in _places(text)})
    for changes in range(1, MOST_CHANGES + 1):
        for chosen in combinations(places, changes):
            if (changed := _changed(folded, chosen)) is not None:
                found.setdefault(changed)
            if len(found) >= MOST_VARIANTS:
                return tuple(found)
    return tuple(found)


def _compatible(word: str) -> str:
    """Give full-width and other forms of letters as the letters that they are."""
    return fold(unicodedata.normalize("NFKC", word))


def _bare(word: str) -> str:
    """Leave out the vowel signs of scripts that mostly do without."""
    return "".join(
        char
        for char in word
        if not (UNMARKED[0] <= char <= UNMARKED[1] and unicodedata.category(char) == "Mn")
    )


def _places(word: str) -> Iterator[tuple[int, str, str]]:
    """Give where a letter may stand for another: the place, what is there, what may be."""
    for plain, special in SAME:
        for written, other in ((plain, special), (special, plain)):
            start = word.find(written)
            while start >= 0:
                yield start, written, other
                start = word.find(written, start + 1)


def _changed(word: str, chosen: Sequence[tuple[int, str, str]]) -> str | None:
    """Put the chosen letters in; None where two of them lie over one another."""
    done, at = "", 0
    for start, written, other in chosen:
        if start < at or word[start : start + len(written)] != written:
            return None
        done += word[at:start] + other
        at = start + len(written)
    return done + word[at:]


def writings(words: Sequence[str], ways: Mapping[str, Sequence[str]], most: int) -> list[str]:
    """Give the phrases that words in a row make with each one's other writings, the typed first."""
    choices = [dict.fromkeys((word, *ways.get(word, ()))) for word in words]
    phrases: list[str] = []
    for chosen in product(*choices):
        phrases.append(" ".join(chosen))
        if len(phrases) == most:
            break
    return phrases


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
    return price + (AT_FIRST if meant[:1] != written[:1] else 0)


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


# The letters of SAME that are no plain ones, for callers that look for them.
SPECIAL: Mapping[str, str] = MappingProxyType({special: plain for plain, special in SAME})
