"""The guard where the connection is made, against a resolver that answers as told."""

from collections.abc import Sequence

import pytest
from twisted.internet.address import IPv4Address

from crawler.resolver import GuardedResolver, Receiver, Resolver, mapped


class FakeSystem:
    """Answers with the addresses it was given; notes the names it was asked."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.asked: list[str] = []

    def resolveHostName(  # noqa: N802 - Twisted's
        self,
        resolutionReceiver: Receiver,  # noqa: N803 - Twisted's
        hostName: str,  # noqa: N803 - Twisted's
        portNumber: int = 0,  # noqa: N803 - Twisted's
        addressTypes: Sequence[type] | None = None,  # noqa: N803 - Twisted's
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's
    ) -> object:
        self.asked.append(hostName)
        resolutionReceiver.resolutionBegan(self)
        for address in self.addresses:
            resolutionReceiver.addressResolved(IPv4Address("TCP", address, portNumber))
        resolutionReceiver.resolutionComplete()
        return self


class FakeReactor:
    """Holds a name resolver, as Twisted's reactor does."""

    def __init__(self, resolver: Resolver) -> None:
        self.nameResolver: Resolver = resolver

    def installNameResolver(self, resolver: Resolver) -> Resolver:  # noqa: N802 - Twisted's
        before, self.nameResolver = self.nameResolver, resolver
        return before


class Collected:
    """What a connection would be made to."""

    def __init__(self) -> None:
        self.hosts: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802 - Twisted's
        pass

    def addressResolved(self, address: object) -> None:  # noqa: N802 - Twisted's
        assert isinstance(address, IPv4Address)
        self.hosts.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's
        self.complete = True


def resolve(
    system: FakeSystem, name: str, *, allow_private: bool = False
) -> tuple[list[str], bool]:
    """Give the addresses handed over for `name`, and whether the name counts as refused."""
    resolver = GuardedResolver(
        FakeReactor(system), hosts={"paper.example": "127.0.0.1"}, allow_private=allow_private
    )
    collected = Collected()
    resolver.resolveHostName(collected, name, 80)
    assert collected.complete
    return collected.hosts, name in resolver.refused


def test_public_addresses_are_handed_over() -> None:
    assert resolve(FakeSystem("93.184.216.34"), "a.example") == (["93.184.216.34"], False)


def test_private_addresses_are_held_back_and_the_name_is_noted() -> None:
    assert resolve(FakeSystem("10.0.0.1", "127.0.0.1"), "a.example") == ([], True)


def test_of_mixed_addresses_only_the_public_ones_pass() -> None:
    assert resolve(FakeSystem("10.0.0.1", "93.184.216.34"), "a.example")[0] == ["93.184.216.34"]


def test_a_literal_address_is_checked_too() -> None:
    assert resolve(FakeSystem("169.254.169.254"), "169.254.169.254") == ([], True)


def test_a_name_that_does_not_exist_is_not_called_refused() -> None:
    assert resolve(FakeSystem(), "a.example") == ([], False)


def test_private_addresses_pass_when_they_are_allowed() -> None:
    assert resolve(FakeSystem("10.0.0.1"), "a.example", allow_private=True)[0] == ["10.0.0.1"]


def test_mapped_names_are_asked_by_their_address_and_still_checked() -> None:
    system = FakeSystem("127.0.0.1")
    assert resolve(system, "paper.example") == ([], True)
    assert system.asked == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("paper.example", "1"),
        ("PAPER.example.", "1"),
        ("www.paper.example", None),
        ("a.wire.example", "2"),
        ("a.b.wire.example", "2"),
        ("wire.example", None),
    ],
)
def test_names_are_mapped_as_in_a_hosts_file(name: str, address: str | None) -> None:
    assert mapped(name, {"paper.example": "1", "*.wire.example": "2"}) == address
