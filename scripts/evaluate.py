"""Read a folder of saved pages and print what was read, one JSON object a line.

    scripts/evaluate SET KIND > predictions.jsonl

SET holds truth.json and html/ID.html.gz; KIND is articles, dates or lists. A page is read from its
bytes, its `url` and `captured_at` alone, without site declarations, and whatever the verdict.
"""

import argparse
import gzip
import json
import multiprocessing
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.records import Article

KINDS = ("articles", "dates", "lists")


def read_article(html: bytes, url: str, captured_at: datetime) -> dict[str, Any]:
    """Read one page as an article; missing fields are null."""
    from crawler.extract import extract_article

    article = extract_article(html, url=url, captured_at=captured_at).article
    if article is None:
        return {"title": None, "authors": [], "published": None, "text": None}
    return {
        "title": article.title,
        "authors": credited(article),
        "published": article.published.isoformat() if article.published else None,
        "text": article.text,
    }


def credited(article: "Article") -> list[str]:
    """Give everyone whom the byline credits; an agency named in the dateline is not in it."""
    agencies = article.agency.split(", ") if article.agency else []
    in_byline = article.sources.get("agency") == article.sources.get("byline")
    return [*article.byline, *(agencies if in_byline else [])]


def read_list(html: bytes, url: str, captured_at: datetime) -> dict[str, Any]:
    """Read one page as a headline list."""
    from crawler.extract import extract_headlines

    page = extract_headlines(html, url=url, captured_at=captured_at)
    return {
        "headlines": [
            {
                "title": headline.title,
                "url": headline.url,
                "published": headline.published.isoformat() if headline.published else None,
                "publisher": headline.publisher,
            }
            for headline in page.headlines
        ]
    }


def read_saved(task: tuple[Path, str, str, str, str]) -> dict[str, Any]:
    """Read one saved page of the set."""
    folder, kind, page_id, url, captured_at = task
    html = gzip.decompress((folder / "html" / f"{page_id}.html.gz").read_bytes())
    read = read_list if kind == "lists" else read_article
    return {"id": page_id, **read(html, url, datetime.fromisoformat(captured_at))}


def predictions(folder: Path, kind: str) -> Iterator[dict[str, Any]]:
    """Read every page of the set, on all cores, in the truth's order."""
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    tasks = [(folder, kind, key, row["url"], row["captured_at"]) for key, row in truth.items()]
    with multiprocessing.get_context("forkserver").Pool() as pool:
        yield from pool.imap(read_saved, tasks, chunksize=4)


def main() -> None:
    """Parse the arguments and print the predictions."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("set", type=Path)
    parser.add_argument("kind", choices=KINDS)
    options = parser.parse_args()
    if not (options.set / "truth.json").is_file():
        parser.error(f"{options.set} holds no truth.json")
    for prediction in predictions(options.set, options.kind):
        print(json.dumps(prediction, ensure_ascii=False))


if __name__ == "__main__":
    main()
