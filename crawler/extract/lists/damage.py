"""What has been done to a title on its way: cut short, or robbed of its letters.

Aggregators cut titles at a length (`…`, `...`) and lose what is not ASCII: `naïve` becomes `nave`,
`β-catenin` becomes `-catenin`, or is decoded wrongly into `naÃ¯ve`. Titles are flagged, not mended.
"""

import re

ELLIPSIS = re.compile(r"(?:\.{3}|…|\[\.\.\.\]|\[…\])\W{0,2}$")

# UTF-8 read as Latin-1 or windows-1252, a replacement character, or a hyphen whose first half is
# gone: " -catenin".
GARBLED = re.compile(
    r"\ufffd|[ÃÂ][\u0080-\u00bf]|â[\u0080-\u00bf€]|[ÐÑ][\u0080-\u00bf]|(?<=\s)-[a-z]{4,}\b|&#?\w{2,8};"
)

# Words that English text borrows with their letters, of which the plain rest is no word itself.
BORROWED = (
    "Behçet Beyoncé brûlée Bündnis cliché clichés cortège Córdoba crème "
    "émigré façade fiancé García Gödel Göteborg "
    "Guantánamo habitué jalapeño Jörg Köln Kraków López Málaga Malmö Martínez Ménière mêlée "
    "México Mjölnir Mössbauer Müller München naïve naïveté naïvety Nestlé papier-mâché "
    "Pérez piñata Pokémon protégé protégée Québec réclame résumé résumés Rodríguez Sánchez "
    "Schrödinger señor señora Sjögren smörgåsbord soufflé Strömgren Türkiye Tübingen "
    "vis-à-vis Württemberg Zürich"
)
ROBBED = frozenset(
    "".join(letter for letter in word if letter.isascii()).lower() for word in BORROWED.split()
)

WORDS = re.compile(r"[A-Za-z][A-Za-z-]{3,}")


def is_truncated(title: str) -> bool:
    """Tell whether a title ends in a sign that it was cut short."""
    return ("..." in title or "…" in title) and bool(ELLIPSIS.search(title))


def is_damaged(title: str) -> bool:
    """Tell whether a title shows that characters were lost or garbled."""
    is_plain = title.isascii() and "-" not in title and "&" not in title
    if not is_plain and GARBLED.search(title):
        return True
    return not ROBBED.isdisjoint(map(str.lower, WORDS.findall(title)))
