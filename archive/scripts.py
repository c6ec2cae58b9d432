"""Scripts that put no blanks between words, and how they are made searchable. Pure.

The full-text index takes a run of letters for one word, so a Chinese sentence would be one word
and nothing inside it could be found. Such text is therefore also indexed by single characters:
`北京晚报` is found as the four characters in sequence, and so is any part of it, of any length.
"""

import re
import unicodedata

# First and last character, Unicode 15 block names. Korean has blanks, but its particles are joined
# to the word, so that parts of words are what readers search for.
UNSPACED = (
    ("\u0e00", "\u0eff"),  # Thai, Lao
    ("\u1000", "\u109f"),  # Myanmar
    ("\u1100", "\u11ff"),  # Hangul Jamo
    ("\u1780", "\u17ff"),  # Khmer
    ("\u19e0", "\u19ff"),  # Khmer Symbols
    ("\u3005", "\u3007"),  # ideographic iteration mark and zero
    ("\u3040", "\u30ff"),  # Hiragana, Katakana
    ("\u3105", "\u318f"),  # Bopomofo, Hangul Compatibility Jamo
    ("\u31f0", "\u31ff"),  # Katakana Phonetic Extensions
    ("\u3400", "\u4dbf"),  # CJK Extension A
    ("\u4e00", "\u9fff"),  # CJK Unified Ideographs
    ("\ua960", "\ua97f"),  # Hangul Jamo Extended-A
    ("\uac00", "\ud7ff"),  # Hangul Syllables, Jamo Extended-B
    ("\uf900", "\ufaff"),  # CJK Compatibility Ideographs
    ("\uff66", "\uff9f"),  # Halfwidth Katakana
    ("\U00020000", "\U0003ffff"),  # CJK Extensions B and later
)
_CHARACTER = re.compile("[" + "".join(f"{first}-{last}" for first, last in UNSPACED) + "]")


class _Spacing(dict[int, str]):
    """Code point ▸ what it is written as, worked out when first met."""

    def __missing__(self, code: int) -> str:
        """Put blanks around a character of such a script, keep any other."""
        character = chr(code)
        written = f" {character} " if _CHARACTER.match(character) else character
        self[code] = written
        return written


_SPACING = _Spacing()


def is_unspaced(text: str) -> bool:
    """Tell whether a text has characters of a script that puts no blanks between words."""
    return _CHARACTER.search(text) is not None


def spaced(text: str) -> str:
    """Put blanks around each such character; other words stay whole.

    Half and full widths, and letters composed of parts, are written in one way first.
    """
    composed = unicodedata.normalize("NFKC", text)
    return " ".join(composed.translate(_SPACING).split())


def characters(text: str | None) -> str | None:
    """Give what is indexed by characters: the spaced text, or None where words have blanks."""
    return spaced(text) if text is not None and is_unspaced(text) else None
