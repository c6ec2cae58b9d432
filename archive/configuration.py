"""`backfile.toml` in the archive's folder, the one configuration file: read, checked, explained.

    [crawl]
    contact = "mailto:me@cells.example"
    delay = 2

    [notify]
    command = "notify-send Backfile"

What stands in it is the default of the command's options: an option and an environment variable go
before it. `SETTINGS` is all that it may hold; anything else is refused by name. Nothing is applied
here.
"""

import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from archive.errors import UsageError

FILE_NAME = "backfile.toml"

Value: TypeAlias = "str | int | float | bool | tuple[str, ...] | None"

# As `crawl --max-time` takes it.
_LENGTH = re.compile(r"[0-9]{1,9}[smhd]?")
_WEB = re.compile(r"https?://[^\s/]+\S*")
_MAIL = re.compile(r"[^\s@,<>]+@[^\s@,<>]+")
# Headlines without a link for which a crawl asks sites: little beside the pages of its lists. The
# rest waits for other days.
MOST_ASKED = 20
SECURITY = ("none", "starttls", "tls")


def _number(given: object) -> Value:
    """Give seconds; `inf` and `nan` are numbers in TOML, and none to wait for."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return float(given) if 0 <= given < float("inf") else None


def _whole(least: int) -> Callable[[object], Value]:
    def read(given: object) -> Value:
        is_whole = isinstance(given, int) and not isinstance(given, bool)
        return given if is_whole and isinstance(given, int) and given >= least else None

    return read


def _flag(given: object) -> Value:
    return given if isinstance(given, bool) else None


def _text(given: object) -> Value:
    return given if isinstance(given, str) and given.strip() and given.isprintable() else None


def _like(pattern: re.Pattern[str]) -> Callable[[object], Value]:
    def read(given: object) -> Value:
        return given if isinstance(given, str) and pattern.fullmatch(given) else None

    return read


def _texts(one: Callable[[object], Value]) -> Callable[[object], Value]:
    """Read one text, or a list of them, as a tuple."""

    def read(given: object) -> Value:
        several = given if isinstance(given, list) else [given]
        found = tuple(each for each in map(one, several) if isinstance(each, str))
        return found if found and len(found) == len(several) else None

    return read


def _command(given: object) -> Value:
    """Read a command's words: a list of them, or a text with quotes as a shell has them."""
    import shlex

    try:
        words = shlex.split(given) if isinstance(given, str) else given
    except ValueError:
        return None
    return _texts(_text)(words) if isinstance(words, list) and words else None


def _host(given: object) -> Value:
    """Read `HOST=ADDRESS`, as `--resolve` takes it."""
    from ipaddress import ip_address

    host, _, address = given.partition("=") if isinstance(given, str) else ("", "", "")
    try:
        ip_address(address)
    except ValueError:
        return None
    return _text(given) if host and " " not in host else None


def _day(given: object) -> Value:
    """Read a day, as a date of TOML's or in quotes; gives it in ISO form."""
    text = given.isoformat() if type(given) is date else given
    try:
        is_day = isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return None
    return text if is_day and isinstance(text, str) else None


def _one_of(*words: str) -> Callable[[object], Value]:
    return lambda given: given if isinstance(given, str) and given in words else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting: how it is read, what it should be, and what holds where it is not given."""

    read: Callable[[object], Value]
    """Gives the value, or None for what is none."""
    wanted: str
    """What it should be, in words."""
    default: Value = None
    is_secret: bool = False
    """It is shown nowhere, and only its owner may read a file that holds it."""


def _of(
    read: Callable[[object], Value],
    wanted: str,
    default: Value = None,
    *,
    is_secret: bool = False,
) -> Setting:
    return Setting(read=read, wanted=wanted, default=default, is_secret=is_secret)


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "crawl.contact": _of(_text, "a mail or web address"),
        "crawl.delay": _of(_number, "a number of seconds", 1.0),
        "crawl.allow_private": _of(_flag, "true or false", default=False),
        "crawl.credentials": _of(_text, "a file's name"),
        "crawl.hosts": _of(_texts(_host), '"HOST=ADDRESS" with an IP address, or a list of such'),
        "crawl.since": _of(_day, "a day: 2024-11-08"),
        "crawl.log_json": _of(_text, 'a file\'s name, or "-"'),
        "crawl.max_pages": _of(_whole(1), "a whole number, 1 or more"),
        "crawl.max_time": _of(_like(_LENGTH), 'a length of time: "90s", "30m" or "2h"'),
        "crawl.captures": _of(_flag, "true or false", default=True),
        "crawl.reserve_mb": _of(_whole(0), "a whole number, 0 or more", 500),
        "crawl.budget_mb": _of(_whole(1), "a whole number, 1 or more"),
        "crawl.resolve_most": _of(_whole(0), "a whole number, 0 or more", MOST_ASKED),
        "crawl.mementos": _of(_flag, "true or false", default=True),
        "crawl.timegate": _of(_like(_WEB), "an address that begins with http:// or https://"),
        "crawl.memento_delay": _of(_number, "a number of seconds, 0 or more", 5),
        "crawl.max_mementos": _of(_whole(0), "a whole number, 0 or more", 100),
        "crawl.honour_noarchive": _of(_flag, "true or false", default=False),
        "crawl.readers": _of(_whole(1), "a whole number, 1 or more"),
        "notify.command": _of(_command, "a command, or a list of its words"),
        "notify.webhook": _of(_like(_WEB), "an address that begins with http:// or https://"),
        "notify.webhook_token": _of(_text, "a text", is_secret=True),
        "notify.mail": _of(_texts(_like(_MAIL)), "a mail address, or a list of them"),
        "notify.mail_from": _of(_like(_MAIL), "a mail address"),
        "notify.smtp_host": _of(_text, "a host's name"),
        "notify.smtp_port": _of(_whole(1), "a port's number"),
        "notify.smtp_security": _of(_one_of(*SECURITY), '"none", "starttls" or "tls"', "starttls"),
        "notify.smtp_user": _of(_text, "a text"),
        "notify.smtp_password": _of(_text, "a text", is_secret=True),
    }
)
TABLES = tuple(dict.fromkeys(name.partition(".")[0] for name in SETTINGS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What a configuration file says; empty where there is none."""

    path: Path
    given: Mapping[str, Value] = field(default_factory=dict)
    """Setting's name ▸ value, of those that are in the file."""

    def __getitem__(self, name: str) -> Value:
        """Give a setting's value: the file's, or what holds without it."""
        return self.given.get(name, SETTINGS[name].default)


def read(folder: Path) -> Configuration:
    """Read an archive's configuration file; one that is missing says nothing.

    Raises UsageError: it cannot be read, is no TOML, holds what is no setting or of another kind,
    or holds a secret and can be read by others.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return Configuration(path=path)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: {error.reason}") from error
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    found = parse(text, path)
    secrets = [name for name in found.given if SETTINGS[name].is_secret]
    if secrets and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UsageError(f"{path} holds {secrets[0]} and can be read by others: `chmod 600 {path}`")
    return found


def parse(text: str, path: Path) -> Configuration:
    """Read a configuration file's text. Raises UsageError in one line that names file and key."""
    import tomllib

    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is no TOML: {error}") from error
    return Configuration(path=path, given=dict(_checked(tables, path)))


def _checked(tables: Mapping[str, object], path: Path) -> Iterator[tuple[str, Value]]:
    for table, held in tables.items():
        if table not in TABLES:
            raise UsageError(f"{path}: {unknown(table, TABLES, [f'[{t}]' for t in TABLES])}")
        if not isinstance(held, dict):
            raise UsageError(f"{path}: {table} should be a table: write [{table}] on its own line")
        for key, given in held.items():
            yield f"{table}.{key}", _value(f"{table}.{key}", given, path)


def _value(name: str, given: object, path: Path) -> Value:
    setting = SETTINGS.get(name)
    if setting is None:
        table = name.partition(".")[0]
        known = [each for each in SETTINGS if each.startswith(f"{table}.")]
        raise UsageError(f"{path}: {unknown(name, known, known)}")
    value = setting.read(given)
    if value is None:
        # A secret's value is repeated nowhere, not even where it is of the wrong kind.
        shown = "" if setting.is_secret else f", not {given!r}"
        raise UsageError(f"{path}: {name} should be {setting.wanted}{shown}")
    return value


def unknown(name: str, known: "tuple[str, ...] | list[str]", shown: list[str]) -> str:
    """Say that there is no such setting, and which is nearest, or else which there are."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(shown)}"
    return f"unknown setting {name}; {hint}"


def shown(name: str, value: Value) -> Value:
    """Give a value as it may be shown: no secret, and of a webhook its host alone.

    Many services put the token into the address.
    """
    if value is None:
        return None
    if SETTINGS[name].is_secret:
        return "(set, not shown)"
    if name == "notify.webhook":
        scheme, _, rest = str(value).partition("://")
        return f"{scheme}://{re.split('[/?#]', rest)[0].rpartition('@')[2]}/…"
    return value
