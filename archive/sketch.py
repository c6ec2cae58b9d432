"""The sketch of a text: a few hashes by which its near copies are found. Pure.

A text is the set of its shingles, five words in a row (five characters in scripts that put no
blanks between words). Each has a mark, and the sketch holds the shingles with the lowest marks
(a bottom-k sketch: Broder, On the resemblance and containment of documents, 1997). Texts that
share shingles share low ones: about as great a part of their sketches as of themselves. k follows
the length, so that a paragraph out of a long article still shares some with it; a few shingles that
begin with numbers come on top.

It does not say whether two texts are one story: `nearness` reads the texts themselves.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from zlib import crc32

from archive.fingerprint import fold
from archive.scripts import is_unspaced, spaced

# Changed with anything that gives another sketch of the same text: old ones are then made anew.
VERSION = 1
WIDTH = 5
# One shingle in 20 is kept: of an excerpt of a hundred words five, none of them in one of 150. Each
# costs a page of the index when it is written, and one when it is looked up.
ONE_IN = 20
# Of short texts more, so that some are left when words are changed; of long ones no more than a
# lookup may cost.
LEAST, MOST = 24, 96
# And so many of those that begin with a number: where a template fills in amounts and days, they
# are what a copy shares and a sibling does not.
NUMBERED = 6
# Marks are CRC-32: so many there are.
MARKS = 1 << 32
# A book is as long, and no news: what is behind it is neither sketched nor compared.
LONGEST = 400_000
# Of a shingle's hash: among 100 million of them one in three million is another's, and SQLite
# keeps whole numbers of six bytes as such.
HASH_BYTES = 6

_YEAR = re.compile(r"(?:19|20)\d\d")
# House styles differ in them: 1,200 and 1200 are one number. The blank comes first: it is looked
# for much faster than a digit.
_THOUSANDS = re.compile(r" (?<=\d )(?=\d{3}(?!\w))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What is kept of a text to find its near copies: the rows of `sketches` and `shingles`."""

    hashes: tuple[int, ...]
    """Of the chosen shingles; 48 bits each."""
    shingles: int
    """Different shingles in the whole text."""

    @property
    def packed(self) -> bytes:
        """Give the hashes as `unpack` reads them."""
        return b"".join(value.to_bytes(HASH_BYTES, "big") for value in self.hashes)


@dataclass(frozen=True, kw_only=True)
class Shingled:
    """A text as words and shingles: what a sketch and a comparison are made from."""

    words: tuple[str, ...]
    """Folded; single characters in scripts that put no blanks between words."""
    marks: tuple[int, ...]
    """Of the shingle that begins at each word; the last four words begin none."""

    @cached_property
    def sketch(self) -> Sketch:
        """Give the sketch."""
        found = self.words
        pieces = (" ".join((*found[at : at + WIDTH], "")) for at in self._places.values())
        return Sketch(
            hashes=tuple([_hash(piece) for piece in pieces]), shingles=len(self.different)
        )

    @property
    def lowest(self) -> tuple[int, ...]:
        """Give the marks of the shingles in the sketch, in the order of its hashes."""
        return tuple(self._places)

    @cached_property
    def different(self) -> frozenset[int]:
        """Give the different marks."""
        return frozenset(self.marks)

    @cached_property
    def _places(self) -> dict[int, int]:
        """Give mark ▸ place of the shingles in the sketch: the lowest, then those with numbers."""
        low = _lowest(self.marks, len(self.different))
        # Nearly all words are of letters only: that is asked first, and of each.
        others = [at for at, word in enumerate(self.words) if not word.isalpha()]
        numbered = {
            self.marks[at]: at
            for at in others
            if at < len(self.marks) and _is_telling(self.words[at])
        }
        telling = sorted(numbered.keys() - low.keys())[:NUMBERED]
        return low | {mark: numbered[mark] for mark in telling}


def words(text: str) -> list[str]:
    """Give the words of a text, without what house styles write in another way."""
    plain = _THOUSANDS.sub("", fold(text))
    return (plain if plain.isascii() or not is_unspaced(plain) else spaced(plain)).split()


def shingle(text: str) -> Shingled:
    """Give a text's words, shingles and sketch; one of fewer than five words has no shingle."""
    found = words(text[:LONGEST])
    whole = " ".join((*found, "")).encode("utf-8", "surrogatepass")
    lengths = map(len, found if whole.isascii() else whole.split())
    begins = [at + blanks for blanks, at in enumerate(accumulate(lengths, initial=0))]
    marks = [crc32(whole[a:b]) for a, b in zip(begins, begins[WIDTH:], strict=False)]
    return Shingled(words=tuple(found), marks=tuple(marks))


def _lowest(marks: Sequence[int], different: int) -> dict[int, int]:
    """Give mark ▸ place of the lowest marks, in their order."""
    size = max(LEAST, min(MOST, different // ONE_IN))
    # Twice as many as are wanted lie below this, by chance; sorting all would cost more.
    bound = MARKS * 2 * size // max(1, different)
    places = {mark: at for at, mark in enumerate(marks) if mark < bound}
    if len(places) < size:
        places = dict(zip(marks, range(len(marks)), strict=True))
    return {mark: places[mark] for mark in sorted(places)[:size]}


def sketch(text: str) -> Sketch:
    """Give the sketch of a text: the same for every text that folds to the same words."""
    return shingle(text).sketch


def unpack(packed: bytes) -> tuple[int, ...]:
    """Read what `Sketch.packed` wrote."""
    starts = range(0, len(packed), HASH_BYTES)
    return tuple(int.from_bytes(packed[at : at + HASH_BYTES], "big") for at in starts)


def _is_telling(word: str) -> bool:
    """Tell whether a word has a digit and is no year, which every release of a year has."""
    return any(map(str.isdigit, word)) and not _YEAR.fullmatch(word)


def _hash(piece: str) -> int:
    encoded = piece.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(encoded, digest_size=HASH_BYTES).digest(), "big")
