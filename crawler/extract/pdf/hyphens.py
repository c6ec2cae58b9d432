"""Words that a document parts at its lines' ends: made whole, or compounds that keep their hyphen.

Decided by the document's own words, and by no dictionary: `knowl-` + `edge` is one word, `long-` +
`term` is a compound if the text has `long-term` elsewhere, or both halves alone.
"""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

HYPHENS = "-\u00ad\u2010"
HYPHENATED = re.compile(rf"[^\W\d_][{HYPHENS}]$")
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
LAST_HALF = re.compile(r"[^\W_]+(?:-[^\W_]+)*$")
FIRST_HALF = re.compile(r"[^\W_]+")

# First halves that English sets a hyphen behind, whatever follows but an ending.
ALWAYS = frozenset({"self", "well"})
ENDINGS = frozenset({"being", "fare", "hood", "ish", "less", "ness", "same"})
# First halves that are words and yet make one word with what follows: `some-` + `thing`.
JOINED = frozenset({
    "after", "any", "back", "be", "can", "every", "for", "her", "him", "how", "in", "it", "may",
    "my", "news", "no", "on", "our", "out", "over", "some", "them", "there", "through", "under",
    "up", "what", "when", "where", "with", "work", "your",
})  # fmt: skip
# Halves of so many letters and fewer are words by chance.
SHORTEST_HALF = 3
# A word with so many hyphens goes on with one: `state-of-the-` + `art`.
CHAIN = 2


def words_of(lines: Iterable[str]) -> frozenset[str]:
    """Give the words that stand whole in a document's lines, case folded, compounds with hyphens.

    What is parted at a line's end, either half of it, is none of them.
    """
    found: set[str] = set()
    before = False
    for line in lines:
        words = WORD.findall(line.replace("\u00ad", "").casefold())
        after = HYPHENATED.search(line) is not None
        found.update(words[int(before) : len(words) - int(after)])
        before = after
    return frozenset(found)


def is_parted(text: str, more: str) -> bool:
    """Tell whether a text ends in the first half of a word that goes on in small letters."""
    return HYPHENATED.search(text) is not None and more[:1].islower()


def made_whole(text: str, more: str, known: AbstractSet[str]) -> str:
    """Give a text with what goes on its parted word, its hyphen kept where it is a compound's."""
    bare = text[:-1]
    if text.endswith("\u00ad"):
        return bare + more
    return f"{bare}-{more}" if is_compound(bare, more, known) else bare + more


def is_compound(text: str, more: str, known: AbstractSet[str]) -> bool:
    """Tell whether the halves at a text's end and another's start are joined by a hyphen."""
    first, second = LAST_HALF.search(text.casefold()), FIRST_HALF.match(more.casefold())
    if first is None or second is None:
        return False
    one, other = first.group().rpartition("-")[2], second.group()
    if f"{one}-{other}" in known or f"{one}{other}" in known:
        return f"{one}-{other}" in known
    if one in ALWAYS:
        return other not in ENDINGS and len(other) > SHORTEST_HALF
    if first.group().count("-") >= CHAIN:
        return True
    halves = (half for half in (one, other) if len(half) <= SHORTEST_HALF or half not in known)
    return one not in JOINED and not any(halves)
