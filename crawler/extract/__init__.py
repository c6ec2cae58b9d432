"""Bytes to records, purely: no network, no clock, no storage, no state between two calls."""

from typing import TYPE_CHECKING

__all__ = ["extract_article", "extract_headlines"]

if TYPE_CHECKING:
    from crawler.extract.article import extract_article
    from crawler.extract.headlines import extract_headlines
else:
    # Name ▸ module: loaded at first use, so that a command that reads no page does not load lxml.
    MODULES = {
        "extract_article": "crawler.extract.article",
        "extract_headlines": "crawler.extract.headlines",
    }

    def __getattr__(name: str) -> object:
        """Load one of this package's readers."""
        from importlib import import_module

        if name not in MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(MODULES[name]), name)
