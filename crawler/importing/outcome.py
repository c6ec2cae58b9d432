"""What importing a file did. Holds, and does nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crawler.importing.kinds import Kind
from crawler.importing.pages import Imported


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file."""

    path: Path
    kind: Kind | None
    """None where it could not be read at all."""
    page: Imported | None = None
    """For a page or a list: what it is and what it brought."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """For the others: what was found, new, known …, in words ▸ how often."""
    faults: tuple[str, ...] = ()
    """What of it could not be read, the first of it."""
    failed: str | None = None
    """Why it could not be read."""

    @property
    def is_well(self) -> bool:
        """Whether it could be read whole, and holds something that is kept."""
        if self.failed is not None or self.faults:
            return False
        return not self.page.is_empty if self.page else any(self.counts.values())
