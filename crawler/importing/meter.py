"""How far a large file is: on a terminal one line that is written anew, elsewhere a line at times.

Writes to the stream that it is given; a file that is done within the first interval leaves nothing.
"""

import time
from collections.abc import Callable
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from archive.terminal import harmless

if TYPE_CHECKING:
    from archive.importing.state import Taken

# Seconds between two lines, as in a crawl.
LIVE_EVERY = 0.5
PLAIN_EVERY = 10.0
MEGABYTE = 1_000_000
# Goes to the line's beginning, and takes out what was there.
ANEW = "\r\x1b[K"


class Meter:
    """Hears what is read of one file after the other, and says it."""

    def __init__(
        self, stream: TextIO, *, live: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._live = live
        self._clock = clock
        self._told = clock()
        self._shown = False
        self.begin(Path(), None)

    def begin(self, path: Path, size: int | None) -> None:
        """Begin a file of so many bytes; None where that is not known."""
        self._name = harmless(path.name)
        self._size, self._read, self._done = size, 0, ""
        self._told = self._clock()

    def read(self, count: int) -> None:
        """Hear that so many more bytes were read."""
        self._read += count
        self._tell()

    def take(self, taken: "Taken") -> None:
        """Hear what of its records is stored."""
        self._done = f"; {taken.articles:,} articles and {taken.headlines:,} headlines stored"
        if taken.judged:
            self._done += f", {taken.judged:,} looked at for their story"
        self._tell()

    def end(self) -> None:
        """Leave the line to who writes next."""
        if self._shown:
            self._stream.write(ANEW)
            self._stream.flush()
            self._shown = False

    def _tell(self) -> None:
        now = self._clock()
        if now - self._told < (LIVE_EVERY if self._live else PLAIN_EVERY):
            return
        self._told = now
        if self._live:
            self._stream.write(f"{ANEW}{self._line()[: get_terminal_size().columns - 1]}")
            self._shown = True
        else:
            self._stream.write(f"backfile: {self._line()}\n")
        self._stream.flush()

    def _line(self) -> str:
        read = f"{self._read / MEGABYTE:,.1f}"
        if not self._size:
            return f"{self._name}: {read} MB read{self._done}"
        part = min(100, 100 * self._read // self._size)
        return f"{self._name}: {part} % of {self._size / MEGABYTE:,.1f} MB read{self._done}"
