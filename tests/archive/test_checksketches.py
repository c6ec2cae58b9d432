"""A sketch fits its article, or waits; what clutter changed in a text is no fault."""

import sqlite3
from pathlib import Path

import pytest

from archive import Archive
from archive.checksketches import check
from archive.connection import FILE_NAME
from archive.faults import FaultKind
from tests.archive.making import new_archive
from tests.archive.test_bulk import incoming, text_of

TEXT = text_of("one", 300)


@pytest.mark.parametrize(
    ("text", "is_fault"),
    [(TEXT, False), (f"{TEXT} 12 views", False), (text_of("other", 300), True)],
)
def test_a_sketch_is_compared_with_its_text(folder: Path, text: str, is_fault: bool) -> None:
    with new_archive(folder) as archive:
        archive.store_many([incoming("one", text=TEXT), incoming("short", text="Two words.")])
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.row_factory = sqlite3.Row
    raw.execute("UPDATE articles SET text = ? WHERE url LIKE '%/one'", (text,))
    found = list(check(raw, thorough=True))
    assert [(fault.kind, fault.id) for fault in found] == [(FaultKind.SKETCH, 1)] * is_fault
    assert list(check(raw, thorough=False)) == []
    raw.rollback()
    raw.close()


def test_mending_a_text_makes_its_sketch_anew(folder: Path) -> None:
    with new_archive(folder) as archive:
        archive.store_many([incoming("one", text=TEXT)])
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.execute("UPDATE articles SET text = ?", (text_of("other", 300),))
    raw.commit()
    raw.close()
    with Archive.open(folder) as archive:
        now = archive.article(1).last_seen
        assert archive.repair(now=now).left == ()
        assert archive.check(now=now, thorough=True) == ()
