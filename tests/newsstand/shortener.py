"""The shortener: short addresses that lead to the publishers' articles, in several ways.

Where a short address leads can be changed (`Newsstand.point`): to what is dead, walled or private.
"""

import json
import re
from collections.abc import Callable, Mapping
from html import escape

from tests.newsstand.answers import Answer, Request, html, moved, plain
from tests.newsstand.designs import page
from tests.newsstand.world import World


def answer(world: World, request: Request) -> Answer | None:
    """Answer for the shortener's host; None where it has no such page."""
    if request.path == "/robots.txt":
        return plain("User-agent: *\nDisallow: /admin\n")
    if request.path == "/":
        return html(page(title="Snip", head="", body="<h1>Snip</h1><p>Short addresses.</p>"))
    found = re.fullmatch(r"/(hop/|refresh/|script/|)x(\d{1,9})", request.path)
    if not found or int(found[2]) >= world.count:
        return None
    return WAYS[found[1]](world.short_target(int(found[2])), f"/hop/x{found[2]}")


def _refresh(target: str) -> str:
    head = f'<meta http-equiv="refresh" content="0; url={escape(target)}">'
    return page(title="Snip", head=head, body="<p>One moment, please.</p>")


def _script(target: str) -> str:
    quoted = json.dumps(target).replace("/", "\\/")
    body = f"""<p>You are being sent on.</p><script>
window.opener = null; window.location.replace({quoted});</script>"""
    return page(title="Snip", head="", body=body)


WAYS: Mapping[str, Callable[[str, str], Answer]] = {
    "": lambda _, hop: moved(hop, status=301),
    "hop/": lambda target, _: moved(target, status=302),
    "refresh/": lambda target, _: html(_refresh(target)),
    "script/": lambda target, _: html(_script(target)),
}
"""The path's first part ▸ what answers there: given the target, and this host's second hop."""
