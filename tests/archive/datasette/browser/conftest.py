"""A furnished archive, served by a real Datasette, and a real Chromium that looks at it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from archive.browse import LOOPBACK
from tests.archive.datasette.browser.looking import Reader
from tests.archive.datasette.furnished import Furnished, furnish

ROOT = Path(__file__).parents[4]
NAMES = ("chromium", "chromium-browser", "google-chrome")
# Of a machine on which everything else runs at once.
PATIENCE = 60


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    return furnish(tmp_path_factory.mktemp("reading-room") / "archive")


@pytest.fixture(scope="session")
def address(furnished: Furnished) -> Iterator[str]:
    """Where `backfile browse` serves the archive."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "archive", "browse", "-a", str(furnished.folder)]
    with subprocess.Popen(
        [*command, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as served:
        try:
            yield waited_for(f"http://{LOOPBACK}:{port}")
        finally:
            served.send_signal(signal.SIGINT)
            served.wait(PATIENCE)


def waited_for(address: str) -> str:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(f"{address}/-/versions.json", timeout=PATIENCE):
                return address
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail(f"nothing answered at {address}")


# For each module: while it is open, an event loop runs in this thread, and other tests run theirs.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--disable-dev-shm-usage"])
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture
def reader(chromium: Browser, address: str) -> Iterator[Reader]:
    """Someone at a desk; at the end nothing may have gone wrong in the browser."""
    with Reader.at(chromium, address) as at_desk:
        yield at_desk
    at_desk.complain()


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Reader]:
    """Someone with a small phone, in the dark."""
    with Reader.at(chromium, address, width=360, height=740, dark=True) as on_the_way:
        yield on_the_way
    on_the_way.complain()
