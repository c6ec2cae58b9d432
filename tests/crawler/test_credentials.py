"""Whom credentials are sent to, and where they are not to be found."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.http import Request

from archive.errors import UsageError
from crawler.credentials import Credentials, SendCredentials, read_credentials
from tests.crawler.test_run import LOCAL, backfile
from tests.newsstand import Newsstand

HELD = Credentials(by_host={"paper.example": {"Cookie": "s=1"}, "*.wire.example": {"X-Key": "two"}})


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://paper.example/a", {"Cookie": "s=1"}),
        ("https://PAPER.example:8443/a", {"Cookie": "s=1"}),
        ("https://www.paper.example/a", {}),
        ("https://paper.example.evil.example/", {}),
        ("https://a.wire.example/", {"X-Key": "two"}),
        ("https://wire.example/", {}),
        ("http://paper.example/a", {}),
    ],
)
def test_each_host_gets_its_own_and_over_https(url: str, sent: dict[str, str]) -> None:
    assert HELD.for_url(url, allow_plain=False) == sent


def test_what_a_host_was_sent_comes_off_when_it_redirects() -> None:
    sender = SendCredentials(HELD, allow_plain=False)
    first = Request("https://a.wire.example/", headers={"Cookie": "own=1"})
    sender.process_request(first)
    assert first.headers["X-Key"] == b"two"
    elsewhere = first.replace(url="https://evil.example/")
    sender.process_request(elsewhere)
    assert "X-Key" not in elsewhere.headers
    assert elsewhere.headers["Cookie"] == b"own=1"
    back = elsewhere.replace(url="https://paper.example/")
    sender.process_request(back)
    assert back.headers["Cookie"] == b"own=1; s=1"


def write(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "c.toml", '["paper.example"]\nCookie = "s=1"\n')
    assert read_credentials(path).by_host == {"paper.example": {"Cookie": "s=1"}}
    assert read_credentials(path).names == {"cookie"}


@pytest.mark.parametrize("host", ["Paper.Example", "paper.example."])
def test_a_host_may_be_written_in_any_case(tmp_path: Path, host: str) -> None:
    path = write(tmp_path / "c.toml", f'["{host}"]\nCookie = "s=1"\n')
    sent = read_credentials(path).for_url("https://paper.example/a", allow_plain=False)
    assert sent == {"Cookie": "s=1"}


@pytest.mark.parametrize(
    ("text", "mode", "told"),
    [
        ('["a.example"]\nCookie = "secret"\n', 0o644, "chmod 600"),
        ("secret", 0o600, "no TOML"),
        ('cookie = "secret"\n', 0o600, "should read"),
        ('["a.example"]\nHost = "secret"\n', 0o600, "Host of a.example cannot be sent"),
        ('["a.example"]\nCookie = "secret\\r\\nX: y"\n', 0o600, "cannot be sent"),
        ('["a.example"]\n"X Key:" = "secret"\n', 0o600, "X Key: of a.example cannot be sent"),
        ('["https://a.example/"]\nCookie = "secret"\n', 0o600, "is no host"),
        ('["a.example:8443"]\nCookie = "secret"\n', 0o600, "is no host"),
        ('["b\u00fccher.example"]\nCookie = "secret"\n', 0o600, "is no host"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_without_the_secret(
    tmp_path: Path, text: str, mode: int, told: str
) -> None:
    path = write(tmp_path / "c.toml", text, mode)
    with pytest.raises(UsageError, match=told) as caught:
        read_credentials(path)
    assert "secret" not in str(caught.value).replace(str(path), "")


@pytest.fixture(scope="module")
def stand() -> Iterator[Newsstand]:
    with Newsstand() as running:
        yield running


def test_a_crawl_sends_them_to_their_host_alone_and_keeps_them_nowhere(
    stand: Newsstand, tmp_path: Path
) -> None:
    path = write(tmp_path / "c.toml", '["cellwire.example"]\nX-Key = "Sesame-7"\n')
    archive = tmp_path / "archive"
    backfile(archive, "add", stand.seed, "--no-look")
    stand.reset_log()
    done = backfile(archive, "crawl", "-v", "--max-pages", "1", "--credentials", str(path), *LOCAL)
    keyed = {entry.host for entry in stand.log if entry.headers.get("x-key") == "Sesame-7"}
    assert keyed == {"cellwire.example"}
    assert len({entry.host for entry in stand.log}) > 3
    assert "Sesame-7" not in done.stdout + done.stderr
    unpacked = subprocess.run(
        ["gzip", "-dc", *map(str, (archive / "captures").iterdir())],
        capture_output=True,
        check=True,
    )
    assert b"cellwire.example" in unpacked.stdout
    assert b"Sesame-7" not in unpacked.stdout
    assert b"Sesame-7" not in (archive / "archive.db").read_bytes()


def test_a_bad_file_ends_a_command_before_it_fetches(tmp_path: Path) -> None:
    path = write(tmp_path / "c.toml", "", 0o644)
    command = [sys.executable, "-m", "crawler", "extract", "https://a.example/"]
    done = subprocess.run(
        [*command, "--credentials", str(path)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "chmod 600" in done.stderr) == (2, True)
