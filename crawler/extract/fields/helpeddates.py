"""The dates beside a headline that need help: `3 hours ago`, and `8 November` at `/2024/…`.

Asked only where a page gives no date that stands for itself. Some count from the moment at which
the page was fetched; others have the year of the page's address, and none without one.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from archive.records import Dated, DateSource, Precision
from crawler.extract.dates.printed import FoundDate, find_dates, read_found, settle
from crawler.extract.dates.shapes import WORDED
from crawler.extract.fields.pieces import Piece, Showing
from crawler.extract.fields.showndates import Label

# A line of writer and date; texts before and behind the headline that are looked at, and how many
# characters of the latter: the article's first paragraph ends it.
LINE_CHARACTERS = 80
BEFORE, BEHIND = 3, 14
NEAR = 300
# A count alone (`5 min`) is how long reading takes.
BARE_COUNT = re.compile(r"\W*\d+\s?[^\W\d_]{1,9}\.?\W*")
# What may be counted so far back that a day is known.
EXACT = (Precision.DAY, Precision.HOUR, Precision.MINUTE, Precision.SECOND)


def helped_dates(
    showing: Showing, *, captured_at: datetime, languages: Sequence[str], year: int | None
) -> Iterator[Dated]:
    """Give the dates next to the headline that count from `captured_at` or are of `year`."""
    for piece in pieces_near(showing):
        for found in find_dates(piece.text, captured_at=captured_at, languages=languages):
            label = Label(before=piece.text[: found.start], behind=piece.text[found.end :])
            if found.strength != WORDED or label.is_never or label.is_updated:
                continue
            dated = read_helped(found, captured_at, year)
            if dated is not None and dated.precision in EXACT:
                yield dated


def read_helped(found: FoundDate, captured_at: datetime, year: int | None) -> Dated | None:
    """Read a date whose words count back from now, or one without its year, of `year`."""
    one = found.readings[0]
    if one.year is not None and BARE_COUNT.fullmatch(found.text):
        return None
    if one.year is not None:
        return read_found(found, captured_at=captured_at, source=DateSource.TEXT)
    if year is None or len(found.readings) > 1 or found.is_range:
        return None
    return settle(one, captured_at=captured_at, source=DateSource.TEXT, raw=found.text, year=year)


def pieces_near(showing: Showing) -> Iterator[Piece]:
    """Give the short texts beside the headline, without those of other parts of the page."""
    headline = showing.headline
    if not headline:
        return
    near = islice(showing.pieces, max(0, headline.start - BEFORE), headline.stop + BEHIND)
    left = NEAR
    for piece in near:
        left -= len(piece.text) if piece.element not in showing.inside else 0
        if left < 0:
            return
        short = len(piece.text) <= LINE_CHARACTERS and piece.element not in showing.inside
        if short and not showing.around.is_foreign(piece.element):
            yield piece
