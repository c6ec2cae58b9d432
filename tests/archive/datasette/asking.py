"""Asks the reading room for pages, in this process, as Datasette would serve them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from datasette.app import Datasette


class Visitor:
    """Someone who asks a Datasette for pages."""

    def __init__(self, datasette: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._datasette = datasette
        self._loop = loop

    def get(self, path: str) -> Any:
        """Give the answer to a request: `status_code`, `headers`, `text`, `json()`."""
        return self._loop.run_until_complete(self._datasette.client.get(path))

    def page(self, path: str) -> str:
        """Give the page at an address, which is there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return str(answer.text)


@contextmanager
def visiting(*files: Path, **settings: Any) -> Iterator[Visitor]:
    """Open databases, or one archive folder, in Datasette as `datasette FOLDER` does."""
    opened = (
        Datasette(config_dir=files[0], **settings)
        if files[0].is_dir()
        else Datasette([str(file) for file in files], **settings)
    )
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(opened.invoke_startup())
        yield Visitor(opened, loop)
    finally:
        for database in opened.databases.values():
            database.close()
        opened.executor.shutdown()
        loop.close()
