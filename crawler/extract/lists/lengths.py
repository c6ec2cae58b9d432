"""Bare counts of minutes and hours: how long ago, or how long to read, to hear, to watch.

"20 min" beside a title is a time only where nothing else dates the list's entries and the counts
grow down the list. Of all other lists it is a length, and the date that they print is theirs.

Does not know "ago": a count with such a word is a date, and never comes here.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from itertools import pairwise

from archive.records import Precision
from crawler.extract.dates.printed import FoundDate
from crawler.extract.dates.relative import BARE_DURATION
from crawler.extract.dates.words import UNIT_WORDS

SHORT_UNITS = frozenset([Precision.SECOND, Precision.MINUTE, Precision.HOUR])
LONG_UNITS = frozenset(["d", "w"])

# Longer texts are no bare counts; most dates are told from them by this alone.
LONGEST_COUNT = 24

# So many steps up in an order of time are no chance: four lengths stand so once in 24 lists.
FEWEST_STEPS = 3

# A list in an order of time has at most one entry out of its place among this many.
UNSORTED = 8

# Nobody prints a length as "2d": this share of such counts shows that the rest are times, too.
LEAST_VOUCHING = 0.2

# What reading, hearing, watching and lasting are called, by the beginnings of words.
LENGTH_WORDS = re.compile(
    r"(?<![^\W_])(?:read(?!\s(?:more|the|full|on|article|story))|listen|watch|play|video|audio|podcast|"
    r"episode|duration|length|run(?:ning)?[\s-]?time|les(?:ezeit|edauer|en|ing|etid|ning)|hör(?:zeit|dauer|en)|"
    r"dauer|laufzeit|lecture|écout|durée|lectura|leer|escuch|duración|leitura|ouvir|duração|"
    r"lettura|ascolt|durata|leestijd|leesduur|luister|duur|läs|lyssn|längd|læs|lytte|varig|luku|kesto|czyta|"
    r"słucha|czas|čten|čas|délk|poslech|čítan|dĺžk|olvas|hossz|citi|lectur|durat|чита|чте|слуш|длительн|"
    r"прослуш|слуха|триваліст|четен|продължителн|okuma|süre|dinle|baca|durasi|đọc|thời lượng|nghe|"
    r"ανάγνωσ|διάρκεια|branj|čitanj|trajanj|lugemi|skaity|lasīš)"
    r"|読了|所要|再生|時長|时长|阅读|閱讀|收听|收聽|播放|읽기|재생|길이|قراءة|مدة|استماع|קריאה|האזנה|مطالعه|पढ़|อ่าน|ฟัง",
    re.IGNORECASE,
)
LENGTH_LABEL = re.compile(
    r"duration|length|runtime|(?:read|listen|watch|play)(?:ing)?[\s_-]?(?:time|min)|(?:min|minutes?)[\s_-]?(?:read|listen)|"
    r"lesezeit|lesedauer|temps-(?:de-)?lecture|leestijd"
)
LENGTH_SIGNS = re.compile("[⏱⏲⏳⌛⏰🕐-🕧🎧🎙🔊📖▶►]")


def is_bare_count(found: FoundDate) -> bool:
    """Tell whether a date is a count of minutes or hours, without a word for "ago"."""
    if len(found.text) > LONGEST_COUNT or found.readings[0].precision not in SHORT_UNITS:
        return False
    match = BARE_DURATION.fullmatch(found.text)
    return match is not None and UNIT_WORDS.get(match["unit"].lower()) in SHORT_UNITS


def is_long_count(found: FoundDate) -> bool:
    """Tell whether a date is a count of days or weeks as rivers print it: `2d`."""
    match = BARE_DURATION.fullmatch(found.text) if len(found.text) <= LONGEST_COUNT else None
    return bool(match and match["unit"].lower() in LONG_UNITS)


def is_called_length(texts: Iterable[str], label: str) -> bool:
    """Tell whether a count's own text, those beside it or its element's names call it a length."""
    if LENGTH_LABEL.search(label):
        return True
    return any(LENGTH_SIGNS.search(text) or LENGTH_WORDS.search(text) for text in texts)


def are_times(founds: Sequence[FoundDate]) -> bool:
    """Tell whether the dates of one place, bare counts among them, are times: in their order.

    `founds` are those of the list's entries, in page order.
    """
    long = sum(map(is_long_count, founds))
    if long and long >= LEAST_VOUCHING * len(founds):
        return True
    times = [moment for found in founds if (moment := moment_of(found))]
    falls = sum(a > b for a, b in pairwise(times))
    rises = sum(a < b for a, b in pairwise(times))
    return falls >= FEWEST_STEPS and rises * UNSORTED < len(times)


def moment_of(found: FoundDate) -> datetime | None:
    """Give the time that a date with a year names, for comparing; its last, if it names a day."""
    one = found.readings[0]
    if one.year is None:
        return None
    clock = one.clock or time(23, 59, 59)
    day = date(one.year, one.month, one.day or 1)
    return datetime.combine(day, clock.replace(tzinfo=UTC))
