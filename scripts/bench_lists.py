"""CPU that reading a list page costs, beside parsing it with lxml and BeautifulSoup.

    scripts/bench_lists [FOLDER]

FOLDER holds saved pages, `html/<id>.html.gz` with `truth.json` beside (as for the evaluation);
without it only the made pages are measured: one of each shape that lists have, and the rows of a
table 1, 4 and 16 times. The bounds: no page over 1.5 times lxml.html plus BeautifulSoup(page,
"lxml"), which is flagged `over`, and a page without markup, which parses in no time, under 8 ms;
2,000 rows (2 MB) under 3 CPU seconds; 16 times the rows at most some 16 times the time. Exit code 1
where one does not hold.
"""

import gzip
import json
import sys
import time
import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import lxml.html
from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

from crawler.extract import extract_headlines
from crawler.extract.page import MARKUP, decode

warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)

BOUND, MOST_SECONDS_PLAIN = 1.5, 0.008
ROWS, MOST_SECONDS = 125, 3.0
# Noise of a shared machine that a linear reader may show between 1 and 16 times the rows.
LINEAR = 1.6
# Each figure is the least of this many runs.
RUNS = 3
DAY = datetime(2024, 11, 20, tzinfo=UTC)


def cpu(work: Callable[[], object]) -> float:
    """Give the CPU seconds of the fastest of a few runs."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def parse_twice(text: bytes) -> None:
    """Do what the bound is measured in: both parses, of the page in UTF-8."""
    lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(encoding="utf-8"))
    BeautifulSoup(text, "lxml", from_encoding="utf-8")


def measure(name: str, html: bytes, url: str, captured_at: datetime) -> bool:
    """Print one page's figures; tell whether it is within the bound."""
    text = decode(html)[0].encode("utf-8", "replace")
    read = cpu(lambda: extract_headlines(html, url=url, captured_at=captured_at))
    parse = cpu(lambda: parse_twice(text))
    within = read <= BOUND * parse if MARKUP.search(html) else read < MOST_SECONDS_PLAIN
    print(
        f"{name:36} {len(html) / 1000:8.0f} kB"
        f" {read * 1000:9.1f} {parse * 1000:9.1f} {read / parse:6.2f}{'' if within else '  over'}"
    )
    return within


LINK = '<a href="/news/{n}{m}">Story number {n}{m} of the harbour press</a>'
ITEMS = "".join("<li>" + LINK.replace("{m}", f"-{m}") + "</li>" for m in range(5))
LINK = LINK.replace("{m}", "")
# How an entry, or a group of five, is written in the shapes that lists have.
SHAPES = {
    "breaks": "{day:%d/%m/%Y} " + LINK + "<br>",
    "cards": '<div class="card"><div><a href="/news/{n}"><img src="x.jpg"></a><h3 class="title">'
    + LINK
    + '</h3><p>Of the harbour and the town that it made.</p><span class="by">By <a href="/by/ann">'
    'Ann Author</a></span> <time datetime="{day:%Y-%m-%d}T10:00:00Z">{day:%b %d}</time>'
    "</div></div>",
    "definitions": "<dt>{day:%d.%m.%Y}</dt><dd>" + LINK + "</dd>",
    "groups": "<h3>{day:%A, %d %B %Y}</h3><ul>" + ITEMS + "</ul>",
    "items": "<li>" + LINK + " <span>{day:%B %d, %Y}</span></li>",
    "nested": "<li><h2>{day:%B %Y}</h2><ul>"
    + ITEMS.replace("<li>", "<li><b>8</b> ")
    + "</ul></li>",
    "relative": "<li>" + LINK + " <span>{n} hours ago</span></li>",
    "split": "<div><b>{day:%d}</b><i>{day:%b}</i><u>{day:%Y}</u>" + LINK + "</div>",
    "text": "Story number {n} of the harbour press - The Press - {day:%B %d, %Y}<br>",
    "undated": "<li>" + LINK + "</li>",
}
ROWS_OF_SHAPE = 800


def measure_shapes() -> bool:
    """Measure a made page of each shape; tell whether all are within the bound."""
    first, within = DAY.date(), True
    for name, form in SHAPES.items():
        rows = ROWS_OF_SHAPE // max(1, form.count("<a href="))
        days = (first - timedelta(days=n // 4) for n in range(rows))
        body = "\n".join(form.format(n=n, day=day) for n, day in enumerate(days))
        html = f"<html><body><h1>All stories</h1><div>{body}</div></body></html>".encode()
        within &= measure(name, html, "https://press.example/", DAY)
    return within


def made_page(rows: int) -> bytes:
    """Make a page of so many rows of 1 kB."""
    first = date(2024, 11, 18)
    words = "of the harbour and the town that it made, told by those who were there " * 10
    body = "".join(
        f'<tr class="row{n % 2}"><td class="date">{first - timedelta(days=n // 4):%d/%m/%Y}</td>'
        f'<td><a href="/news/{n}">Story number {n} of the harbour press</a><p>{words}</p></td>'
        f'<td><a href="/section/{n % 7}">Section</a></td></tr>'
        for n in range(rows)
    )
    return f"<html><body><h1>All stories</h1><table>{body}</table></body></html>".encode()


def measure_saved(folder: Path) -> bool:
    """Measure saved pages; tell whether all are within the bound."""
    pages = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    within = True
    for key, page in sorted(pages.items()):
        html = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        captured_at = datetime.fromisoformat(page["captured_at"])
        within &= measure(key, html, page["url"], captured_at)
    return within


def measure_made() -> bool:
    """Measure made pages of 1, 4 and 16 times the rows; tell whether time grows as they do."""
    seconds = [measure_rows(ROWS * factor) for factor in (1, 4, 16)]
    growth = seconds[2] / seconds[0]
    print(f"16 times the rows: {growth:.1f} times the CPU; {16 * ROWS} rows {seconds[2]:.2f} CPU s")
    return growth <= 16 * LINEAR and seconds[2] < MOST_SECONDS


def measure_rows(rows: int) -> float:
    """Measure a made page; give the CPU seconds that reading it takes."""
    html = made_page(rows)
    measure(f"{rows} rows", html, "https://press.example/", DAY)
    return cpu(lambda: extract_headlines(html, url="https://press.example/", captured_at=DAY))


def main() -> int:
    """Run the measurements."""
    print(f"{'page':36} {'size':>11} {'read ms':>9} {'parse ms':>9} {'ratio':>6}")
    saved = measure_saved(Path(sys.argv[1])) if len(sys.argv) > 1 else True
    shapes = measure_shapes()
    return 0 if measure_made() and shapes and saved else 1


if __name__ == "__main__":
    sys.exit(main())
