"""Counts by month as bars, of which a template makes a picture. Pure.

Where there are too many months for bars that can be told apart and hit, years are drawn; of more
years than that the last ones. What has no date is counted beside the picture, and what is dated far
in the future too: it is a slip of its page, and would press all others into a corner.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from archive.filters import MONTHS_OF_YEAR

# Units of the picture, which is scaled to its place.
WIDTH, HEIGHT, FOOT = 720, 150, 26
MOST_BARS = 60
# Labels that fit beside each other on a small phone.
MOST_LABELS = 5
GAP = 0.2
AHEAD = timedelta(days=366)
NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - a table


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A month or a year."""

    period: str
    """`2024-11` or `2024`."""
    name: str
    count: int
    x: float
    y: float
    width: float
    height: float
    label: str | None
    """Written below it; None where there is no room."""

    @property
    def narrowed(self) -> Mapping[str, str]:
        """Give what narrows a search to it."""
        return {"month" if "-" in self.period else "year": self.period}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A picture of counts."""

    bars: Sequence[Bar]
    unit: str
    """What a bar is: `month` or `year`."""
    most: int
    undated: int
    beyond: int
    """Dated before the first bar, or far in the future."""


def plot(months: Mapping[str, int], *, today: date) -> Plot | None:
    """Draw month (`2024-11`, `2024`, `` without a date) ▸ articles; None where none is dated."""
    latest = (today + AHEAD).isoformat()
    dated = Counter({month: n for month, n in months.items() if month and month <= latest and n})
    ahead = sum(n for month, n in months.items() if month > latest)
    if not dated:
        return None
    exact = [month for month in dated if len(month) > len("2024")]
    periods = _months(min(exact), max(exact)) if exact else []
    is_by_month = 0 < len(periods) <= MOST_BARS and {m[:4] for m in dated} <= _years(periods)
    if is_by_month:
        counts = Counter({period: dated[period] for period in periods})
    else:
        counts = Counter()
        for month, n in dated.items():
            counts[month[:4]] += n
        first, last = int(min(counts)), int(max(counts))
        periods = [f"{year:04}" for year in range(max(first, last - MOST_BARS + 1), last + 1)]
    shown = sum(counts[period] for period in periods)
    return Plot(
        bars=_bars(periods, counts),
        unit="month" if is_by_month else "year",
        most=max(counts[period] for period in periods),
        undated=months.get("", 0),
        beyond=ahead + sum(dated.values()) - shown,
    )


def _years(months: Sequence[str]) -> set[str]:
    return {month[:4] for month in months}


def _months(first: str, last: str) -> list[str]:
    """Give every month from one to another."""
    begin, end = (int(month[:4]) * MONTHS_OF_YEAR + int(month[5:7]) - 1 for month in (first, last))
    return [
        f"{number // MONTHS_OF_YEAR:04}-{number % MONTHS_OF_YEAR + 1:02}"
        for number in range(begin, end + 1)
    ]


def _bars(periods: Sequence[str], counts: Mapping[str, int]) -> list[Bar]:
    most = max(1, *(counts[period] for period in periods))
    step = WIDTH / max(len(periods), MONTHS_OF_YEAR)
    labelled = -(-len(periods) // MOST_LABELS)
    return [
        Bar(
            period=period,
            name=name(period),
            count=counts[period],
            x=round(index * step + step * GAP / 2, 2),
            y=round(HEIGHT - height, 2),
            width=round(step * (1 - GAP), 2),
            height=round(height, 2),
            label=name(period) if index % labelled == 0 else None,
        )
        for index, period in enumerate(periods)
        # What there is is seen, however little beside the most.
        for height in [max(2.0, counts[period] * HEIGHT / most) if counts[period] else 0.0]
    ]


def name(period: str) -> str:
    """Give a month or a year as it is written: `Nov 2024`."""
    year, _, month = period.partition("-")
    return f"{NAMES[int(month) - 1]} {year}" if month else year
