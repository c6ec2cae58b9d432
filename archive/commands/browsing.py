"""`backfile browse`: the archive in a web browser."""

from pathlib import Path

import click

from archive.console import archive_option, examples
from archive.store import Archive


@click.command(
    epilog=examples(
        "backfile browse",
        "backfile browse --port 8010 --open",
    )
)
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (0: any free one).")
@click.option("--open/--no-open", "opens", default=False, help="Open it in a browser.")
@archive_option
def browse(*, port: int | None, opens: bool, archive: Path) -> None:
    """Browse the archive in a web browser, with Datasette, on this machine only.

    Ends with Ctrl-C. What metadata.yaml and settings.json in the folder say is kept.
    """
    from archive.browse import LOOPBACK, choose_port, prepare, serve

    Archive.open(archive, read_only=True).close()
    prepare(archive)
    chosen = choose_port(port)
    click.echo(f"Browse {archive} at http://{LOOPBACK}:{chosen}/ (Ctrl-C ends it)")
    serve(archive, port=chosen, opens=opens)
