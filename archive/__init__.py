"""Keeps what was read and finds it again: one folder, one SQLite file, full-text search.

`Archive` is what callers hold; it is loaded when it is first asked for, so that importing the
package, or its pure modules only, stays cheap.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.store import Archive

__all__ = ["Archive"]


def __getattr__(name: str) -> object:
    if name == "Archive":
        from archive.store import Archive

        return Archive
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
