"""`backfile browse`: the archive in a web browser."""

from pathlib import Path

import click

from archive.console import archive_option, echo_lines, examples
from archive.store import Archive
from archive.terminal import wrap_text


@click.command(
    epilog=examples(
        "backfile browse",
        "backfile browse --port 8010 --open",
        "backfile browse --public --host 0.0.0.0",
    )
)
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (0: any free one).")
@click.option("--host", metavar="HOST", help="Address to listen at (default: 127.0.0.1).")
@click.option("--public", is_flag=True, help="Let others read it, at the given --host.")
@click.option("--open/--no-open", "opens", default=False, help="Open it in a browser.")
@archive_option
def browse(*, port: int | None, host: str | None, public: bool, opens: bool, archive: Path) -> None:
    """Browse the archive in a web browser, with Datasette, on this machine only.

    Ends with Ctrl-C. What metadata.yaml and settings.json in the folder say is kept. With --public,
    whoever reaches HOST can read all of it and run SQL that reads; nobody can write.
    """
    from archive.browse import choose_host, choose_port, prepare, reached, serve, warning
    from archive.layout import columns

    chosen_host = choose_host(host, public=public)
    Archive.open(archive, read_only=True).close()
    echo_lines(prepare(archive), err=True)
    chosen = choose_port(port, chosen_host)
    if public:
        echo_lines(wrap_text(warning(archive), columns()))
    click.echo(f"Browse {archive} at {reached(chosen_host, chosen)} (Ctrl-C ends it)")
    serve(archive, host=chosen_host, port=chosen, opens=opens, public=public)
