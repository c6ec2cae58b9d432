"""Commands by name, each imported when it is first asked for: what is not called costs no start."""

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module

import click


class Offered(MutableMapping[str, click.Command]):
    """The commands of a group, as click wants them; made from name ▸ `module:attribute`.

    To list the names imports nothing; to go through the commands, as `--help` does, imports all.
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        self._held: dict[str, str | click.Command] = dict(places)

    def __getitem__(self, name: str) -> click.Command:
        held = self._held[name]
        if isinstance(held, str):
            module, _, attribute = held.partition(":")
            self._held[name] = held = getattr(import_module(module), attribute)
        return held

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._held[name] = command

    def __delitem__(self, name: str) -> None:
        del self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)
