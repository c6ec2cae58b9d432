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

from archive.browse import (
    LOOPBACK,
    arguments,
    choose_host,
    choose_port,
    prepare,
    reached,
    warning,
)
from archive.errors import UsageError
from tests.archive.making import NOW, article, new_archive, reading

ROOT = Path(__file__).parent.parent.parent


def test_what_a_persons_settings_lack_is_told(tmp_path: Path) -> None:
    assert prepare(tmp_path) == ()
    (tmp_path / "settings.json").write_text('{"sql_time_limit_ms": 200}')
    (told,) = prepare(tmp_path)
    assert "lacks" in told
    assert "up to 0.2 seconds" in warning(tmp_path)
    (tmp_path / "settings.json").write_text("{}")
    assert "up to 1 seconds" in warning(tmp_path)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machine_needs_no_word(host: str) -> None:
    assert choose_host(host, public=False) == host
    assert choose_host(host, public=True) == host


def test_nobody_becomes_public_by_half_a_word() -> None:
    assert choose_host(None, public=False) == LOOPBACK
    with pytest.raises(UsageError, match="--public needs --host"):
        choose_host(None, public=True)
    for host in ("0.0.0.0", "::", "192.168.1.5", "news.example"):
        with pytest.raises(UsageError, match="add --public"):
            choose_host(host, public=False)
        assert choose_host(host, public=True) == host


def test_addresses_as_they_are_printed() -> None:
    assert reached("127.0.0.1", 80) == "http://127.0.0.1:80/"
    assert reached("::1", 80) == "http://[::1]:80/"
    assert "port 80 of all addresses" in reached("0.0.0.0", 80)


def test_an_address_that_is_not_ours() -> None:
    with pytest.raises(UsageError, match=r"cannot listen at 192\.0\.2\.1"):
        choose_port(None, "192.0.2.1")
    with pytest.raises(UsageError, match="there is no address"):
        choose_port(None, "no host")


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


def test_a_page_that_is_not_there_fills_no_terminal(folder: Path) -> None:
    new_archive(folder).close()
    port = choose_port(0)
    with subprocess.Popen(
        [sys.executable, "-m", "archive", "browse", "-a", str(folder), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    ) as process:
        get(f"http://{LOOPBACK}:{port}/")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"http://{LOOPBACK}:{port}/archive/no-such-table")
        process.terminate()
        told = process.communicate()[0]
    assert '"GET /archive/no-such-table HTTP/1.1" 404' in told
    assert "Traceback" not in told
