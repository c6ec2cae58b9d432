"""How else the same word may be written: other letters for the same sound. Pure.

The index folds case, and the accents that are marks on Latin letters (`naïve` is `naive`). Letters
that are no marked ones stay (`ß`, `ø`, `ł`), and so do the marks of other scripts: `variants` gives
the words that differ in those alone, and a search takes them for the same word. Which of them the
archive has is `vocabulary`'s business; what may be a slip is `slips`'.
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


# The letters of SAME that are no plain ones, for callers that look for them.
SPECIAL: Mapping[str, str] = MappingProxyType({special: plain for plain, special in SAME})
