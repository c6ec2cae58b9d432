"""The hosts, and who prints what there: names, addresses, zones and designs. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.newsstand import designs
from tests.newsstand.designs import Design

AGGREGATOR = "cellwire.example"
KEEPSAKE = "keepsake.example"
"""The web archive."""
PRESS_ROOM = "quietshore.example"
SHORTENER = "snip.example"
TROUBLE = "trouble.example"
RELEASES = 24
"""How many releases the press room lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A newspaper: its name, the shape of its addresses, its zone and its design."""

    name: str
    path: str
    hours: int
    design: Design
    named: bool = True
    """Whether its pages name an author."""
    precise: bool = True
    """Whether its pages say at what time of the day an article appeared."""
    dates_changes: bool = True
    """Whether its pages say when an article was changed."""


PUBLISHERS: Mapping[str, Publisher] = {
    "dailyassay.example": Publisher(
        name="The Daily Assay",
        path="/{day:%Y/%m/%d}/{slug}-{number}/",
        hours=-5,
        design=designs.itemprop,
    ),
    "harbourbusiness.example": Publisher(
        name="Harbour Business", path="/markets/{slug}-{number}", hours=0, design=designs.classed
    ),
    "labnotes.example": Publisher(
        name="Labnotes", path="/p/{slug}-{number}", hours=2, design=designs.graph
    ),
    "meridianwire.example": Publisher(
        name="Meridian Newswire",
        path="/releases/{slug}-{number}.html",
        hours=-8,
        design=designs.chunks,
        named=False,
        dates_changes=False,
    ),
    "oldquarry.example": Publisher(
        name="Old Quarry Gazette",
        path="/story.php?id={number}",
        hours=10,
        design=designs.line_breaks,
        precise=False,
        dates_changes=False,
    ),
    "polderpost.example": Publisher(
        name="Polder Post",
        path="/artikel/{number}.html",
        hours=1,
        design=designs.table,
        precise=False,
        dates_changes=False,
    ),
}
OTHERS: Mapping[str, Publisher] = {
    PRESS_ROOM: Publisher(
        name="Quiet Shore Instruments",
        path="/press/{slug}-{number}",
        hours=1,
        design=designs.classed,
    ),
    TROUBLE: Publisher(
        name="The Daily Trouble", path="/fine/{number}", hours=0, design=designs.itemprop
    ),
}
PAPERS = {**PUBLISHERS, **OTHERS}
HOSTS = (AGGREGATOR, *PAPERS, SHORTENER, KEEPSAKE)
