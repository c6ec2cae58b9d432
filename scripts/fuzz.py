"""Mutate saved pages and read what comes of it: no bytes may raise, or hold a reader up.

    fuzz [PAGES] [--seconds N] [--keep FOLDER]

PAGES is a folder with `*.html.gz` somewhere below; `../shared/pages` without one. Coverage of the
readers guides the mutations (Atheris, on libFuzzer); `extract_article` and `extract_headlines` read
each of them. For each place in the code that fails, the first bytes that show it are kept in FOLDER
(`fuzz-faults`), the name of the fault beside them in a text; the exit code is 1 then.
"""

import argparse
import gzip
import hashlib
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing import Process
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["crawler.extract"]):
    from crawler.extract import extract_article, extract_headlines

URL = "https://paper.example/2024/11/08/story"
CAPTURED_AT = datetime(2024, 11, 20, 12, tzinfo=UTC)

# Bytes of a seed, and pieces of a page. Of a whole page (200 KB) most changes would fall on scripts
# and menus; what is read of it stands in its head and in some part of its body.
PIECE = 16_384
PIECES = 4

# Seconds of CPU for both readers, instrumented as they are, on bytes that take a tenth of one.
STALL = 5


def main() -> None:
    """Fuzz in a process of its own, for libFuzzer ends the one that it runs in; name the faults."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = ROOT.parent / "shared" / "pages"
    parser.add_argument("pages", nargs="?", type=Path, default=default)
    parser.add_argument("--seconds", type=int, default=300, help="when to stop")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-faults"), help="faults' bytes")
    options = parser.parse_args()
    before = set(options.keep.glob("*.txt"))
    with tempfile.TemporaryDirectory() as seeds:
        if not write_seeds(options.pages, Path(seeds)):
            sys.exit(f"no *.html.gz below {options.pages}")
        fuzzer = Process(target=fuzz, args=(seeds, options.seconds, options.keep))
        fuzzer.start()
        fuzzer.join()
    found = sorted(set(options.keep.glob("*.txt")) - before)
    for path in found:
        print(f"{path.with_suffix('')}: {path.read_text(encoding='utf-8')}", end="")
    print(f"{len(found)} faults")
    sys.exit(1 if found or fuzzer.exitcode else 0)


def fuzz(seeds: str, seconds: int, keep: Path) -> None:
    """Run libFuzzer over the seeds; it ends the process."""
    known: set[str] = set()
    flags = [f"-max_total_time={seconds}", f"-max_len={2 * PIECE}", seeds]
    atheris.Setup([sys.argv[0], *flags], lambda html: check(html, known, keep))
    atheris.Fuzz()


def check(html: bytes, known: set[str], folder: Path) -> None:
    """Read bytes, and keep them where they show a fault that is not known yet."""
    fault = fault_of(html)
    if fault and fault not in known:
        known.add(fault)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / hashlib.sha256(html).hexdigest()[:16]
        path.write_bytes(html)
        path.with_suffix(".txt").write_text(f"{fault}\n", encoding="utf-8")


def fault_of(html: bytes) -> str | None:
    """Read bytes as both kinds of page; say what went wrong and where, None if nothing did."""
    start = time.process_time()
    try:
        extract_article(html, url=URL, captured_at=CAPTURED_AT)
        extract_headlines(html, url=URL, captured_at=CAPTURED_AT)
    except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
        return f"{type(error).__name__} in {place_of(error)}"
    return "stall" if time.process_time() - start > STALL else None


def place_of(error: Exception) -> str:
    """Give the innermost line of ours that an exception came through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT)]
    return f"{Path(ours[-1].filename).relative_to(ROOT)}:{ours[-1].lineno}"


def write_seeds(pages: Path, folder: Path) -> int:
    """Write pieces of the saved pages as files; give their number."""
    found = (gzip.decompress(path.read_bytes()) for path in sorted(pages.rglob("*.html.gz")))
    count = 0
    for count, piece in enumerate((piece for html in found for piece in pieces(html)), 1):
        (folder / f"{count:06}").write_bytes(piece)
    return count


def pieces(html: bytes) -> Iterator[bytes]:
    """Give a page's head, and pieces of its body that lie evenly over it."""
    yield html[:PIECE]
    step = max(PIECE, len(html) // PIECES)
    for start in range(step, len(html), step):
        yield html[start : start + PIECE]


if __name__ == "__main__":
    main()
