"""Hosts of addresses, compared as sites are: by the part of a name that one registers.

Nearly: the list of registries' own labels is the short one of countries' second levels, not the
public suffix list. Knows no site by name.
"""

import re
from urllib.parse import urlsplit

# An address whose host stands in it as it is; others are parted in full.
PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?::\d+)?(?=[/?#]|\Z)")

# Hosts whose last two labels are a registry's own: `co.uk`, `com.au`, `gov.br`.
SECOND_LEVEL = re.compile(
    r"(?:^|\.)(?:ac|co|com|edu|go|gob|gouv|gov|govt|mil|ne|net|nom|or|org)\.[a-z]{2}$"
)


def same_site(host: str, site: str | None) -> bool:
    """Tell whether two hosts are of one site, by the last two or three labels of their names."""
    return site is None or registrable(host) == registrable(site)


def registrable(host: str) -> str:
    """Give a host's domain as one registers it, nearly: `a.b.co.uk` ▸ `b.co.uk`."""
    labels = host.lower().removeprefix("www.").split(".")
    return ".".join(labels[-3:] if SECOND_LEVEL.search(host.lower()) else labels[-2:])


def host_of(url: str | None) -> str | None:
    """Give the host of an absolute address."""
    plain = PLAIN_HOST.match(url or "")
    if plain:
        return plain[1]
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:
        return None
