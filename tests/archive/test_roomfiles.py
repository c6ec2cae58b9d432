"""The two files that make a folder Datasette's: written, renewed while they are ours, then kept."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from datasette.app import DEFAULT_SETTINGS
from datasette.utils import parse_metadata

from archive import roomfiles
from archive.errors import UsageError
from archive.roomfiles import (
    FORMER,
    METADATA,
    METADATA_FILE,
    SETTINGS,
    SETTINGS_FILE,
    keep,
    lacking,
    settings_text,
)
from tests.archive.making import new_archive

# What the version before this file was kept by digests wrote.
OLD_SETTINGS = """{
  "default_page_size": 50,
  "sql_time_limit_ms": 5000,
  "allow_download": false
}
"""


def test_a_new_archive_is_a_folder_for_datasette(folder: Path) -> None:
    with new_archive(folder):
        pass
    assert json.loads((folder / SETTINGS_FILE).read_text()) == SETTINGS
    assert parse_metadata((folder / METADATA_FILE).read_text()) == {"title": "News archive"}


def test_datasette_knows_every_setting_and_has_another_default() -> None:
    for name, value in SETTINGS.items():
        assert DEFAULT_SETTINGS[name] != value


def test_what_an_earlier_version_wrote_is_renewed(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text(OLD_SETTINGS)
    assert keep(tmp_path) == ()
    assert (tmp_path / SETTINGS_FILE).read_text() == settings_text()
    assert lacking(tmp_path) == ()


def test_what_a_person_changed_is_kept_to_the_byte(tmp_path: Path) -> None:
    mine = OLD_SETTINGS.replace("50,", "51,").encode()
    (tmp_path / SETTINGS_FILE).write_bytes(mine)
    (tmp_path / METADATA_FILE).write_bytes(METADATA.encode() + b"about: mine\r\n")
    assert keep(tmp_path) == ()
    assert (tmp_path / SETTINGS_FILE).read_bytes() == mine
    assert (tmp_path / METADATA_FILE).read_bytes().endswith(b"about: mine\r\n")
    (told,) = lacking(tmp_path)
    assert "is yours, and lacks: facet_time_limit_ms 1000, suggest_facets false" in told
    assert "default_page_size" not in told


def test_every_former_text_of_metadata_is_renewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = b"title: as it was\n"
    digests = FORMER[METADATA_FILE] | {hashlib.sha256(former).hexdigest()}
    monkeypatch.setattr(roomfiles, "FORMER", {**FORMER, METADATA_FILE: digests})
    (tmp_path / METADATA_FILE).write_bytes(former)
    keep(tmp_path)
    assert (tmp_path / METADATA_FILE).read_text() == METADATA


def test_the_texts_of_today_are_not_among_the_former() -> None:
    for name, text in ((SETTINGS_FILE, settings_text()), (METADATA_FILE, METADATA)):
        assert roomfiles.digest(text.encode()) not in FORMER[name]


@pytest.mark.parametrize("name", ["metadata.json", "metadata.yml"])
def test_metadata_under_another_name_counts(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}")
    keep(tmp_path)
    assert not (tmp_path / METADATA_FILE).exists()


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.json").write_text(OLD_SETTINGS)
    (tmp_path / SETTINGS_FILE).symlink_to("elsewhere.json")
    keep(tmp_path)
    assert (tmp_path / SETTINGS_FILE).is_symlink()
    assert (tmp_path / "elsewhere.json").read_text() == settings_text()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    told = keep(tmp_path / "missing")
    assert len(told) == 2
    assert "Datasette does without" in told[0]


def test_no_trace_is_left_beside(tmp_path: Path) -> None:
    keep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [METADATA_FILE, SETTINGS_FILE]


@pytest.mark.parametrize("text", ["{", "[]", "null"])
def test_settings_that_datasette_cannot_read(tmp_path: Path, text: str) -> None:
    (tmp_path / SETTINGS_FILE).write_text(text)
    with pytest.raises(UsageError, match=r"settings\.json"):
        lacking(tmp_path)


def test_the_document_lists_the_settings() -> None:
    document = (Path(__file__).parent.parent.parent / "docs" / "reading-room.md").read_text()
    listed = dict(re.findall(r"^\| `(\w+)` \| ([\w]+) \|", document, re.MULTILINE))
    assert listed == {name: json.dumps(value) for name, value in SETTINGS.items()}
