"""Tells the archive's owner by what their configuration names: a command, a webhook, mail.

It decides nothing: what is told, and whether it was told before, is `crawler.telling`'s business.
Each way has a time limit, however slowly somebody answers, and what goes wrong with one comes back
in words.
"""

import json
import os
import shutil
import signal
import smtplib
import ssl
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from archive.configuration import Configuration
from archive.terminal import cut, harmless

# Seconds that each way may take: a crawl that is over holds the archive's lock meanwhile.
LIMIT = 30.0
PORTS = {"starttls": 587, "tls": 465, "none": 25}
# Where systems keep it that do not have it on everybody's path.
SENDMAIL = "/usr/sbin/sendmail"
SUBJECT_LENGTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What is told: in one line, in several, and for programs."""

    subject: str
    text: str
    record: Mapping[str, Any]

    @property
    def json(self) -> bytes:
        """The record, as programs get it."""
        return json.dumps(self.record, ensure_ascii=False).encode("utf-8", "replace")


class Untold(Exception):
    """One way failed; `str()` says why. Never leaves this module."""


def ways(held: Configuration) -> tuple[str, ...]:
    """Give the ways by which the owner wants to be told."""
    return tuple(name for name in WAYS if held[f"notify.{name}"] is not None)


def tell(telling: Telling, held: Configuration) -> dict[str, str | None]:
    """Tell by every way that is configured; gives way ▸ what went wrong, None where nothing did."""
    outcome: dict[str, str | None] = {}
    for name in ways(held):
        try:
            WAYS[name](telling, held)
        except Untold as error:
            outcome[name] = harmless(str(error))
        else:
            outcome[name] = None
    return outcome


def by_command(telling: Telling, held: Configuration) -> None:
    """Run the command without a shell: the record on its input, the text in BACKFILE_NOTICE."""
    words = held["notify.command"]
    _run([*words] if isinstance(words, tuple) else [], telling.json, telling.text)


def by_webhook(telling: Telling, held: Configuration) -> None:
    """Send the record to an address; a redirect is not followed, for it would lose the record."""
    headers = {"Content-Type": "application/json", "User-Agent": "Backfile"}
    if held["notify.webhook_token"] is not None:
        headers["Authorization"] = f"Bearer {held['notify.webhook_token']}"
    address = str(held["notify.webhook"])
    _within_limit(lambda: _post(address, telling.json, headers))


def _post(address: str, body: bytes, headers: dict[str, str]) -> None:
    try:
        request = Request(address, body, headers)  # noqa: S310 - http and https alone
        with build_opener(_NoRedirect).open(request, timeout=LIMIT):
            pass
    except HTTPError as error:
        error.close()
        raise Untold(f"it answered {error.code}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise Untold(_words(error)) from error


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def by_mail(telling: Telling, held: Configuration) -> None:
    """Send a mail through the server that is configured, or else the machine's own sendmail."""
    mail = _mail(telling, held)
    if held["notify.smtp_host"] is None:
        program = shutil.which("sendmail") or SENDMAIL
        words = [program, "-i", "-f", mail["From"], "--", *mail["To"].split(", ")]
        _run(words, bytes(mail), telling.text)
        return
    _within_limit(lambda: _send(mail, held))


def _send(mail: EmailMessage, held: Configuration) -> None:
    try:
        with _server(held) as server:
            server.send_message(mail)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise Untold(_words(error)) from error


def _mail(telling: Telling, held: Configuration) -> EmailMessage:
    to = held["notify.mail"]
    addresses = to if isinstance(to, tuple) else ()
    mail = EmailMessage()
    mail["Subject"] = cut(telling.subject, SUBJECT_LENGTH)
    mail["From"] = str(held["notify.mail_from"] or addresses[0])
    mail["To"] = ", ".join(addresses)
    # Answers by machines ("on holiday") are wanted by nobody.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(telling.text + "\n")
    return mail


@contextmanager
def _server(held: Configuration) -> Iterator[smtplib.SMTP]:
    host, security = str(held["notify.smtp_host"]), str(held["notify.smtp_security"])
    given = held["notify.smtp_port"]
    port = given if isinstance(given, int) else PORTS[security]
    user = held["notify.smtp_user"]
    if user is not None and security == "none":
        raise Untold("a password is not sent without starttls or tls (notify.smtp_security)")
    safe = ssl.create_default_context()
    server: smtplib.SMTP
    if security == "tls":
        server = smtplib.SMTP_SSL(host, port, timeout=LIMIT, context=safe)
    else:
        server = smtplib.SMTP(host, port, timeout=LIMIT)
    with server:
        if security == "starttls":
            server.starttls(context=safe)
        if user is not None:
            server.login(str(user), str(held["notify.smtp_password"] or ""))
        yield server


def _within_limit(act: Callable[[], None]) -> None:
    """Do what talks over the network, which has a limit of its own for every answer only.

    One that sends a byte now and then would never end. What has not ended then is left to itself,
    in a thread that keeps the program from nothing.

    Raises:
        Untold: it failed, or takes longer than the limit.

    """
    outcome: SimpleQueue[Untold | None] = SimpleQueue()

    def acting() -> None:
        fault: Untold | None = Untold("it broke off")
        try:
            act()
            fault = None
        except Untold as error:
            fault = error
        finally:
            outcome.put(fault)

    Thread(target=acting, daemon=True).start()
    try:
        fault = outcome.get(timeout=LIMIT)
    except Empty:
        raise Untold(f"it took longer than {LIMIT:g} s") from None
    if fault is not None:
        raise fault


def _run(words: list[str], given: bytes, text: str) -> None:
    """Run a program in a group of its own, so that what it starts ends with it at the limit."""
    environment = {**os.environ, "BACKFILE_NOTICE": text}
    with tempfile.TemporaryFile() as errors:
        try:
            # The words are the owner's own; no shell reads them.
            running = subprocess.Popen(  # noqa: S603
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env=environment,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise Untold(f"{words[0]}: {_words(error)}") from error
        try:
            running.communicate(given, timeout=LIMIT)
        except subprocess.TimeoutExpired as error:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
            raise Untold(f"{words[0]} took longer than {LIMIT:g} s") from error
        if running.returncode:
            errors.seek(0)
            said = errors.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise Untold(f"{words[0]} exited {running.returncode}{f': {said}' if said else ''}")


def _words(error: BaseException) -> str:
    """Say what an error says, or else what it is."""
    cause = error.reason if isinstance(error, URLError) else error
    reason = getattr(cause, "strerror", None) or str(cause)
    return str(reason).strip() or type(cause).__name__


WAYS = {"command": by_command, "webhook": by_webhook, "mail": by_mail}
