"""The import rules of docs/design.md, read from the syntax tree."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PURE_ARCHIVE = {
    "clutter",
    "bundles",
    "caretables",
    "combining",
    "crawltables",
    "decide",
    "errors",
    "explaining",
    "export",
    "filters",
    "fingerprint",
    "health",
    "held",
    "indexed",
    "listchanges",
    "matching",
    "nearness",
    "query",
    "language",
    "questions",
    "records",
    "revisions",
    "rows",
    "schedule",
    "scripts",
    "searchtables",
    "sketch",
    "slips",
    "snippets",
    "spelling",
    "terminal",
    "timeorder",
    "titles",
    "titlewords",
    "tracking",
    "urls",
    "versions",
    "watching",
    "watchtables",
}
READERS = {"scrapy", "bs4", "dateparser", "lxml", "twisted"}
GRAB_BAGS = {"utils", "util", "helpers", "helper", "misc", "common", "manager"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Give every module name that the file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(ROOT).parts[: -node.level] if node.level else ()
            yield ".".join((*package, *filter(None, [node.module])))


def names(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported(path)}


def identify(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", modules("archive"), ids=identify)
def test_archive_imports_neither_crawler_nor_what_reads_pages(path: Path) -> None:
    assert not names(path) & (READERS | {"crawler", "scripts", "tests"})


@pytest.mark.parametrize("path", modules("crawler"), ids=identify)
def test_crawler_knows_no_sql(path: Path) -> None:
    assert not names(path) & {"sqlite3", "sqlite_utils", "scripts", "tests"}


@pytest.mark.parametrize("path", modules("crawler/extract"), ids=identify)
def test_extract_is_pure(path: Path) -> None:
    allowed = {"archive.records", "archive.urls"}
    ours = {name for name in imported(path) if name.startswith("archive")}
    assert ours <= allowed, f"extract may know only {allowed}"
    assert not names(path) & {"scrapy", "twisted", "socket", "urllib3", "requests", "subprocess"}
    outside = {name for name in imported(path) if name.startswith("crawler.")}
    assert all(name.startswith("crawler.extract") for name in outside)


@pytest.mark.parametrize("name", sorted(PURE_ARCHIVE))
def test_pure_modules_of_the_archive_do_no_io(name: str) -> None:
    path = ROOT / "archive" / f"{name}.py"
    assert not names(path) & {"sqlite3", "sqlite_utils", "os", "pathlib", "click", "time", "random"}


def calls_the_clock(path: Path) -> list[int]:
    clock = {"now", "utcnow", "today"}
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in clock
    ]


@pytest.mark.parametrize(
    "path",
    [
        *modules("crawler/extract"),
        *(p for p in modules("archive") if p.stem in PURE_ARCHIVE),
    ],
    ids=identify,
)
def test_time_is_an_argument(path: Path) -> None:
    assert calls_the_clock(path) == []


COMMANDS = ROOT / "crawler" / "commands"


@pytest.mark.parametrize(
    "path", [p for p in modules("crawler") if p.parent != COMMANDS], ids=identify
)
def test_a_crawl_asks_the_clock_that_it_was_handed(path: Path) -> None:
    asked = len(calls_the_clock(path))
    assert asked == (1 if path.name == "clock.py" else 0)


def test_there_are_no_grab_bags() -> None:
    found = [p for package in ("archive", "crawler") for p in modules(package)]
    assert [identify(p) for p in found if p.stem in GRAB_BAGS] == []


def import_graph() -> dict[str, set[str]]:
    """Give module ▸ modules of ours that it imports when it is loaded (not inside functions)."""
    paths = {
        ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p
        for package in ("archive", "crawler")
        for p in modules(package)
    }
    graph: dict[str, set[str]] = {name: set() for name in paths}
    for name, path in paths.items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                candidates = {f"{node.module}.{alias.name}" for alias in node.names}
                graph[name] |= {c if c in paths else node.module for c in candidates} & paths.keys()
            elif isinstance(node, ast.Import):
                graph[name] |= {alias.name for alias in node.names} & paths.keys()
        graph[name].discard(name)
    return graph


def test_imports_have_no_circle() -> None:
    graph = import_graph()
    while leaves := {name for name, wanted in graph.items() if not wanted}:
        graph = {name: wanted - leaves for name, wanted in graph.items() if name not in leaves}
    assert graph == {}
