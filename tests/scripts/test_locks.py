"""The locks install wherever the project promises to run."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

LOCKS = Path(__file__).parent.parent.parent / "scripts" / "locks"
DEBIAN_12 = "3.11.2"
PINS = sorted(
    {
        pin
        for lock in LOCKS.glob("*.txt")
        for pin in re.findall(r"^([\w.-]+)==", lock.read_text(), re.MULTILINE)
    }
)


@pytest.mark.parametrize("name", PINS)
def test_what_is_pinned_runs_on_debians_python(name: str) -> None:
    try:
        asked = metadata(name).json.get("requires_python")
    except PackageNotFoundError:
        pytest.skip(f"{name} is not for this Python")
    assert DEBIAN_12 in SpecifierSet(str(asked or ""))


@pytest.mark.parametrize("lock", sorted(LOCKS.glob("*.txt")), ids=lambda path: path.name)
def test_a_lock_names_hashes_and_no_index(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host", text)
    assert text.count("==") <= text.count("--hash=sha256:")
