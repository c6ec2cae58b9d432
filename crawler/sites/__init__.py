"""Declarations for the publishers that need one: dated data, a file for each, with its fixture.

    [[version]]
    since = 2024-04-01                          # first day on which pages were seen to be so
    until = 2025-01-31                          # last such day; left out while they are
    body = ["//div[@class='story']"]            # XPath; left out where only `drop` is needed
    drop = ["//div[@class='appeal']"]

The file is named for the registrable domain (`paper.example.toml`). Finds and loads them; what is
done with one is `crawler.extract`'s.
"""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from crawler.extract.text.declared import Declaration

SUFFIX = ".toml"


def declaration_for(url: str, day: date) -> Declaration | None:
    """Give the declaration for a page of this address, as it was on that day; None without one."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    labels = host.split(".")
    names = {".".join(labels[start:]) for start in range(len(labels) - 1)}
    for site in sorted(names & declared_sites(), key=len, reverse=True):
        for declaration in declarations(site):
            if declaration.since <= day <= (declaration.until or date.max):
                return declaration
    return None


@cache
def declared_sites() -> frozenset[str]:
    """Name the domains for which there are declarations."""
    names = (entry.name for entry in files(__name__).iterdir())
    return frozenset(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))


@cache
def declarations(site: str) -> tuple[Declaration, ...]:
    """Load a domain's declarations, the oldest first."""
    data = tomllib.loads((files(__name__) / f"{site}{SUFFIX}").read_text(encoding="utf-8"))
    found = (
        Declaration(
            site=site,
            since=version["since"],
            until=version.get("until"),
            body=tuple(version.get("body", ())),
            drop=tuple(version.get("drop", ())),
        )
        for version in data["version"]
    )
    return tuple(sorted(found, key=lambda declaration: declaration.since))
