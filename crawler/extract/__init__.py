"""Bytes to records, purely: no network, no clock, no storage, no state between two calls.

The readers are imported when they are first asked for, so that importing one module of this
package does not load them all.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extract.headlines import extract_headlines

__all__ = ["extract_headlines"]

HOMES = {"extract_headlines": "crawler.extract.headlines"}


def __getattr__(name: str) -> object:
    """Import a reader from its module at its first use."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(HOMES[name]), name)
