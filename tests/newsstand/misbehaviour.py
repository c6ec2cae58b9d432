"""Named misbehaviours: each takes a good answer and gives a bad one.

The `BEHAVIOURS` stand at `trouble.example` (`/slow`, `/slow/7`, …); they and the `OVERLAYS` can be
laid over any other page. What a behaviour remembers is only how often its address was asked for.
"""

import re
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from html import escape

from tests.newsstand.answers import Answer, Request, html, moved, plain
from tests.newsstand.designs import MONTHS, page
from tests.newsstand.papers import sheet
from tests.newsstand.publishers import OTHERS, TROUBLE
from tests.newsstand.world import World, printed_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a behaviour may look at."""

    request: Request
    good: Answer
    here: str
    """The absolute address that was asked for."""
    port: int
    seconds: float
    """How long a slow answer takes."""
    bomb_bytes: int
    """How large a gzip bomb is once it has gone off."""
    gate: threading.Event
    """While it is not set, what is held back does not come."""


Behaviour = Callable[[Scene], Answer]

HELD_SECONDS = 60.0
"""How long an answer is held back at most."""

ENTRY = re.compile(r"<article\b.*?</article>", re.DOTALL)

BUSY_VISITS = 2
"""How often a busy server refuses before it serves."""


def _fine(scene: Scene) -> Answer:
    return scene.good


def _slow(scene: Scene) -> Answer:
    return replace(scene.good, seconds=scene.seconds)


def _drop(scene: Scene) -> Answer:
    return replace(scene.good, cut=len(scene.good.body) // 2)


def _busy(status: int, headers: tuple[tuple[str, str], ...], scene: Scene) -> Answer:
    if scene.request.visit > BUSY_VISITS:
        return scene.good
    return replace(html(_bare("Too busy"), status=status), headers=headers)


def _failing(status: int, scene: Scene) -> Answer:
    return html(_bare(f"Error {status}"), status=status)


def _wrong_charset(scene: Scene) -> Answer:
    body = scene.good.body.decode(errors="replace").encode("cp1252", "xmlcharrefreplace")
    return replace(scene.good, body=body, type="text/html; charset=utf-8")


def _gzip_bomb(scene: Scene) -> Answer:
    stream = partial(_explode, scene.bomb_bytes)
    return Answer(headers=(("Content-Encoding", "gzip"),), stream=stream)


def _explode(size: int) -> Iterator[bytes]:
    """Compress `size` bytes of an HTML page piece by piece: about a thousandth goes out."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    yield squeeze.compress(b"<!DOCTYPE html><html><body><p>")
    piece = b"a " * 2**19
    for _ in range(max(1, size // len(piece))):
        if out := squeeze.compress(piece):
            yield out
    yield squeeze.flush()


def _torn_gzip(scene: Scene) -> Answer:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    whole = squeeze.compress(scene.good.body) + squeeze.flush()
    return replace(
        scene.good, body=whole[: len(whole) // 2], headers=(("Content-Encoding", "gzip"),)
    )


def _redirect_loop(scene: Scene) -> Answer:
    start = re.sub(r"[?&]hop=\d", "", scene.here)
    hop = "1" if scene.request.query.get("hop") == "2" else "2"
    return moved(f"{start}{'&' if '?' in start else '?'}hop={hop}")


def _redirect(target: str, scene: Scene) -> Answer:
    return moved(target.format(port=scene.port))


def _cookie_loop(scene: Scene) -> Answer:
    if "seen=1" in scene.request.cookies:
        return scene.good
    return moved(scene.here, cookie="seen=1; Path=/")


def _huge_headers(scene: Scene) -> Answer:
    many = tuple((f"X-Padding-{n}", "p" * 4000) for n in range(90))
    return replace(scene.good, headers=(*scene.good.headers, *many))


def _endless_headers(scene: Scene) -> Answer:
    return replace(scene.good, endless_headers=True)


def _length(factor: float, scene: Scene) -> Answer:
    return replace(scene.good, declared=int(len(scene.good.body) * factor))


def _pdf_as_html(_: Scene) -> Answer:
    return Answer(body=b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 40 + b"\n%%EOF\n")


def _html_as_binary(scene: Scene) -> Answer:
    return replace(scene.good, type="application/octet-stream")


def _page(title: str, body: str, status: int, scene: Scene) -> Answer:
    return html(page(title=title, head="", body=body.format(scene=scene)), status=status)


def _challenge(scene: Scene) -> Answer:
    body = """<div class="main-wrapper" role="main"><div class="main-content">
<h1>trouble.example</h1><p id="challenge-text">One moment: we are finding out whether a person is
reading.</p><noscript><p>Turn on JavaScript and cookies to go on.</p></noscript>
<form id="challenge-form" action="/go-on" method="post"><input type="hidden" name="t" value="1">
</form></div></div><footer>Ray ID: <code>7f00a1b2c3d4</code></footer>
<script>window._chl_opt={cType:"managed"};</script>"""
    answer = html(page(title="One moment…", head="", body=body), status=403)
    return replace(answer, headers=(("Server", "cloudflare"), ("cf-mitigated", "challenge")))


def _paywall(scene: Scene) -> Answer:
    """Leave the article's first paragraph and put an offer in the place of the others."""
    offer = """</p><div class="paywall"><h2>This article is for subscribers</h2>
<p>Read on for one euro a week.</p><a href="/subscribe">Subscribe</a> <a href="/login">Log in</a>
</div></div></article>"""
    rest = re.compile(r"</p>\n<p>.*</p></div></article>", re.DOTALL)
    return html(rest.sub(offer, scene.good.body.decode(errors="replace")))


def _javascript(scene: Scene) -> Answer:
    body = """<noscript>This application needs JavaScript.</noscript><div id="root"></div>
<script>window.__STATE__={"route":"/article","loading":true};</script>
<script src="/static/main.js"></script>"""
    return html(page(title="The Daily Trouble", head="", body=body))


def _endless(scene: Scene) -> Answer:
    """Set a list whose older pages never end and bring the same headlines again."""
    number = int((re.findall(r"/page/(\d{1,9})/", scene.request.path) or ["1"])[0])
    root = f"http://{scene.request.host}:{scene.port}"
    items = "".join(
        f'<li><a href="{root}/fine/{n}">Headline {n} that never goes away</a>'
        f" - November {n}th, 2024</li>"
        for n in (8, 7, 6, 5, 4)
    )
    older = f'<a href="{root}/endless/page/{number + 1}/">Older posts</a>'
    return html(page(title="Endless", head="", body=f"<h1>Endless</h1><ul>{items}</ul>{older}"))


def _calendar(scene: Scene) -> Answer:
    """Set a month of a calendar that goes on for ever in both directions."""
    found = re.search(r"/calendar/(\d{4})/(\d\d)/", scene.request.path)
    months = int(found[1]) * 12 + int(found[2]) - 1 if found else 2024 * 12 + 10
    steps = ((months - 1, "« Older"), (months + 1, "Newer »"))
    ways = " ".join(
        f'<a href="/calendar/{m // 12 % 10000:04}/{m % 12 + 1:02}/">{word}</a>' for m, word in steps
    )
    name = f"{MONTHS[months % 12]} {months // 12}"
    body = f"<h1>{name}</h1><p>No events this month.</p><p>{ways}</p>"
    return html(page(title=f"Calendar: {name}", head="", body=body))


def _held(scene: Scene) -> Answer:
    """Begin the answer, and go on with it once the gate is open."""

    def stream() -> Iterator[bytes]:
        scene.gate.wait(HELD_SECONDS)
        yield scene.good.body

    return replace(scene.good, stream=stream)


def _redesigned(scene: Scene) -> Answer:
    """Set a list anew: two entries are teased as before, a script draws the others."""
    text = scene.good.body.decode()
    entries = ENTRY.findall(text)
    for entry in entries[2:]:
        text = text.replace(entry, "", 1)
    return replace(scene.good, body=f"{text}<script>window.more={len(entries)}</script>".encode())


def _bare(title: str) -> str:
    return page(title=title, head="", body=f"<h1>{escape(title)}</h1>")


SOFT_404 = """<header><a href="/">The Daily Trouble</a></header>
<main><h1>We cannot find that page</h1>
<p>It may have moved, or the address has a typing error in it.</p><ul><li><a href="/">To the front
page</a></li><li><a href="/search">Search</a></li></ul></main>"""
LOGIN = """<main><h1>Log in to go on</h1><form action="/session" method="post"><label>E-mail
<input type="email" name="mail"></label><label>Password <input type="password" name="word"></label>
<button>Log in</button></form><p>No account yet? <a href="/join">Join</a></p></main>"""
CONSENT = """<div class="cmp"><h1>Your choice about cookies</h1><p>We and our partners store data on
your device to show you advertisements that suit you and to measure what you read.</p>
<button>Agree to all</button><button>Only what is needed</button><a href="/policy">Cookie policy</a>
</div>"""

BEHAVIOURS: Mapping[str, Behaviour] = {
    "404": partial(_failing, 404),
    "410": partial(_failing, 410),
    "429": partial(_busy, 429, (("Retry-After", "1"),)),
    "500": partial(_failing, 500),
    "503": partial(_busy, 503, ()),
    "503-later": partial(_busy, 503, (("Retry-After", "1"),)),
    "calendar": _calendar,
    "challenge": _challenge,
    "consent": partial(_page, "Your choice", CONSENT, 200),
    "cookie-loop": _cookie_loop,
    "drop": _drop,
    "endless": _endless,
    "endless-headers": _endless_headers,
    "fine": _fine,
    "gzip-bomb": _gzip_bomb,
    "html-as-binary": _html_as_binary,
    "huge-headers": _huge_headers,
    "javascript": _javascript,
    "length-long": partial(_length, 2),
    "length-short": partial(_length, 0.5),
    "login": partial(_page, "Log in", LOGIN, 200),
    "paywall": _paywall,
    "pdf-as-html": _pdf_as_html,
    "redirect-data": partial(_redirect, "data:text/html,<h1>data</h1>"),
    "redirect-file": partial(_redirect, "file:///etc/hostname"),
    "redirect-loop": _redirect_loop,
    "redirect-loopback": partial(_redirect, "http://127.0.0.1:{port}/private"),
    "redirect-mapped": partial(_redirect, "http://[::ffff:127.0.0.1]:{port}/private"),
    "redirect-metadata": partial(_redirect, "http://169.254.169.254/latest/meta-data/"),
    "redirect-other-host": partial(_redirect, "http://dailyassay.example:{port}/"),
    "redirect-private": partial(_redirect, "http://10.11.12.13:{port}/private"),
    "slow": _slow,
    "soft-404": partial(_page, "The Daily Trouble", SOFT_404, 200),
    "torn-gzip": _torn_gzip,
    "wrong-charset": _wrong_charset,
}
"""Name ▸ behaviour, sorted; the name is also the path at `trouble.example`."""

OVERLAYS: Mapping[str, Behaviour] = {**BEHAVIOURS, "held": _held, "redesigned": _redesigned}
"""Those that can be laid over a page: all, and what is nothing without one."""

READABLE = ("429", "503", "503-later", "cookie-loop", "fine", "slow")
"""Those that give the article in the end to a client that is patient and keeps cookies."""


def trouble_page(world: World, request: Request) -> tuple[str, Answer] | None:
    """Give the behaviour that a path of `trouble.example` names, and the good answer below it."""
    name = request.path.strip("/").partition("/")[0]
    if request.path == "/":
        return "fine", html(_front(world), changed=None)
    if request.path == "/robots.txt":
        return "fine", plain("User-agent: *\nDisallow:\n")
    if name not in BEHAVIOURS:
        return None
    laid = sheet(world, TROUBLE, article_number(request.path), world.url(TROUBLE, request.path))
    return name, html(OTHERS[TROUBLE].design(laid), changed=laid.published)


def article_number(path: str) -> int:
    """Give the article of a path here: `/slow/7` has article 7, `/slow` one of its own."""
    name, _, rest = path.strip("/").partition("/")
    own = tuple(BEHAVIOURS).index(name)
    return int(rest) if re.fullmatch(r"\d{1,4}", rest) else own


def _front(world: World) -> str:
    """Set a dated list of every behaviour."""
    items = "".join(
        f'<li><a href="/{name}">{escape(world.first_title(TROUBLE, n))}</a> - The Daily Trouble - '
        f"{printed_day(_day(world.today, n))}</li>\n"
        for n, name in enumerate(BEHAVIOURS)
    )
    return page(title="The Daily Trouble", head="", body=f"<h1>All trouble</h1><ul>{items}</ul>")


def _day(today: date, number: int) -> date:
    return today - timedelta(days=9 * number)
