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
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate
from zlib import crc32

from archive.fingerprint import fold
from archive.scripts import is_unspaced, spaced

# Changed with anything that gives another sketch of the same text: old ones are then made anew.
VERSION = 1
WIDTH = 5
# One shingle in 16 is kept: of an excerpt of a hundred words six, none of them in one of 400.
ONE_IN = 16
# Of short texts more, so that some are left when words are changed; of long ones no more than a
# lookup may cost.
LEAST, MOST = 24, 96
# And so many of those that begin with a number: where a template fills in amounts and days, they
# are what a copy shares and a sibling does not.
NUMBERED = 8
# Marks are CRC-32: so many there are.
MARKS = 1 << 32
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shingled:
    """A text as words and shingles: what a sketch and a comparison are made from."""

    words: tuple[str, ...]
    """Folded; single characters in scripts that put no blanks between words."""
    marks: tuple[int, ...]
    """Of the shingle that begins at each word; the last four words begin none."""
    lowest: tuple[int, ...]
    """The marks of the shingles in the sketch, in the order of its hashes."""
    sketch: Sketch


def words(text: str) -> list[str]:
    """Give the words of a text, without what house styles write in another way."""
    plain = _THOUSANDS.sub("", fold(text))
    return (plain if plain.isascii() or not is_unspaced(plain) else spaced(plain)).split()


def shingle(text: str) -> Shingled:
    """Give a text's words, shingles and sketch; one of fewer than five words has no shingle."""
    found = words(text)
    whole = " ".join((*found, "")).encode("utf-8", "surrogatepass")
    lengths = map(len, found if whole.isascii() else whole.split(b" "))
    begins = [at + blanks for blanks, at in enumerate(accumulate(lengths, initial=0))]
    marks = [crc32(whole[a:b]) for a, b in zip(begins, begins[WIDTH:], strict=False)]
    different = len(set(marks))
    size = max(LEAST, min(MOST, different // ONE_IN))
    places = _low_places(marks, size, different)
    low = sorted(places)[:size]
    numbered = {
        mark: at
        for at, (mark, word) in enumerate(zip(marks, found, strict=False))
        if not word.isalpha() and _is_telling(word)
    }
    telling = sorted(numbered.keys() - set(low))[:NUMBERED]
    starts = [*map(places.__getitem__, low), *map(numbered.__getitem__, telling)]
    return Shingled(
        words=tuple(found),
        marks=tuple(marks),
        lowest=(*low, *telling),
        sketch=Sketch(
            hashes=tuple([_hash(whole[begins[at] : begins[at + WIDTH]]) for at in starts]),
            shingles=different,
        ),
    )


def _low_places(marks: list[int], size: int, different: int) -> dict[int, int]:
    """Give mark ▸ place of the lowest marks, `size` of them at least where there are so many."""
    # Twice as many as are wanted lie below this, by chance; sorting all would cost more.
    bound = MARKS * 2 * size // max(1, different)
    places = {mark: at for at, mark in enumerate(marks) if mark < bound}
    return places if len(places) >= size else dict(zip(marks, range(len(marks)), strict=True))


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


def _hash(piece: bytes) -> int:
    return int.from_bytes(blake2b(piece, digest_size=HASH_BYTES).digest(), "big")
