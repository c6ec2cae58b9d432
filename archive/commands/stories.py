"""The command `stories`: which articles are one, why, and what was decided otherwise by hand."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from archive.console import MOST_ROWS, archive_option, examples, json_options, print_json
from archive.errors import UsageError
from archive.store import Archive
from archive.storylist import Copy, Story, Why, record
from archive.terminal import counted, harmless

# How often a long search says where it is.
EVERY = 1000
REASONS = {
    Why.HAND: "joined by hand with article {}",
    Why.TEXT: "the same text as article {}",
    Why.ATTRIBUTION: "one of it and article {} attributes its text to the other",
    Why.NEAR: "near article {}",
}


@click.command(
    epilog=examples(
        "backfile stories",
        "backfile stories --since 2024-11 --jsonl",
        "backfile stories 12",
        "backfile stories --part 345",
        "backfile stories --join 12 345",
        "backfile stories --find",
    )
)
@click.argument("which", metavar="[ID]", required=False)
@click.option("--part", metavar="ARTICLE", help="Take an article out of its story, for good.")
@click.option(
    "--join", nargs=2, metavar="ARTICLE ARTICLE", help="Make one story of two articles, for good."
)
@click.option("--find", is_flag=True, help="Look for the stories of what was never looked at.")
@click.option("--since", metavar="DATE", help="With a member stored in or after: 2024, 2024-11.")
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=1, max=MOST_ROWS),
    default=20,
    show_default=True,
    help="How many to show at most.",
)
@json_options
@archive_option
def stories(
    *,
    which: str | None,
    part: str | None,
    join: tuple[str, str] | None,
    find: bool,
    since: str | None,
    limit: int,
    as_json: bool,
    as_jsonl: bool,
    archive: Path,
) -> None:
    """List the stories that several articles tell, the newest first, and why they are one.

    Copies, near copies and what an attribution ties are one story; search shows one row for it, the
    leading article's. ID shows one story. What --part and --join say by hand stays said, whatever
    the pages say later; ARTICLE is an article's number or address.
    """
    if sum(map(bool, (which, part, join, find))) > 1:
        raise UsageError("give one of ID, --part, --join and --find")
    if find:
        _find(archive)
        return
    if part or join:
        shown = [_by_hand(archive, part, join)]
    else:
        with Archive.open(archive, read_only=True) as opened:
            shown = [opened.story(which)] if which else [*opened.stories(since=since, limit=limit)]
    if as_json or as_jsonl:
        print_json(map(record, shown), by_line=as_jsonl)
    elif shown:
        for line in _lines(shown):
            click.echo(line)
    else:
        click.echo("No story has several members.")


def _by_hand(archive: Path, part: str | None, join: tuple[str, str] | None) -> Story:
    now = datetime.now(UTC)
    with Archive.open(archive) as opened:
        if join:
            held = opened.join_stories(*join, now=now)
            said = f"{counted(len(held.members), 'article')} in one story"
        else:
            held = opened.part_story(part or "", now=now)
            said = "it is in a story of its own"
    click.echo(f"story {held.id}: {said}", err=True)
    return held


def _find(archive: Path) -> None:
    """Look for stories until nothing is left, and say on stderr how it goes."""
    done = 0
    with Archive.open(archive) as opened:
        while found := opened.find_stories(now=datetime.now(UTC)):
            done += found
            if done % EVERY < found:
                click.echo(f"{done} looked at", err=True)
        shown = opened.status()
    click.echo(
        f"looked at {counted(done, 'article')}; "
        f"{counted(shown.articles, 'article')} in {shown.stories} stories",
        err=True,
    )


def _lines(found: Sequence[Story]) -> Iterator[str]:
    for index, story in enumerate(found):
        if index:
            yield ""
        lead = story.members[0]
        yield click.style(f"{story.id}. {harmless(lead.title or '(no title)')}", bold=True)
        yield from (f"    {_facts(member)}" for member in story.members)


def _facts(member: Copy) -> str:
    """Say which article it is, whose, from when, and why it belongs."""
    facts = [
        f"article {member.id}",
        harmless(member.publisher) if member.publisher else "publisher unknown",
        (member.published or "no date")[:10],
        harmless(member.url),
        "leads" if member.leads else _why(member),
    ]
    return " · ".join(filter(None, facts))


def _why(member: Copy) -> str:
    if member.why is None:
        return ""
    part = f", {round(member.part * 100)} % of the words" if member.part is not None else ""
    return REASONS[member.why].format(member.tied_to) + part
