"""Which way a text runs, and letters in the order in which they are seen put as they are read.

Knows characters only: `glyphs` sorts them by their places.
"""

import re
import unicodedata
from collections.abc import Sequence

# Letters of Hebrew, Arabic, Syriac, Thaana and their forms; not their digits, which run rightward.
LEFTWARD = "\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
# What stands in such a text between two letters or digits that run rightward.
RUN = re.compile(rf"[^\W{LEFTWARD}](?:[^{LEFTWARD}]*[^\W{LEFTWARD}])?")
NUMBER = re.compile(r"\d(?:[\d.,:/٫٬-]*\d)?")


def is_leftward(letters: Sequence[str]) -> bool:
    """Tell whether most letters of a row run from right to left."""
    directions = [unicodedata.bidirectional(letter) for letter in letters if letter.strip()]
    leftward = sum(direction in ("R", "AL") for direction in directions)
    return leftward > sum(direction == "L" for direction in directions)


def logical(text: str) -> str:
    """Give a line, taken down from right to left, as it is read: numbers and Latin turned back."""
    if not any(is_leftward(letter) for letter in text):
        return text[::-1]
    return RUN.sub(turned, text)


def turned(run: re.Match[str]) -> str:
    """Turn a run around, or the numbers in it where it has no letters."""
    text = run.group()
    if any(letter.isalpha() for letter in text):
        return text[::-1]
    return NUMBER.sub(lambda number: number.group()[::-1], text)
