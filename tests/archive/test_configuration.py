"""What a configuration file may say, and how it is refused."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.configuration import FILE_NAME, SETTINGS, TABLES, Configuration, parse, read, shown
from archive.errors import UsageError

PATH = Path("an-archive") / FILE_NAME


def refused(text: str) -> str:
    with pytest.raises(UsageError) as error:
        parse(text, PATH)
    said = str(error.value)
    assert said.startswith(str(PATH))
    return said.removeprefix(f"{PATH}: ").removeprefix(f"{PATH} ")


HOSTS = 'crawl.hosts should be "HOST=ADDRESS" with an IP address, or a list of such'


def test_what_is_not_given_has_its_default(tmp_path: Path) -> None:
    held = read(tmp_path)
    assert held == Configuration(path=tmp_path / FILE_NAME)
    assert held["crawl.delay"] == 1.0
    assert held["crawl.contact"] is None


def test_values_are_given_as_their_kind() -> None:
    held = parse(
        '[crawl]\ndelay = 2\ncaptures = false\nmax_time = "2h"\nbudget_mb = 5\n'
        'hosts = ["cells.example=10.0.0.7", "*.b.example=::1"]\nsince = 2024-11-08\n'
        'log_json = "-"\n'
        '[notify]\ncommand = "say \'it now\'"\nmail = ["a@b.example", "c@d.example"]\n',
        PATH,
    )
    assert held.given == {
        "crawl.delay": 2.0,
        "crawl.captures": False,
        "crawl.max_time": "2h",
        "crawl.budget_mb": 5,
        "crawl.hosts": ("cells.example=10.0.0.7", "*.b.example=::1"),
        "crawl.since": "2024-11-08",
        "crawl.log_json": "-",
        "notify.command": ("say", "it now"),
        "notify.mail": ("a@b.example", "c@d.example"),
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[crawl]\ndelai = 2", "unknown setting crawl.delai; did you mean crawl.delay?"),
        ("[notify]\nwebhok = 2", "unknown setting notify.webhok; did you mean notify.webhook?"),
        ("[notfy]\nmail = 2", "unknown setting notfy; did you mean notify?"),
        ("[x]", "unknown setting x; there are [crawl], [notify]"),
        ("delay = 2", "unknown setting delay; there are [crawl], [notify]"),
        ("crawl = 2", "crawl should be a table: write [crawl] on its own line"),
        ('[crawl]\ndelay = "2"', "crawl.delay should be a number of seconds, not '2'"),
        ("[crawl]\ndelay = -1", "crawl.delay should be a number of seconds, not -1"),
        ("[crawl]\ndelay = nan", "crawl.delay should be a number of seconds, not nan"),
        ("[crawl]\ndelay = inf", "crawl.delay should be a number of seconds, not inf"),
        ("[crawl]\ndelay = true", "crawl.delay should be a number of seconds, not True"),
        ("[crawl]\ncaptures = 1", "crawl.captures should be true or false, not 1"),
        ("[crawl]\nreaders = 0", "crawl.readers should be a whole number, 1 or more, not 0"),
        ("[crawl]\nreaders = true", "crawl.readers should be a whole number, 1 or more, not True"),
        (
            '[crawl]\nhosts = "cells.example=here"',
            f"{HOSTS}, not 'cells.example=here'",
        ),
        (
            '[crawl]\nhosts = ["a.example=10.0.0.7", "10.0.0.7"]',
            f"{HOSTS}, not ['a.example=10.0.0.7', '10.0.0.7']",
        ),
        ('[crawl]\nsince = "8.11.24"', "crawl.since should be a day: 2024-11-08, not '8.11.24'"),
        ('[crawl]\nsince = "20241108"', "crawl.since should be a day: 2024-11-08, not '20241108'"),
        ("[crawl]\nsince = 2024", "crawl.since should be a day: 2024-11-08, not 2024"),
        ("[crawl]\nlog_json = 1", """crawl.log_json should be a file's name, or "-", not 1"""),
        ('[crawl]\ncontact = ""', "crawl.contact should be a mail or web address, not ''"),
        (
            "[crawl]\nmax_time = 2",
            'crawl.max_time should be a length of time: "90s", "30m" or "2h", not 2',
        ),
        (
            '[notify]\nmail = "me"',
            "notify.mail should be a mail address, or a list of them, not 'me'",
        ),
        (
            '[notify]\ncommand = "say \'it"',
            """notify.command should be a command, or a list of its words, not "say 'it\"""",
        ),
        (
            "[notify]\ncommand = []",
            "notify.command should be a command, or a list of its words, not []",
        ),
        ("[notify]\nmail = []", "notify.mail should be a mail address, or a list of them, not []"),
        (
            '[notify]\nwebhook = "ftp://a"',
            "notify.webhook should be an address that begins with http:// or https://, not 'ftp://a'",
        ),
        ("[notify]\nsmtp_password = 12345", "notify.smtp_password should be a text"),
        (
            "[crawl",
            "is no TOML: Expected ']' at the end of a table declaration (at end of document)",
        ),
    ],
)
def test_what_is_wrong_is_one_line_with_file_and_key(text: str, said: str) -> None:
    assert refused(text) == said


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, f"[crawl]\n{text}", f"[crawl]\ncontact = {text!r}"):
        # Whatever else is raised fails the test.
        with suppress(UsageError):
            assert set(parse(whole, PATH).given) <= set(SETTINGS)


def test_a_file_with_a_secret_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text('[notify]\nsmtp_password = "hush"\n')
    path.chmod(0o640)
    with pytest.raises(UsageError, match=r"smtp_password and can be read by others: `chmod 600"):
        read(tmp_path)
    path.chmod(0o600)
    assert read(tmp_path)["notify.smtp_password"] == "hush"


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="is not UTF-8"):
        read(tmp_path)
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(UsageError, match="cannot read"):
        read(tmp_path)


def test_secrets_are_not_shown() -> None:
    assert shown("notify.smtp_password", "hush") == "(set, not shown)"
    assert shown("notify.webhook_token", None) is None
    for address in ("https://hooks.example/T0/hush", "https://me:hush@hooks.example?hush"):
        assert shown("notify.webhook", address) == "https://hooks.example/…"
    assert shown("crawl.delay", 2.0) == 2.0


def test_every_setting_is_of_a_table() -> None:
    assert TABLES == ("crawl", "notify")
