"""Takes the pictures of the reading room that the README shows.

    screenshots [FOLDER]

Furnishes an archive of invented news, serves it on a loopback port as `backfile browse` does, and
looks at it with Chromium. FOLDER is docs/img if not given.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright  # noqa: E402 - the path comes first

from archive import Archive  # noqa: E402
from archive.browse import LOOPBACK, choose_port  # noqa: E402
from tests.archive.datasette.browser.conftest import NAMES, waited_for  # noqa: E402
from tests.archive.datasette.furnished import NOW, Furnished, furnish  # noqa: E402


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page as one window shows it."""

    name: str
    path: str
    width: int = 1180
    height: int = 860
    is_dark: bool = False


def pictures(furnished: Furnished) -> tuple[Picture, ...]:
    """Give what is shown."""
    article = f"/-/article/{furnished.article}"
    return (
        Picture(name="front", path="/"),
        Picture(name="search", path="/-/search?q=survival"),
        Picture(name="article", path=article, is_dark=True),
        Picture(name="phone", path=article, width=390, height=780),
    )


def take(browser: Browser, address: str, picture: Picture, folder: Path) -> None:
    """Take one picture."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.is_dark else "light",
    )
    page = context.new_page()
    page.goto(address + picture.path)
    page.screenshot(path=folder / f"{picture.name}.png")
    context.close()


def main() -> int:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "docs" / "img")
    folder = parser.parse_args().folder
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        print(
            "screenshots: Chromium is missing (Debian: apt-get install chromium)", file=sys.stderr
        )
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        furnished = furnish(Path(work) / "archive")
        with Archive.open(furnished.folder) as archive:
            for number in (furnished.hostile, furnished.long):
                archive.forget(str(number), now=NOW)
        port = choose_port(0)
        command = [sys.executable, "-m", "archive", "browse", "-a", str(furnished.folder)]
        with subprocess.Popen(
            [*command, "--port", str(port)], cwd=ROOT, stderr=subprocess.DEVNULL
        ) as served:
            try:
                address = waited_for(f"http://{LOOPBACK}:{port}")
                with sync_playwright() as driver:
                    browser = driver.chromium.launch(executable_path=chromium)
                    for picture in pictures(furnished):
                        take(browser, address, picture, folder)
                    browser.close()
            finally:
                served.terminate()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
