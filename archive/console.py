"""What every command shares: the archive's option, JSON output, and how errors end a command.

`crawler.cli` builds on the same pieces: a group decorated with `archive_option`, commands decorated
with `archive_option` and `json_options`, and `run` as the entry point. No command is here.
"""

import gc
import io
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from archive.errors import BackfileError
from archive.terminal import harmless

if TYPE_CHECKING:
    from archive.export import Record

Decorated = TypeVar("Decorated", bound=Callable[..., object])

DEFAULT_FOLDER = "backfile-archive"
# What one answer may hold: far beyond any reader, within SQLite's.
MOST_ROWS = 1_000_000
# What may control a terminal or turn its text around, and JSON allows in a string as it is.
_CONTROLS = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
# 128 and the signal's number, as shells report it.
INTERRUPTED = 130


def archive_option(function: Decorated) -> Decorated:
    """Add `-a/--archive FOLDER`, passed as `archive: Path`.

    It may stand before the command's name too, when the group has it. The order is: the command's
    option, the group's, BACKFILE_ARCHIVE, the default folder.
    """
    return click.option(
        "-a",
        "--archive",
        metavar="FOLDER",
        type=click.Path(path_type=Path, file_okay=False),
        callback=_folder,
        help=f"The archive's folder (or BACKFILE_ARCHIVE; default: {DEFAULT_FOLDER}).",
    )(function)


def _folder(context: click.Context, _option: click.Parameter, value: Path | None) -> Path:
    return folder_of(context, value)


def folder_of(context: click.Context, value: Path | None) -> Path:
    """Give the archive's folder: the command's option, if it has a value, or what stands behind."""
    if value is not None:
        return value
    if context.parent is not None and "archive" in context.parent.params:
        inherited: Path = context.parent.params["archive"]
        return inherited
    return Path(os.environ.get("BACKFILE_ARCHIVE") or DEFAULT_FOLDER)


def json_options(function: Decorated) -> Decorated:
    """Add `--json` and `--jsonl`, passed as `as_json: bool` and `as_jsonl: bool`."""
    one_array = click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
    by_line = click.option("--jsonl", "as_jsonl", is_flag=True, help="Print a JSON object a line.")
    return one_array(by_line(function))


def examples(*lines: str) -> str:
    """Give an epilog that shows how a command is called, one call a line."""
    # click keeps the lines of a paragraph that begins with a backspace.
    return "\n".join(("\b", "Examples:", *(f"  {line}" for line in lines)))


def echo_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Print lines; their makers have taken out of them what a terminal would obey."""
    for line in lines:
        click.echo(line, err=err)


def print_json(records: Iterable["Record"], *, by_line: bool) -> None:
    """Print one array, or an object a line; lone surrogates are escaped, so that it always can."""
    if by_line:
        for record in records:
            click.echo(_encoded(record, indent=None))
    else:
        click.echo(_encoded(list(records), indent=2))


def _encoded(value: object, *, indent: int | None) -> str:
    # Loaded only where JSON is printed: most answers are lines.
    import json
    import re

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return re.sub(_CONTROLS, lambda found: f"\\u{ord(found[0]):04x}", text)


def run(command: click.Command, *, name: str) -> NoReturn:
    """Run a program and exit: 0, or what its error says; a command may return its exit code."""
    stdout = sys.stdout
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that lacks a character shows another instead of a traceback.
        sys.stdout.reconfigure(errors="replace")
    try:
        result = command.main(prog_name=name, standalone_mode=False)
        sys.stdout.flush()
        code = result if isinstance(result, int) else 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BackfileError as error:
        click.echo(f"{name}: {harmless(str(error))}", err=True)
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except BrokenPipeError:
        code = _enough()
    except SystemExit:
        # click ends a command whose reader has enough by itself, as if it had failed; it is told by
        # the stream that click puts in stdout's place then.
        if sys.stdout is stdout:
            raise
        sys.stdout = stdout
        code = _enough()
    except OSError as error:
        # The disk behind stdout is full, and the like.
        click.echo(f"{name}: {error.strerror or error}", err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = BackfileError.exit_code
    # On its way out Python looks through all there is for circles, nearly a tenth of what a search
    # costs; but everything goes with the process.
    gc.freeze()
    sys.exit(code)


def _enough() -> int:
    """Give the code of a command whose reader (`| head`) has enough.

    Python would complain once more when it closes stdout.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
