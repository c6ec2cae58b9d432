"""Hold the quality figures on saved pages against the floors in tests/quality_floors.json.

    scripts/floors SHARED            check; exits 1 when a figure lies below its floor
    scripts/floors SHARED --raise    write today's figures as the new floors, where they are higher
    scripts/floors SHARED --lower    write today's figures, whatever they are

SHARED holds pages/{articles,dates,lists} and score.py. Where it is missing, the check says so and
passes. A floor belongs to a set of pages, named by its hash: figures of other pages say nothing.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from evaluate import KINDS, predictions

FLOORS = Path(__file__).parent.parent / "tests" / "quality_floors.json"
# Figures that are worth a floor; counts of pages are none.
FIGURES = ("text_f1", "title", "same_day", "byline_f1", "list_f1", "publisher", "of_answered")

Figures = dict[str, float]


def set_hash(folder: Path) -> str:
    """Name a set of pages by its contents."""
    digest = hashlib.sha256()
    for path in sorted([folder / "truth.json", *folder.glob("html/*.html.gz")]):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def measure(shared: Path, kind: str) -> Figures:
    """Read the set of `kind` and score what was read."""
    folder = shared / "pages" / kind
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(p, ensure_ascii=False) + "\n" for p in predictions(folder, kind))
        file.flush()
        scored = subprocess.run(
            [sys.executable, shared / "score.py", kind, folder / "truth.json", file.name],
            capture_output=True,
            text=True,
            check=True,
        )
    figures = json.loads(scored.stdout)
    return {name: figures[name] for name in FIGURES if figures.get(name) is not None}


def shortfalls(figures: Figures, floors: Figures) -> list[str]:
    """Say which figures lie below their floor, or are missing."""
    return [
        f"{name} is {figures.get(name)}, its floor {floor}"
        for name, floor in floors.items()
        if (figures.get(name) or 0.0) < floor
    ]


def renewed(floors: Figures, figures: Figures, *, lower: bool) -> Figures:
    """Give the floors to write: the higher of old and new, or the new ones as they are."""
    if lower:
        return figures
    return {name: max(value, floors.get(name, 0.0)) for name, value in figures.items()}


def check(shared: Path, *, write: bool, lower: bool) -> list[str]:
    """Measure every set; gives what falls short. With `write`, renews the file instead."""
    held = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    problems: list[str] = []
    for kind in KINDS:
        name, figures = set_hash(shared / "pages" / kind), measure(shared, kind)
        print(f"{kind}: {json.dumps(figures)}")
        of_set = held.get(kind, {})
        same_set = of_set.get("set") == name
        if write:
            floors = of_set.get("floors", {}) if same_set else {}
            held[kind] = {"set": name, "floors": renewed(floors, figures, lower=lower)}
        elif not same_set:
            problems.append(f"{kind}: the floors are of another set of pages; renew them (--raise)")
        else:
            problems += [f"{kind}: {line}" for line in shortfalls(figures, of_set["floors"])]
    if write:
        FLOORS.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
    return problems


def main() -> int:
    """Parse the arguments; gives the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--raise", dest="higher", action="store_true")
    parser.add_argument("--lower", action="store_true")
    options = parser.parse_args()
    if not (options.shared / "pages").is_dir():
        print(f"QUALITY FLOORS SKIPPED: {options.shared}/pages is not here")
        return 0
    problems = check(options.shared, write=options.higher or options.lower, lower=options.lower)
    print("\n".join([*problems, "quality floors: " + ("BROKEN" if problems else "held")]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
