"""What may be wrong with an archive, in words. Pure: `checking` finds it, `repairing` mends it."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What is wrong; the value is the word that a report begins with."""

    DATABASE = "database"
    """The file itself: pages that cannot be read or contradict each other."""
    INDEX = "index"
    """An index of a table does not fit it."""
    SCHEMA = "schema"
    """A table, index, trigger or view is missing or another than the program makes."""
    REFERENCE = "reference"
    """A row refers to one that is not there."""
    SEARCH = "search"
    """The full-text index does not fit its table: something is not found, or found wrongly."""
    TEXT = "text"
    """A digest or the characters by which a text is found do not fit the text."""
    KEY = "key"
    """A page's identity does not fit its address."""
    STORY = "story"
    """A story without members or led by none of them, an article without a story."""
    ADDRESS = "address"
    """An article that no address leads to any more."""
    TIE = "tie"
    """A headline whose article is held, and which does not know of it."""
    SKETCH = "sketch"
    """An article without the sketch by which its near copies are found, or with a wrong one."""
    TALLY = "tally"
    """A count of articles by month, publisher, language or source is not what is held."""
    VALUE = "value"
    """A column holds what the program cannot have written."""
    FRONTIER = "frontier"
    """A URL that would never be fetched, or fetched though it is not to be."""
    CAPTURE = "capture"
    """A row whose WARC record is missing or damaged."""
    ORPHAN = "orphan"
    """Bytes of a WARC file that no row points to."""
    FORGOTTEN = "forgotten"
    """Something is held of a page that was to be kept out."""


REMEDIES = {
    FaultKind.DATABASE: (
        "restore a backup (archive.db.before-… beside it is one), or save what can be read: "
        'sqlite3 archive.db ".recover" | sqlite3 saved.db'
    ),
    FaultKind.SCHEMA: "restore a backup; what the table held is not to be had otherwise",
    FaultKind.CAPTURE: "put the file back from a backup; `crawl` does not fetch the page again",
    FaultKind.KEY: "another row has that identity already: look at both with sqlite3",
}
MENDED = "`backfile check --repair` mends it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong."""

    kind: FaultKind
    where: str
    """Table or file."""
    id: int | None = None
    """The row's number, where it is one row's fault."""
    what: str
    mendable: bool = True

    @property
    def place(self) -> str:
        """Give where it is, as people say it."""
        return self.where if self.id is None else f"{self.where} {self.id}"

    @property
    def remedy(self) -> str:
        """Say what to do."""
        if self.mendable:
            return MENDED
        return REMEDIES.get(self.kind, "look at it with sqlite3; it cannot be worked out anew")
