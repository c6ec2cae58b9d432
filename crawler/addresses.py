"""Which network addresses a stranger's page may send us to. Pure: looks at addresses, asks none."""

import ipaddress
import re

# Addresses in which an IPv4 address hides; a private one inside is as private as it is bare.
# 6to4 is read by the standard library, NAT64's prefix (RFC 6052) is not.
NAT64 = ipaddress.ip_network("64:ff9b::/96")

# All of IPv6 that is given out to the internet. What is outside of it is local, wraps something
# (`::127.0.0.1`, `64:ff9b:1::`) or is nobody's yet, and Python takes some of that for global.
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# The last 64 bits of an address behind which a tunnel of IPv4 ends (ISATAP, RFC 5214).
ISATAP = frozenset({0x00005EFE, 0x02005EFE})

# Loopback and its like are refused by their kind. These are public by the registries, or to
# this Python, and only ever answer inside a network: Azure's metadata and wire server; the
# protocols' own block (RFC 6890), in which Oracle's cloud has its metadata; documentation.
NEVER_PUBLIC = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24", "3fff::/20")))

# Top-level names of which no public host has one.
LOCAL_DOMAINS = frozenset({"internal", "local", "localdomain", "localhost", "lan"})
HOME = ".home.arpa"

NUMBER = re.compile(r"\d+|0x[0-9a-f]*")


def is_public(address: str) -> bool:
    """Tell whether `address` (v4 or v6, as text) is on the open internet.

    Private, loopback, link-local, carrier-grade NAT, multicast, reserved and documentation
    addresses are not, in whatever v6 form they are wrapped; nor is what is no address at all.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = embedded(parsed)
    if inner is not None:
        return is_public(str(inner))
    if isinstance(parsed, ipaddress.IPv6Address) and parsed not in GLOBAL_UNICAST:
        return False
    local = parsed.is_multicast or any(parsed in network for network in NEVER_PUBLIC)
    return parsed.is_global and not local


def is_local_name(name: str) -> bool:
    """Tell whether a host is private by its name alone, without asking anybody for its address.

    A literal address that is not public, a name without a dot, and the names that are reserved for
    local use (RFC 6761, 6762, 8375, and ICANN's `internal`).
    """
    name = name.casefold().strip("[]").rstrip(".")
    if is_address(name):
        return not is_public(name)
    return "." not in name or name.rpartition(".")[2] in LOCAL_DOMAINS or name.endswith(HOME)


def is_address(name: str) -> bool:
    """Tell a literal address from a name; also in the forms that resolvers take for one.

    No name ends in a number (RFC 3696): `127.1`, `0x7f.1` and `127.0x1` are addresses to them.
    """
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return bool(NUMBER.fullmatch(name.rpartition(".")[2]))
    return True


def embedded(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | None:
    """Give the IPv4 address that a v6 address wraps (mapped, 6to4, NAT64, ISATAP), if any."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64 or (int(address) >> 32) & 0xFFFFFFFF in ISATAP:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
