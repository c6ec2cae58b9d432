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
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from lxml.etree import XPathError
from lxml.html import document_fromstring

from archive.errors import UsageError
from crawler.extract.text.declared import Declaration, chosen

SUFFIX = ".toml"
KEYS = ("since", "until", "body", "drop")

# A page on which every address can be tried.
EMPTY = document_fromstring("<p></p>")

# A table of a TOML file holds what it holds, until it was checked.
Version: TypeAlias = Mapping[str, Any]


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
    """Load a domain's declarations, the oldest first.

    Raises:
        UsageError: the file is no such declaration; says where and why.

    """
    return parse(site, (files(__name__) / f"{site}{SUFFIX}").read_text(encoding="utf-8"))


def parse(site: str, text: str) -> tuple[Declaration, ...]:
    """Read the text of a domain's file, the oldest version first.

    Raises:
        UsageError: it is no such declaration; says where and why.

    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{site}{SUFFIX}: {error}") from error
    versions = data.get("version")
    if not isinstance(versions, list) or data.keys() != {"version"}:
        raise UsageError(f"{site}{SUFFIX}: it takes one [[version]] or more, and nothing else")
    found = [declared(site, number, version) for number, version in enumerate(versions, 1)]
    found.sort(key=lambda declaration: declaration.since)
    for older, newer in pairwise(found):
        if older.until is None or older.until >= newer.since:
            raise UsageError(
                f"{site}{SUFFIX}: the version since {older.since} needs an `until` before "
                f"{newer.since}, when the next begins"
            )
    return tuple(found)


def declared(site: str, number: int, version: Version) -> Declaration:
    """Give one version; raises UsageError with its fault."""
    if fault := next(faults(version), None):
        raise UsageError(f"{site}{SUFFIX}, version {number}: {fault}")
    return Declaration(
        site=site,
        since=version["since"],
        until=version.get("until"),
        body=tuple(version.get("body", ())),
        drop=tuple(version.get("drop", ())),
    )


def faults(version: Version) -> Iterator[str]:
    """Give what is wrong with a version, the plainest first."""
    if unknown := sorted(version.keys() - KEYS):
        yield f"unknown key `{unknown[0]}`; there are {', '.join(KEYS)}"
    if "since" not in version:
        yield "`since` is missing: the first day on which pages were seen to be so"
    for key in ("since", "until"):
        if type(version.get(key, date.min)) is not date:
            yield f"`{key}` is a day without quotation marks: {key} = 2024-11-08"
    if "until" in version and version["until"] < version["since"]:
        yield "`until` is before `since`"
    if not (version.get("body") or version.get("drop")):
        yield "neither `body` nor `drop` says anything"
    for key in ("body", "drop"):
        yield from address_faults(key, version.get(key, []))


def address_faults(key: str, addresses: object) -> Iterator[str]:
    """Give what is wrong with a list of addresses."""
    if not isinstance(addresses, list):
        yield f"`{key}` is a list: {key} = [\"//div[@class='story']\"]"
        return
    for address in addresses:
        if not isinstance(address, str) or not address.startswith(("/", "(")):
            yield f"`{key}` holds {address!r}, which is no XPath; it begins with //"
            continue
        try:
            chosen(EMPTY, [address])
        except (TypeError, XPathError) as error:
            yield f"`{key}` holds {address!r}, which is no XPath of elements: {error}"
