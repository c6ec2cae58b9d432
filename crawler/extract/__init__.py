"""Bytes to records, purely: no network, no clock, no storage, no state between two calls."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extract.headlines import extract_headlines

__all__ = ["extract_headlines"]

# Name ▸ module: loaded at first use, so that a command that reads no page does not load lxml.
MODULES = {"extract_headlines": "crawler.extract.headlines"}


def __getattr__(name: str) -> object:
    """Load one of this package's readers."""
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(MODULES[name]), name)
