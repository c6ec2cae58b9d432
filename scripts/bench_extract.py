"""CPU time of reading a page, beside trafilatura and the bare parse.

    bench_extract [SET] [--rounds N]

SET is a folder with `truth.json` (page id ▸ `url`, `captured_at`) and `html/<id>.html.gz`;
`../shared/pages/articles` without one. Each page is read by each reader in turn, the order
alternating from page to page, so that a machine's moods fall on all alike; with several rounds a
page's best counts. Prints milliseconds of CPU a page, and each reader's mean against trafilatura's.
"""

import argparse
import gc
import gzip
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

Reader = Callable[[bytes, str, datetime], object]


def main() -> None:
    """Read the set with every reader and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = ROOT.parent / "shared" / "pages" / "articles"
    parser.add_argument("set", nargs="?", type=Path, default=default)
    parser.add_argument("--rounds", type=int, default=1, help="times each page is read")
    options = parser.parse_args()
    times = measure(options.set, readers(), rounds=options.rounds)
    print(f"{'ms a page':14}{'median':>9}{'mean':>9}{'p95':>9}{'max':>9}{'of traf.':>10}")
    base = statistics.mean(times["trafilatura"])
    for name, values in times.items():
        print(row(name, sorted(values), base))


def readers() -> dict[str, Reader]:
    """Give what is measured, by name."""
    import lxml.html
    import trafilatura

    from crawler.extract import extract_article

    def backfile(html: bytes, url: str, captured_at: datetime) -> object:
        return extract_article(html, url=url, captured_at=captured_at)

    def peer(html: bytes, url: str, _captured_at: datetime) -> object:
        return trafilatura.bare_extraction(html, url=url, with_metadata=True)

    def parse(html: bytes, _url: str, _captured_at: datetime) -> object:
        return lxml.html.document_fromstring(html)

    return {"backfile": backfile, "trafilatura": peer, "lxml parse": parse}


def measure(folder: Path, read: dict[str, Reader], *, rounds: int) -> dict[str, list[float]]:
    """Give each reader's CPU milliseconds, one value a page, the best of the rounds."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    times: dict[str, list[float]] = {name: [] for name in read}
    # What the readers have loaded is not walked again and again at the cost of whoever reads.
    gc.freeze()
    for number, (key, page) in enumerate(truth.items()):
        html = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        captured_at = datetime.fromisoformat(page["captured_at"])
        best = dict.fromkeys(read, float("inf"))
        for turn in range(rounds):
            names = list(read) if (number + turn) % 2 else list(read)[::-1]
            for name in names:
                start = time.process_time()
                read[name](html, page["url"], captured_at)
                best[name] = min(best[name], (time.process_time() - start) * 1000)
        for name, value in best.items():
            times[name].append(value)
    return times


def row(name: str, values: list[float], base: float) -> str:
    """Give a reader's line of the table."""
    figures = (
        statistics.median(values),
        statistics.mean(values),
        values[int(0.95 * len(values))],
        values[-1],
    )
    columns = "".join(f"{figure:9.1f}" for figure in figures)
    return f"{name:14}{columns}{figures[1] / base:10.2f}"


if __name__ == "__main__":
    main()
