"""Whether two printed titles are one title, though lists cut and damage them. Pure.

What counts as no difference: case, accents, punctuation, quotes and dashes, blanks, HTML entities,
UTF-8 that was read as Latin-1. What may differ and is said so: an end cut off and marked as cut
(`...`, `…`, ` -...`), and letters that are lost because they are not ASCII (`nave` for `naïve`,
`-catenin` for `β-catenin`).

Everything else tells two titles apart: one other word, name or number does, however much the rest
agrees. So a share of common words is never computed. Who published what, and when, is weighed in
`archive.matching`.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.scripts import is_unspaced
from archive.titlewords import (
    COMPANY_WORDS,
    FORMULA_WORDS,
    FUNCTION_WORDS,
    PERIOD_WORDS,
    RECURRING_WORDS,
)

# A title's end that says there was more, with the dash of a publisher that was cut off as well.
CUT = re.compile(r"(?P<blank>\s*)(?:[-–—|]\s?)?(?:\.{3,}|…|\[\.{3}\]|\[…\])\W{0,2}$")

# "CD4+" and "CD4", "C#" and "C" are different things; between words a plus is punctuation.
SIGNS = ((re.compile(r"(?<=[\w+])\+(?!\w)"), "plus"), (re.compile(r"(?<=\w)#(?!\w)"), "sharp"))
AMPERSAND = re.compile(r"\s&\s")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

YEAR = re.compile(r"(?:19|20)\d\d")

# Combining classes of accents (above 200) and of the points that Hebrew and Arabic may leave out.
# Others make another letter: Japanese voicing marks, the vowel signs of India.
ACCENTS = 200
POINTS = range(10, 36)

# UTF-8 read as windows-1252 shows as one of these before another character.
MOJIBAKE = re.compile(r"[ÂÃâÎÏÐÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")

# More of a title's letters than this are not lost by accident: it is in another script.
MOST_LOST = 0.15
# Characters of scripts without blanks that tell as much as a word does.
CHARACTERS_PER_WORD = 2
# As many of them find a title; more would miss one that was cut.
MOST_CHARACTERS = 12

# How much a form says, from 0 to 1; a cut one gains with the share of the title that is shown.
EXACT, LOST = 1.0, 0.95
LEAST_SHOWN, SHOWN_WEIGHT = 0.88, 0.1


class _Folding(dict[int, str]):
    """Code point ▸ what it is folded to, worked out when first met."""

    def __missing__(self, code: int) -> str:
        """Keep letters, digits and marks, drop accents and what is invisible, blank the rest."""
        char = chr(code)
        category, combining = unicodedata.category(char), unicodedata.combining(char)
        if category == "Cf" or combining >= ACCENTS or combining in POINTS:
            folded = ""
        else:
            folded = char if category[0] in "LMN" else " "
        self[code] = folded
        return folded


_FOLDING = _Folding()
# Apostrophes within a word are left out by some and printed by others: "what's", "whats".
APOSTROPHES = "'’‘ʼ`´"
_APOSTROPHES = str.maketrans("", "", APOSTROPHES)
WITH_APOSTROPHE = re.compile(rf"\w*[{APOSTROPHES}][\w{APOSTROPHES}]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A printed title made ready to be compared."""

    words: tuple[str, ...]
    """Folded, in order."""
    letters: str
    """The words without blanks, numbers kept apart by a full stop."""
    left: str
    """What `letters` is where everything outside ASCII was lost."""
    lost: int
    """Characters that `left` lacks; 0 where the two are equal."""
    loses_word: bool
    """A whole word would be lost, which may be the name that distinguishes."""
    cut: bool
    broken: bool = False
    """The cut may have broken the last word."""

    @property
    def may_have_lost(self) -> bool:
        """Tell whether the title may be what another one has left."""
        return self.letters.isascii()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How two titles are one."""

    form: float
    """1 for equal ones, less for what was cut or lost."""
    evidence: str
    """In words: `cut after 71 of 96 characters`."""
    words: tuple[str, ...]
    """The words that both show."""
    cut: bool = False
    """One of them was cut, and the other begins with what is left of it."""
    hidden: tuple[str, ...] | None = ()
    """The words that only one of them shows, a broken one first; None where both are cut."""

    @property
    def exact(self) -> bool:
        """Tell whether nothing was cut or lost."""
        return self.form == EXACT


def read(title: str) -> Title:
    """Make a title ready to be compared."""
    body, end = _parted(mended(html.unescape(html.unescape(title))))
    words, remains = _words(body), _words(_ascii(body))
    letters, left = _joined(words), _joined(remains)
    printed = _words(body, accents=False)
    outside = sum(1 for char in "".join(printed) if not char.isascii())
    return Title(
        words=words,
        letters=letters,
        left=left,
        lost=max(1, outside) if letters != left else 0,
        loses_word=any(len(word) > 1 and not _ascii(word) for word in printed),
        cut=end is not None,
        broken=_breaks(end, words),
    )


def mended(text: str) -> str:
    """Give a text of which UTF-8 was read as Latin-1 or windows-1252 as it was written."""
    if not MOJIBAKE.search(text):
        return text
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def compare(one: Title, other: Title) -> Agreement | None:
    """Say how two titles are one; None where they are two. Symmetric."""
    if not one.letters or not other.letters:
        return None
    found = (_meet(one, other, *ways) for ways in _readings(one, other))
    return next((agreement for agreement in found if agreement is not None), None)


def _readings(one: Title, other: Title) -> Iterator[tuple[str, str, int]]:
    """Give the letters to compare: as they are, then with what one of the two may have lost."""
    yield one.letters, other.letters, 0
    if one.may_have_lost and _may_lose(other):
        yield one.letters, other.left, other.lost
    if other.may_have_lost and _may_lose(one):
        yield one.left, other.letters, one.lost


def _may_lose(title: Title) -> bool:
    few = title.lost <= MOST_LOST * len(title.letters)
    return title.lost > 0 and few and not title.loses_word


def _meet(one: Title, other: Title, mine: str, theirs: str, lost: int) -> Agreement | None:
    if mine == theirs and not one.cut and not other.cut:
        return Agreement(
            form=LOST if lost else EXACT, evidence=_evidence(lost), words=_common(one, other)
        )
    first, second = sorted(((mine, one), (theirs, other)), key=lambda side: len(side[0]))
    if not first[1].cut and mine == theirs:
        first, second = second, first
    if not first[1].cut or not _begins(second[0], first[0]):
        return None
    return _cut(first, second, lost)


def _begins(whole: str, shown: str) -> bool:
    """Tell whether a text begins with another, and not in the middle of a number."""
    if not whole.startswith(shown):
        return False
    rest = whole[len(shown) :]
    return not (shown[-1].isdigit() and rest[:1].isdigit())


def _cut(first: tuple[str, Title], second: tuple[str, Title], lost: int) -> Agreement:
    shown, title = first
    whole = second[0]
    # Where both are cut nobody knows how much there is: the shown part is at most a half of it.
    share = 0.5 if second[1].cut else len(shown) / len(whole)
    both = "both cut, " if second[1].cut else ""
    evidence = f"{both}cut after {len(shown)} of {len(whole)} characters"
    return Agreement(
        form=(LEAST_SHOWN + SHOWN_WEIGHT * share) * (LOST if lost else 1),
        evidence=f"{evidence}, {_evidence(lost)}" if lost else evidence,
        words=title.words[:-1] if title.broken else title.words,
        cut=True,
        hidden=None if second[1].cut else _hidden(first, second, lost=bool(lost)),
    )


def _hidden(first: tuple[str, Title], second: tuple[str, Title], *, lost: bool) -> tuple[str, ...]:
    """Give the whole title's words that the cut one does not surely show."""
    (shown, title), (whole, other) = first, second
    missing = len(whole) - len(shown) + (len(title.words[-1]) if title.broken else 0)
    count = 0
    while missing > 0 and count < len(other.words):
        count += 1
        missing -= len(other.words[-count])
    # Where letters were lost the words are longer than what is counted here.
    count += bool(lost and count)
    return other.words[len(other.words) - count :] if count else ()


def _evidence(lost: int) -> str:
    if not lost:
        return "exact after folding"
    return f"{lost} character{'s' if lost > 1 else ''} lost"


def _common(one: Title, other: Title) -> tuple[str, ...]:
    """Give the words of the one that has more of them: a lost dash makes one of two."""
    return max(one.words, other.words, key=lambda words: (len(words), words))


def telling(words: Sequence[str]) -> int:
    """Count the different words that distinguish: no number, no word that any title may have."""
    return sum(_weight(word) for word in set(words) if _distinguishes(word))


def _distinguishes(word: str) -> bool:
    common = word in FUNCTION_WORDS or word in COMPANY_WORDS or word in RECURRING_WORDS
    return not common and not word.isdigit()


def _weight(word: str) -> int:
    return max(1, len(word) // CHARACTERS_PER_WORD) if is_unspaced(word) else 1


def recurs(words: Sequence[str]) -> bool:
    """Tell whether a title is one that comes again: an announcement's formula without its period.

    "Reports Inducement Grants" does, each month; "Reports Second Quarter 2024 Results" does not.
    """
    formula = sum(1 for word in set(words) if word in RECURRING_WORDS)
    return formula >= 2 and 2 * formula >= telling(words) and not names_period(words)


def is_formula(words: Sequence[str]) -> bool:
    """Tell whether a title is an announcement's formula, with whatever name and period in it."""
    distinct = set(words) - FUNCTION_WORDS
    formula = sum(1 for word in distinct if word in FORMULA_WORDS)
    others = sum(_weight(w) for w in distinct - FORMULA_WORDS if _distinguishes(w))
    return formula >= 2 and 2 * formula >= others


def may_name(words: Sequence[str]) -> bool:
    """Tell whether there may be a name among words that a cut hides: any that is no formula's.

    What companies call themselves besides counts too: it stands behind a name, or is one. A single
    letter numbers a rule.
    """
    return any(
        not word.isdigit()
        and word not in FUNCTION_WORDS
        and word not in FORMULA_WORDS
        and not (len(word) == 1 and word.isascii())
        for word in words
    )


def names_period(words: Sequence[str]) -> bool:
    """Tell whether a title names a quarter, a half or a month together with its year."""
    return any(YEAR.fullmatch(word) for word in words) and not PERIOD_WORDS.isdisjoint(words)


def content_words(title: str) -> tuple[str, ...]:
    """Give the words of a title by which a full-text index finds it, in order.

    Left out are function words, words with an apostrophe (some print it, some don't) and a last
    one that a cut may have broken; of a script without blanks the beginning is given.
    """
    body, end = _parted(mended(html.unescape(html.unescape(title))))
    caseless = unicodedata.normalize("NFKC", WITH_APOSTROPHE.sub(" ", body)).casefold()
    words = unicodedata.normalize("NFC", caseless).translate(_FOLDING).split()
    whole = words[:-1] if _breaks(end, words) else words
    kept = (word[:MOST_CHARACTERS] if is_unspaced(word) else word for word in whole)
    return tuple(dict.fromkeys(word for word in kept if word not in FUNCTION_WORDS))


def _parted(text: str) -> tuple[str, re.Match[str] | None]:
    """Part a text from the sign that it was cut."""
    end = CUT.search(text)
    return (text[: end.start()] if end else text), end


def _breaks(end: re.Match[str] | None, words: Sequence[str]) -> bool:
    """Tell whether a cut may have broken the last word."""
    return bool(end and not end["blank"] and words and not is_unspaced(words[-1]))


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFC", text).encode("ascii", "ignore").decode("ascii")


def _words(text: str, *, accents: bool = True) -> tuple[str, ...]:
    """Give the words of a text, folded; with `accents=False` accents are not folded away."""
    for pattern, name in SIGNS:
        text = pattern.sub(name, text)
    text = AMPERSAND.sub(" and ", THOUSANDS.sub("", text)).translate(_APOSTROPHES)
    caseless = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    if not accents:
        caseless = unicodedata.normalize("NFC", caseless)
    return tuple(unicodedata.normalize("NFC", caseless.translate(_FOLDING)).split())


def _joined(words: Sequence[str]) -> str:
    """Join words; between two numbers a full stop stays, so that 1.5 is not 15."""
    pieces: list[str] = []
    for word in words:
        if pieces and pieces[-1][-1].isdigit() and word[0].isdigit():
            pieces.append(".")
        pieces.append(word)
    return "".join(pieces)
