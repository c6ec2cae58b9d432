"""Which network addresses a stranger's page may send us to. Pure: looks at addresses, asks none."""

import ipaddress

# Addresses in which an IPv4 address hides; a private one inside is as private as it is bare.
# 6to4 and Teredo are read by the standard library, NAT64's prefix (RFC 6052) is not.
NAT64 = ipaddress.ip_network("64:ff9b::/96")

# Loopback and its like are refused by their kind; this one is public by the registries and
# still only ever answers inside a cloud: Azure's metadata and wire server.
CLOUD_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})

# Top-level names of which no public host has one.
LOCAL_DOMAINS = frozenset({"internal", "local", "localdomain", "localhost", "lan"})
HOME = ".home.arpa"


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
    return parsed.is_global and not parsed.is_multicast and parsed not in CLOUD_METADATA


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
    """Tell a literal address from a name; also in the forms that resolvers take for one."""
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name.replace(".", "").isdigit() or name.startswith("0x")
    return True


def embedded(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | None:
    """Give the IPv4 address that a v6 address wraps (mapped, 6to4, NAT64), if any."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
