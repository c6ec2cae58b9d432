"""Commands whose options may stand in the archive's `backfile.toml`, and the command `config`.

An option goes before its environment variable, that before the file, the file before the default:
the order is click's own, which takes the file's values as its map of defaults.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from archive import configuration
from archive.configuration import SETTINGS, Configuration, Value
from archive.console import archive_option, folder_of, json_options, print_json
from archive.errors import UsageError
from archive.terminal import harmless

# Setting ▸ the option that it is the default of; the others are read by who needs them.
OPTIONS = {
    "crawl.contact": "contact",
    "crawl.delay": "delay",
    "crawl.allow_private": "allow_private",
    "crawl.credentials": "credentials",
    "crawl.hosts": "hosts",
    "crawl.since": "since",
    "crawl.log_json": "log_json",
    "crawl.max_pages": "max_pages",
    "crawl.max_time": "max_time",
    "crawl.captures": "no_captures",
    "crawl.reserve_mb": "reserve",
    "crawl.budget_mb": "budget",
    "crawl.resolve_most": "resolve_most",
    "crawl.mementos": "no_mementos",
    "crawl.timegate": "timegate",
    "crawl.memento_delay": "memento_delay",
    "crawl.max_mementos": "max_mementos",
}
# Options that say the contrary of their setting.
CONTRARY = {"crawl.captures": "no_captures", "crawl.mementos": "no_mementos"}
# As `--log-json` names it.
STDERR = "-"
SOURCES = {
    ParameterSource.COMMANDLINE: "option",
    ParameterSource.ENVIRONMENT: "environment",
    ParameterSource.DEFAULT_MAP: "file",
}


class Configured(click.Command):
    """A command that takes what its options are not given from the archive's configuration."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, and before them the file that gives their defaults."""
        if not ctx.resilient_parsing:
            given, _, _ = self.make_parser(ctx).parse_args(list(args))
            asks_help = self.get_help_option(ctx)
            if asks_help is None or asks_help.name not in given:
                named = given.get("archive")
                folder = folder_of(ctx, Path(named) if isinstance(named, str) else None)
                ctx.default_map = defaults_of(configuration.read(folder))
        return super().parse_args(ctx, args)


def defaults_of(held: Configuration) -> dict[str, Any]:
    """Give option ▸ default; file names count from the archive's folder, `-` is no file."""
    found: dict[str, Any] = {
        option: held.given[name] for name, option in OPTIONS.items() if name in held.given
    }
    found |= {option: not found[option] for option in CONTRARY.values() if option in found}
    for option in ("credentials", "log_json"):
        if found.get(option, STDERR) != STDERR:
            found[option] = str(held.path.parent / Path(found[option]).expanduser())
    return found


def scrapy_settings(held: Configuration) -> dict[str, Any]:
    """Give the crawler's settings that have no option."""
    names = {
        "crawl.honour_noarchive": "BACKFILE_HONOUR_NOARCHIVE",
        "crawl.readers": "BACKFILE_READERS",
    }
    return {ours: held.given[name] for name, ours in names.items() if name in held.given}


@click.command()
@click.argument("crawl_options", nargs=-1, metavar="[-- CRAWL-OPTION]...")
@click.option("--try-notify", is_flag=True, help="Tell something by every way in [notify], to try.")
@json_options
@archive_option
@click.pass_context
def config(
    context: click.Context,
    archive: Path,
    crawl_options: tuple[str, ...],
    *,
    try_notify: bool,
    as_json: bool,
    as_jsonl: bool,
) -> int:
    """Show every setting: what is in force for a crawl of this archive, and where it comes from.

    An option goes before an environment variable, that before backfile.toml in the archive's
    folder, the file before the default. What follows `--` is read as `crawl` would read it.
    Passwords and tokens are not shown. --try-notify shows nothing, but sends a notice that says
    that it is a trial, and exits 1 where that fails.

    \b
    Examples:
      backfile config
      backfile config -- --delay 5
      backfile config --try-notify
      backfile config --json
    """
    held = configuration.read(archive)
    if try_notify:
        return tried(held)
    rows = [archive_row(context, archive), *setting_rows(held, crawl_options)]
    if as_json or as_jsonl:
        print_json(rows, by_line=as_jsonl)
        return 0
    click.echo(f"{harmless(str(held.path))}: {'read' if held.path.is_file() else 'there is none'}")
    width = max(len(row["setting"]) for row in rows)
    for row in rows:
        where = f" ({harmless(row['where'])})" if row["where"] else ""
        value = harmless(words(row["value"]))
        click.echo(f"{row['setting']:<{width}}  {value}  [{row['source']}{where}]")
    return 0


def tried(held: Configuration) -> int:
    """Send a notice for a trial; gives the exit code.

    Raises:
        UsageError: no way is configured.

    """
    from crawler.notifying import Telling, tell, ways

    if not ways(held):
        raise UsageError(f"{held.path} names no way of telling: [notify] command, webhook or mail")
    text = f"This is a trial of what {held.path} says; nothing is wrong."
    folder = str(held.path.parent)
    outcome = tell(
        Telling(
            subject="Backfile: a trial",
            text=text,
            record={"archive": folder, "text": text, "sources": []},
        ),
        held,
    )
    for way, fault in outcome.items():
        click.echo(f"notify.{way}: {fault or 'told'}", err=True)
    return 1 if any(outcome.values()) else 0


def archive_row(context: click.Context, archive: Path) -> dict[str, Any]:
    """Say which archive it is about, and who says so."""
    contexts = (context, context.parent)
    named = any(
        each is not None and each.get_parameter_source("archive") is ParameterSource.COMMANDLINE
        for each in contexts
    )
    by_variable = os.environ.get("BACKFILE_ARCHIVE")
    source = "option" if named else "environment" if by_variable else "default"
    where = {"option": "--archive", "environment": "BACKFILE_ARCHIVE"}.get(source)
    return {"setting": "archive", "value": str(archive), "source": source, "where": where}


def setting_rows(held: Configuration, options: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Give every setting's value and where it comes from, as `crawl` with such options has them."""
    from crawler.commands.lists import crawl

    arguments = ["--archive", str(held.path.parent), *options]
    try:
        context = crawl.make_context("crawl", arguments)
    except click.UsageError as error:
        raise UsageError(f"crawl would not take that: {error.format_message()}") from None
    options_of = {param.name: param for param in crawl.params}
    for name in SETTINGS:
        option = OPTIONS.get(name)
        value, where = held[name], None
        source = "file" if name in held.given else "default"
        if option is not None:
            source = source_of(context, option)
            value = in_force(name, context.params[option])
            where = origin(options_of[option], source)
        where = configuration.FILE_NAME if source == "file" else where
        shown = plain(configuration.shown(name, value))
        yield {"setting": name, "value": shown, "source": source, "where": where}


def source_of(context: click.Context, option: str) -> str:
    """Say where an option's value comes from."""
    source = context.get_parameter_source(option)
    return SOURCES.get(source, "default") if source else "default"


def in_force(name: str, value: object) -> Value:
    """Give a setting's value by its option's; the default where the option says nothing."""
    if name in CONTRARY:
        return not value
    if value is None or value == ():
        return SETTINGS[name].default
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, tuple):
        return value
    return value if isinstance(value, int | float | bool) else str(value)


def origin(option: click.Parameter, source: str) -> str | None:
    """Name the option, or the variable, that a value comes from."""
    if source == "option":
        return option.opts[-1]
    variable = option.envvar if source == "environment" else None
    return variable if isinstance(variable, str) else None


def plain(value: Value) -> str | int | float | list[str] | None:
    """Give a value as JSON shows it."""
    return list(value) if isinstance(value, tuple) else value


def words(value: object) -> str:
    """Give a value as a person reads it."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(value) if isinstance(value, list) else str(value)
