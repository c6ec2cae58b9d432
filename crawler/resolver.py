"""From host names to addresses, with the guard where the connection is made.

Twisted connects to exactly the addresses that this resolver hands over, on every request and
every redirect, literal addresses included. A name that changes its answer between a check and
the connection (DNS rebinding) therefore gains nothing.

Does not cache: the operating system's resolver does.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, Self, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from crawler.addresses import is_public

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


T = TypeVar("T")


class Receiver(Protocol):
    """Twisted's `IResolutionReceiver`, in types."""

    def resolutionBegan(self, resolution: object) -> None: ...  # noqa: D102, N802 - Twisted's
    def addressResolved(self, address: object) -> None: ...  # noqa: D102, N802 - Twisted's
    def resolutionComplete(self) -> None: ...  # noqa: D102, N802 - Twisted's


class Resolver(Protocol):
    """Twisted's `IHostnameResolver`, in types."""

    def resolveHostName(  # noqa: D102, N802 - Twisted's
        self,
        resolutionReceiver: Receiver,  # noqa: N803 - Twisted's
        hostName: str,  # noqa: N803 - Twisted's
        portNumber: int = 0,  # noqa: N803 - Twisted's
        addressTypes: Sequence[type] | None = None,  # noqa: N803 - Twisted's
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's
    ) -> object: ...


class Reactor(Protocol):
    """Twisted's `IReactorPluggableNameResolver`, in types."""

    nameResolver: Resolver  # noqa: N815 - Twisted's

    def installNameResolver(self, resolver: Resolver) -> Resolver: ...  # noqa: D102, N802 - Twisted's


@implementer(IResolutionReceiver)
class PublicOnly:
    """Passes public addresses on to `receiver`; remembers a name that had none."""

    def __init__(self, receiver: Receiver, name: str, refused: set[str]) -> None:
        self.receiver = receiver
        self.name = name
        self.refused = refused
        self.passed = 0
        self.held_back = 0

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802 - Twisted's name
        """Pass the start on."""
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: object) -> None:  # noqa: N802 - Twisted's name
        """Pass `address` on if it is public."""
        if isinstance(address, IPv4Address | IPv6Address) and is_public(address.host):
            self.passed += 1
            self.receiver.addressResolved(address)
        else:
            self.held_back += 1

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        """Pass the end on, and note the name if everything was held back."""
        if self.held_back and not self.passed:
            self.refused.add(self.name)
        else:
            self.refused.discard(self.name)
        self.receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """Scrapy's `DNS_RESOLVER`: the system's names, with `BACKFILE_HOSTS` in front of them.

    `hosts` maps names to addresses as /etc/hosts does (`*.example` stands for every name below
    `example`); only tests and the demo set it. Unless `allow_private`, an address that is not on
    the open internet is never connected to, wherever the name came from. `proxies` may be private:
    they were named by whoever started the program.
    """

    def __init__(
        self,
        reactor: Reactor,
        *,
        hosts: Mapping[str, str],
        allow_private: bool,
        proxies: frozenset[str] = frozenset(),
    ) -> None:
        self.reactor = reactor
        self.system = reactor.nameResolver
        self.hosts = hosts
        self.allow_private = allow_private
        self.proxies = proxies
        self.refused: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: "Crawler", reactor: Reactor) -> Self:
        """Build from the settings `BACKFILE_HOSTS` and `BACKFILE_ALLOW_PRIVATE`."""
        return cls(
            reactor,
            hosts=crawler.settings.getdict("BACKFILE_HOSTS"),
            allow_private=crawler.settings.getbool("BACKFILE_ALLOW_PRIVATE"),
            proxies=proxy_hosts(),
        )

    def install_on_reactor(self) -> None:
        """Make this the reactor's resolver."""
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's
        self,
        resolutionReceiver: Receiver,  # noqa: N803 - Twisted's
        hostName: str,  # noqa: N803 - Twisted's
        portNumber: int = 0,  # noqa: N803 - Twisted's
        addressTypes: Sequence[type] | None = None,  # noqa: N803 - Twisted's
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's
    ) -> object:
        """Resolve `hostName`; private addresses are held back unless they are allowed."""
        receiver = resolutionReceiver
        if not self.allow_private and hostName not in self.proxies:
            receiver = PublicOnly(resolutionReceiver, hostName, self.refused)
        return self.system.resolveHostName(
            receiver,
            mapped(hostName, self.hosts) or hostName,
            portNumber,
            addressTypes,
            transportSemantics,
        )


def proxy_hosts() -> frozenset[str]:
    """Give the hosts of the proxies that the environment names: its owner's word, not a page's."""
    proxies = getproxies().values()
    named = (urlsplit(url if "://" in url else f"//{url}").hostname for url in proxies)
    return frozenset(host for host in named if host)


def mapped(name: str, hosts: Mapping[str, T]) -> T | None:
    """Give what `hosts` has for `name`, itself or by a `*.` of its parents."""
    name = name.casefold().rstrip(".")
    if name in hosts:
        return hosts[name]
    parents = name.split(".")[1:]
    candidates = ("*." + ".".join(parents[at:]) for at in range(len(parents)))
    return next((hosts[pattern] for pattern in candidates if pattern in hosts), None)
