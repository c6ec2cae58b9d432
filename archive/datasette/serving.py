"""From a request to an answer: a page reads the archive, and what it gives is sent.

A page is a function of the archive and what was asked, which gives a `Shown` (a template and what
goes into it), a `Moved` or a `Raw`. It runs in a thread, sees no clock but `Asked.now`, and sends
nothing itself. Nothing that a stored page held may run or load on these pages: their policy allows
our own style and script, and nothing else.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias, cast
from urllib.parse import unquote

from datasette.utils.asgi import Response
from datasette.views.index import IndexView

from archive.datasette.rooms import Room, read, room
from archive.errors import ArchiveError, BackfileError, NotFound, UsageError
from archive.holdings import Holdings

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
READING = ("GET", "HEAD")
JSON = "application/json; charset=utf-8"
# What a person meant that the archive does not have, what cannot be asked, what is not to be had
# now.
STATUSES: tuple[tuple[type[BackfileError], int], ...] = (
    (NotFound, 404),
    (UsageError, 400),
    (ArchiveError, 503),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request asks of a page."""

    names: Mapping[str, str]
    """The named groups of its address."""
    arguments: Mapping[str, Sequence[str]]
    """What stands behind the question mark, each name with its values."""
    now: datetime
    home: str = "http://127.0.0.1/"
    """The reading room's own address, as the reader knows it."""

    def first(self, name: str) -> str | None:
        """Give an argument's first value, without blanks around it; None for an empty one."""
        values = self.arguments.get(name, ())
        return (values[0].strip() or None) if values else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page to be shown."""

    template: str
    """In `templates/backfile`, without its ending."""
    context: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Another address of the reading room where the page is."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """An answer that is no page: JSON, a feed."""

    body: str
    content_type: str
    status: int = 200


Answer: TypeAlias = Shown | Moved | Raw
Page: TypeAlias = Callable[[Holdings, Asked], Answer]


def serving(name: str) -> Callable[..., Awaitable[Response]]:
    """Give Datasette's view of the page that is named `module:function`."""

    async def view(datasette: "Datasette", request: "Request") -> Response:
        if request.method not in READING:
            return Response.text("Pages are only read.", status=405, headers={"Allow": "GET, HEAD"})
        shown = await room(datasette)
        if shown is None:
            return await _without_archive(datasette, request)
        await datasette.ensure_permissions(
            request.actor, [("view-database", shown.name), "view-instance"]
        )
        try:
            answer = await read(
                datasette, shown, lambda held: _page(name)(held, _asked(datasette, request))
            )
        except BackfileError as error:
            answer = _failed(error, is_data=request.path.endswith(".json"))
        return await _sent(datasette, request, shown, answer)

    return view


async def _without_archive(datasette: "Datasette", request: "Request") -> Response:
    """Do as if there were no reading room: nothing of what is open is an archive."""
    if request.path != datasette.urls.path("/"):
        return Response.text("There is no archive here.", status=404)
    request.scope["url_route"]["kwargs"].setdefault("format", None)
    return cast("Response", await IndexView(datasette).get(request))


def _page(name: str) -> Page:
    module, _, function = name.partition(":")
    return cast("Page", getattr(import_module(module), function))


def _asked(datasette: "Datasette", request: "Request") -> Asked:
    return Asked(
        names={name: unquote(value) for name, value in request.url_vars.items()},
        arguments={name: request.args.getlist(name) for name in request.args},
        now=datetime.now(UTC),
        home=datasette.absolute_url(request, datasette.urls.path("/")),
    )


def _failed(error: BackfileError, *, is_data: bool) -> Answer:
    """Say what cannot be shown: to people on a page, to programs as Datasette does."""
    status = next((status for kind, status in STATUSES if isinstance(error, kind)), 500)
    if is_data:
        told = {"ok": False, "error": str(error), "status": status, "title": None}
        return Raw(body=json.dumps(told), content_type=JSON, status=status)
    return Shown(template="failed", context={"reason": str(error)}, status=status)


async def _sent(
    datasette: "Datasette", request: "Request", shown: Room, answer: Answer
) -> Response:
    if isinstance(answer, Moved):
        return Response.redirect(datasette.urls.path(answer.path))
    if isinstance(answer, Raw):
        return Response(
            answer.body,
            status=answer.status,
            headers=dict(HEADERS),
            content_type=answer.content_type,
        )
    html = await datasette.render_template(
        f"backfile/{answer.template}.html",
        {**answer.context, "database": shown.name, "title": datasette.metadata("title")},
        request=request,
    )
    return Response.html(html, status=answer.status, headers=dict(HEADERS))
