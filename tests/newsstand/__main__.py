"""`python -m tests.newsstand`: print where it stands as one JSON line, serve until a signal."""

import argparse
import json
import signal
import sys
from datetime import date

from tests.newsstand.server import TODAY, Newsstand


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    options = _options()
    awaited = {signal.SIGTERM, signal.SIGINT}
    # Blocked before any thread starts: each thread inherits this, so only `sigwait` sees them.
    signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
    stand = Newsstand(
        port=options.port,
        articles=options.articles,
        lists=options.lists,
        today=options.today,
        slow_seconds=options.slow_seconds,
        misbehave=dict(pair.rsplit("=", 1) for pair in options.misbehave),
    )
    with stand:
        place = {"port": stand.port, "seed": stand.seed, "hosts": stand.hosts}
        sys.stdout.write(json.dumps({**place, "lists": dict(stand.lists)}) + "\n")
        sys.stdout.flush()
        signal.sigwait(awaited)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.newsstand", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--articles", type=int, default=80, help="headlines in the dated list")
    parser.add_argument("--lists", type=int, default=4, help="pages that the list is spread over")
    parser.add_argument("--today", type=date.fromisoformat, default=TODAY, help="newest day")
    parser.add_argument("--slow-seconds", type=float, default=2.0, help="length of a slow answer")
    parser.add_argument(
        "--misbehave",
        action="append",
        default=[],
        metavar="HOST/PATH=NAME",
        help="lay a misbehaviour over a page; may be given again",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
