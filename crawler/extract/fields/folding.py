"""Comparing short texts: titles, names, labels, without case, accents' form and punctuation.

Does not decide which of two texts is right.
"""

import re
import unicodedata

WORD = re.compile(r"\w+")

# Thai to Khmer, then kana, Han and hangul (whose personal names have no space).
UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u9fff\uac00-\ud7a3]")


# What ASCII is folded to: letters in lower case, digits and underscores, blanks for the rest.
ASCII_FOLDED = {
    code: chr(code).lower() if WORD.fullmatch(chr(code)) else " " for code in range(128)
}


def fold(text: str) -> str:
    """Give the words of `text`, case and compatibility forms folded, joined by single spaces."""
    if text.isascii():
        # The same in a third of the time; a page asks a hundred times.
        return " ".join(text.translate(ASCII_FOLDED).split())
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
    if not is_unspaced(folded):
        return set(folded.split())
    joined = folded.replace(" ", "")
    return {joined[i : i + 2] for i in range(max(1, len(joined) - 1))}


def is_unspaced(text: str) -> bool:
    """Tell whether the text has letters of a script that sets no space between words or names."""
    return UNSPACED.search(text) is not None
