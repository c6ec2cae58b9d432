"""Comparing short texts: titles, names, labels, without case, accents' form and punctuation.

Does not decide which of two texts is right.
"""

import re
import unicodedata

WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Give the words of `text`, case and compatibility forms folded, joined by single spaces."""
    return " ".join(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def squash(text: str) -> str:
    """Give the letters and digits of `text` alone: `Süd-Kurier` and `südkurier` are one."""
    return "".join(WORD.findall(unicodedata.normalize("NFKC", text).casefold())).replace("_", "")


def agreement(one: str, other: str) -> float:
    """Rate how far two folded texts share their words, from 0 to 1.

    Texts without spaces between words (Chinese, Japanese, Thai) are compared by pairs of
    characters.
    """
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    a, b = pieces(one), pieces(other)
    return 2 * len(a & b) / (len(a) + len(b))


def pieces(folded: str) -> set[str]:
    """Give what a folded text is compared by: its words, or pairs of characters."""
    words = folded.split()
    if sum(map(len, words)) <= 12 * len(words):
        return set(words)
    joined = "".join(words)
    return {joined[i : i + 2] for i in range(max(1, len(joined) - 1))}
