"""Digest of a text, so that the same text at two addresses is known as one. Pure.

What readers do not see as a difference is folded away first: case, compatibility forms,
punctuation, white space, invisible characters. It finds exact copies only, not near ones.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass


class _Folding(dict[str, str]):
    """Character ▸ what it is folded to, worked out when first met."""

    def __missing__(self, character: str) -> str:
        """Drop what is invisible, blank what separates words, keep the rest."""
        category = unicodedata.category(character)
        folded = "" if category == "Cf" else " " if category[0] in "CPSZ" else character
        self[character] = folded
        return folded


_FOLDING = _Folding()
# What is neither letter, number nor blank: only that is looked up, a tenth of a text.
_SIGN = re.compile(r"[^\w\s]|_")
_ASCII_FOLDING = {code: _FOLDING[chr(code)] for code in range(128)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """A text's identity and how much there is of it."""

    digest: str
    """SHA-256 of the folded text, hexadecimal."""
    letters: int
    """Length of the folded text without blanks: how much evidence an equal digest is."""


def fold(text: str) -> str:
    """Give the text without what readers do not see as a difference, words one blank apart."""
    caseless = unicodedata.normalize("NFKC", text).casefold()
    composed = unicodedata.normalize("NFKC", caseless)
    if composed.isascii():
        return _one_blank(composed.translate(_ASCII_FOLDING))
    return " ".join(_SIGN.sub(_folded, composed).split())


def _one_blank(text: str) -> str:
    """Give words one blank apart of a text whose only white space is blanks.

    A tenth of what it takes to make a string of every word.
    """
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip(" ")


def _folded(sign: re.Match[str]) -> str:
    return _FOLDING[sign[0]]


def fingerprint(text: str) -> Fingerprint:
    """Give the digest of the folded text."""
    folded = fold(text)
    digest = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()
    return Fingerprint(digest=digest, letters=len(folded) - folded.count(" "))


def urn(text: str) -> str:
    """Give the address of a text that has none: `urn:sha256:` and its digest."""
    return f"urn:sha256:{fingerprint(text).digest}"
