"""The reading room: its configuration, its port, and that Datasette really serves it."""

import contextlib
import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from archive.browse import LOOPBACK, METADATA, SETTINGS, arguments, choose_port, prepare
from archive.errors import ArchiveError, UsageError
from tests.archive.making import NOW, article, new_archive, reading

ROOT = Path(__file__).parent.parent.parent


def test_what_a_person_changed_is_kept(tmp_path: Path) -> None:
    prepare(tmp_path)
    assert (tmp_path / "metadata.yaml").read_text() == METADATA
    json.loads(SETTINGS)
    (tmp_path / "settings.json").write_text("{}")
    prepare(tmp_path)
    assert (tmp_path / "settings.json").read_text() == "{}"


def test_metadata_under_another_name_counts(tmp_path: Path) -> None:
    (tmp_path / "metadata.json").write_text("{}")
    prepare(tmp_path)
    assert not (tmp_path / "metadata.yaml").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot write"):
        prepare(tmp_path / "missing")


def test_ports() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match="in use"):
            choose_port(port)
        assert choose_port(0) not in {0, port}
    assert choose_port(None) > 0


def test_a_browser_opens_only_when_asked(tmp_path: Path) -> None:
    assert "--open" in arguments(tmp_path, port=1, opens=True)
    assert "--open" not in arguments(tmp_path, port=1, opens=False)


def get(url: str) -> str:
    """Ask until the server is up."""
    for _ in range(200):
        with contextlib.suppress(urllib.error.URLError), urllib.request.urlopen(url) as answer:
            return str(answer.read().decode())
        time.sleep(0.1)
    pytest.fail(f"nothing answered at {url}")


def test_datasette_serves_the_archive_read_only_on_loopback(folder: Path) -> None:
    with new_archive(folder) as archive:
        archive.store(
            reading(article()), asked_url="https://a.example/", claim=None, source_id=None, now=NOW
        )
    port = choose_port(0)
    process = subprocess.Popen(
        [sys.executable, "-m", "archive", "browse", "-a", str(folder), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )
    with process:
        try:
            base = f"http://{LOOPBACK}:{port}"
            rows = json.loads(get(f"{base}/archive/articles.json?_shape=array&_search=ferry"))
            assert [row["title"] for row in rows] == ["Ferry sails on Sundays"]
            assert json.loads(get(f"{base}/-/settings.json"))["default_page_size"] == 50
            (database,) = json.loads(get(f"{base}/-/databases.json"))
            assert database["name"] == "archive"
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(f"{base}/archive.json?sql=delete+from+articles")
        finally:
            process.terminate()
            assert process.stdout is not None
            said = process.stdout.read()
    assert said.startswith(f"Browse {folder} at http://{LOOPBACK}:{port}/ (Ctrl-C ends it)\n")
    with new_archive(folder) as archive:
        assert archive.status().articles == 1
