"""Each way of telling, against a real program, a real web server and a server that speaks SMTP."""

import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from archive.configuration import Configuration, Value
from crawler import notifying
from crawler.notifying import Telling, tell, ways

TELLING = Telling(
    subject="Backfile: Zellen ☀ is dead",
    text="Zellen ☀ is dead: host not found\nas it seems",
    record={"sources": [{"id": 1, "name": "Zellen ☀"}]},
)


def held(**given: Value) -> Configuration:
    return Configuration(
        path=Path("backfile.toml"), given={f"notify.{key}": value for key, value in given.items()}
    )


def command(*words: str) -> Configuration:
    return held(command=(sys.executable, "-c", *words))


def test_who_configures_nothing_is_told_nothing() -> None:
    assert ways(held()) == ()
    assert tell(TELLING, held(smtp_host="mail.example")) == {}


def test_a_command_gets_the_record_and_the_text_without_a_shell(tmp_path: Path) -> None:
    out = tmp_path / "told"
    program = (
        "import os, sys, pathlib; "
        "pathlib.Path(sys.argv[1]).write_text("
        "sys.stdin.buffer.read().decode() + os.environ['BACKFILE_NOTICE'] + sys.argv[2])"
    )
    assert tell(TELLING, command(program, str(out), "$HOME; `x`")) == {"command": None}
    record, _, rest = out.read_text().partition("}]}")
    assert json.loads(record + "}]}") == TELLING.record
    assert rest == TELLING.text + "$HOME; `x`"


def test_a_command_that_fails_says_so() -> None:
    program = "import sys; print('first', file=sys.stderr); sys.exit('no such desk')"
    (fault,) = tell(TELLING, command(program)).values()
    assert fault == f"{sys.executable} exited 1: no such desk"
    (fault,) = tell(TELLING, held(command=("/no/such/program",))).values()
    assert fault == "/no/such/program: No such file or directory"


def test_a_command_that_reads_nothing_is_fine() -> None:
    large = Telling(subject="x", text="x", record={"x": "y" * 1_000_000})
    assert tell(large, command("pass")) == {"command": None}


def test_a_command_and_all_that_it_started_end_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifying, "LIMIT", 1.0)
    late = tmp_path / "late"
    inner = f"import time, pathlib; time.sleep(2); pathlib.Path({str(late)!r}).touch()"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    began = time.monotonic()
    (fault,) = tell(TELLING, command(program)).values()
    assert fault == f"{sys.executable} took longer than 1 s"
    assert time.monotonic() - began < 2
    time.sleep(2)
    assert not late.exists()


class Hook(BaseHTTPRequestHandler):
    """Keeps what it is sent; answers with the status that the path names."""

    got: list[tuple[str, dict[str, str], bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, dict(self.headers), body))
        if self.path == "/slow":
            time.sleep(2)
        self.send_response(int(self.path[1:]) if self.path[1:].isdigit() else 204)
        self.send_header("Location", "/200")
        self.end_headers()

    def do_GET(self) -> None:
        """Nobody may come here: a redirect was followed."""
        self.got.append((self.path, {}, b""))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its base's name
        """Say nothing."""


@pytest.fixture
def hook() -> Iterator[tuple[str, list[tuple[str, dict[str, str], bytes]]]]:
    Hook.got = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", Hook.got
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_webhook_gets_the_record(hook: tuple[str, list[Any]]) -> None:
    address, got = hook
    assert tell(TELLING, held(webhook=f"{address}/in", webhook_token="hush")) == {"webhook": None}
    ((path, headers, body),) = got
    assert path == "/in"
    assert json.loads(body) == TELLING.record
    assert headers["Content-Type"] == "application/json"
    assert headers["Authorization"] == "Bearer hush"


@pytest.mark.parametrize("status", [302, 307, 404, 500])
def test_a_webhook_that_does_not_take_it_is_a_fault(
    hook: tuple[str, list[Any]], status: int
) -> None:
    address, got = hook
    assert tell(TELLING, held(webhook=f"{address}/{status}")) == {
        "webhook": f"it answered {status}"
    }
    assert len(got) == 1


def test_a_webhook_has_a_limit_and_may_be_gone(
    hook: tuple[str, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifying, "LIMIT", 0.5)
    assert tell(TELLING, held(webhook=f"{hook[0]}/slow"))["webhook"] is not None
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    fault = tell(TELLING, held(webhook=f"http://127.0.0.1:{port}/"))["webhook"]
    assert fault == "Connection refused"
    assert tell(TELLING, held(webhook="http://a:b/"))["webhook"] is not None


@pytest.fixture
def dripping() -> Iterator[int]:
    """A server that sends a byte of its greeting now and then, for as long as somebody listens."""
    server = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip() -> None:
        connection, _ = server.accept()
        with connection:
            for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1000:
                if over.wait(0.05):
                    return
                connection.sendall(bytes([byte]))

    thread = threading.Thread(target=drip)
    thread.start()
    yield int(server.getsockname()[1])
    over.set()
    thread.join()
    server.close()


@pytest.mark.parametrize("way", ["webhook", "mail"])
def test_one_that_answers_byte_by_byte_has_the_same_limit(
    way: str, dripping: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifying, "LIMIT", 0.5)
    given = {
        "webhook": held(webhook=f"http://127.0.0.1:{dripping}/"),
        "mail": held(
            mail=("me@a.example",),
            smtp_host="127.0.0.1",
            smtp_port=dripping,
            smtp_security="none",
        ),
    }
    began = time.monotonic()
    assert tell(TELLING, given[way]) == {way: "it took longer than 0.5 s"}
    assert time.monotonic() - began < 5


class Post:
    """A mail server that takes one mail, and keeps what it was told."""

    def __init__(self, *, refuses: str | None = None) -> None:
        self.refuses = refuses
        self.lines: list[bytes] = []
        self.mail = b""
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self) -> None:
        connection, _ = self.socket.accept()
        with connection, connection.makefile("rwb") as stream:

            def answer(text: str) -> None:
                stream.write(f"{text}\r\n".encode())
                stream.flush()

            answer("220 post.example")
            for line in stream:
                self.lines.append(line.strip())
                word = line[:4].upper()
                if self.refuses and word == self.refuses.encode():
                    answer("550 not you")
                elif word == b"DATA":
                    answer("354 go on")
                    for part in iter(stream.readline, b".\r\n"):
                        self.mail += part
                    answer("250 taken")
                elif word == b"QUIT":
                    answer("221 bye")
                    return
                else:
                    answer("250 fine")

    def close(self) -> None:
        self.thread.join(10)
        self.socket.close()


def mailed(post: Post, **given: Value) -> Configuration:
    server: dict[str, Value] = {
        "smtp_host": "127.0.0.1",
        "smtp_port": post.port,
        "smtp_security": "none",
        "mail": ("me@a.example", "you@b.example"),
    }
    return held(**(server | given))


def test_mail_goes_to_everybody_with_subject_and_text() -> None:
    post = Post()
    assert tell(TELLING, mailed(post, mail_from="bot@a.example")) == {"mail": None}
    post.close()
    assert any(line.lower().startswith(b"mail from:<bot@a.example>") for line in post.lines)
    assert sum(line.lower().startswith(b"rcpt to:") for line in post.lines) == 2
    mail = message_from_bytes(post.mail.replace(b"\r\n", b"\n"))
    assert mail["To"] == "me@a.example, you@b.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.decode() == TELLING.text + "\n"
    assert b"=?utf-8?" in post.mail


def test_mail_that_is_refused_is_a_fault() -> None:
    post = Post(refuses="RCPT")
    fault = tell(TELLING, mailed(post))["mail"]
    post.close()
    assert fault is not None
    assert "not you" in fault


def test_a_server_without_starttls_gets_neither_mail_nor_password() -> None:
    post = Post()
    given = mailed(post, smtp_security="starttls", smtp_user="me", smtp_password="hush")
    fault = tell(TELLING, given)["mail"]
    post.close()
    assert fault is not None
    assert "STARTTLS" in fault
    assert post.mail == b""
    assert not any(b"AUTH" in line for line in post.lines)


def test_no_password_is_sent_in_the_clear() -> None:
    given = held(
        mail=("me@a.example",), smtp_host="127.0.0.1", smtp_security="none", smtp_user="me"
    )
    assert "without starttls or tls" in str(tell(TELLING, given)["mail"])


def test_without_a_server_the_machines_own_sendmail_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(notifying, "SENDMAIL", str(tmp_path / "nowhere"))
    given = held(mail=("me@a.example", "-you@b.example"))
    assert "No such file" in str(tell(TELLING, given)["mail"])
    program = tmp_path / "sendmail"
    program.write_text(
        f"#!{sys.executable}\nimport sys, pathlib\n"
        f"pathlib.Path({str(tmp_path / 'sent')!r}).write_text("
        "repr(sys.argv[1:]) + sys.stdin.read())\n"
    )
    program.chmod(0o755)
    assert tell(TELLING, given) == {"mail": None}
    sent = (tmp_path / "sent").read_text()
    assert sent.startswith(
        "['-i', '-f', 'me@a.example', '--', 'me@a.example', '-you@b.example']Subject: "
    )


def test_one_way_that_fails_keeps_no_other_from_telling(tmp_path: Path) -> None:
    given = held(command=("/no/such/program",), mail=("a@b.example",), webhook="http://a:b/")
    outcome = tell(TELLING, given)
    assert list(outcome) == ["command", "webhook", "mail"]
    assert outcome["command"] is not None
