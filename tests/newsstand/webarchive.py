"""A web archive that speaks Memento (RFC 7089), with what was put into it, and its moods.

Its addresses are of the form that the Wayback Machine and pywb share: `/web/URL` is the TimeGate,
`/web/timemap/link/URL` the TimeMap, `/web/STAMP/URL` a memento with a banner and rewritten links,
`/web/STAMPid_/URL` the same as it was.
"""

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from tests.newsstand.answers import Answer, Request, html, moved, plain

TOOLBAR = """<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base"><p>Kept by Keepsake: {count}
captures, the first of {first}, and many more of other pages of this newspaper, all of them free to
read for everybody who is patient.</p></div><!-- END WAYBACK TOOLBAR INSERT -->"""
SCRIPTS = """<script src="/_static/js/bundle-playback.js"></script><script>__wm.init()</script>
<link rel="stylesheet" href="/_static/css/banner.css"><!-- End Wayback Rewrite JS Include -->"""
FOOTNOTE = "<!--\n     FILE ARCHIVED ON {at} AND RETRIEVED FROM KEEPSAKE.\n-->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A capture."""

    at: datetime
    answer: Answer

    @property
    def stamp(self) -> str:
        return f"{self.at:%Y%m%d%H%M%S}"


@dataclass(slots=True, kw_only=True)
class WebArchive:
    """What it holds, page ▸ captures in order of time, and how it behaves."""

    place: str
    """Its own address, without a path."""
    pages: dict[str, list[Kept]] = field(default_factory=dict)
    newest_only: bool = False
    """Its TimeGate names the newest capture, whatever is asked for."""
    has_raw: bool = True
    limit: int | None = None
    """After so many requests the next one is refused with 429, and then it counts anew."""
    retry_after: int = 1
    served: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, url: str, at: datetime, answer: Answer) -> None:
        """Put a capture in."""
        with self.lock:
            held = [*self.pages.get(url, []), Kept(at=at.astimezone(UTC), answer=answer)]
            self.pages[url] = sorted(held, key=lambda one: one.at)

    def answer(self, request: Request) -> Answer | None:
        """Answer; None where it has no such page."""
        if request.path == "/robots.txt":
            return plain("User-agent: *\nDisallow: /save\n")
        if self._refuses():
            patience = (("Retry-After", str(self.retry_after)),)
            return replace(html("<h1>Too many requests</h1>", status=429), headers=patience)
        if found := re.fullmatch(r"/web/timemap/link/(http.+)", request.target):
            return self._timemap(found[1])
        if found := re.fullmatch(r"/web/(\d{14})(id_|)/(http.+)", request.target):
            return self._memento(found[3], found[1], raw=bool(found[2]))
        if found := re.fullmatch(r"/web/(http.+)", request.target):
            return self._timegate(found[1], request.headers)
        return None

    def _refuses(self) -> bool:
        with self.lock:
            if self.limit is not None and self.served >= self.limit:
                self.served = 0
                return True
            self.served += 1
            return False

    def _timegate(self, url: str, headers: Mapping[str, str]) -> Answer | None:
        held = self.pages.get(url)
        if not held:
            return None
        wanted = parsedate_to_datetime(headers["accept-datetime"])
        near = held[-1] if self.newest_only else min(held, key=lambda one: abs(one.at - wanted))
        answer = moved(self._at(near, url))
        told = (("Vary", "accept-datetime"), self._links(url, held, near))
        return replace(answer, headers=(*answer.headers, *told))

    def _timemap(self, url: str) -> Answer | None:
        held = self.pages.get(url)
        if not held:
            return None
        lines = [f'<{url}>; rel="original"', *(self._link(one, url, "memento") for one in held)]
        return plain(",\n".join(lines), "application/link-format")

    def _memento(self, url: str, stamp: str, *, raw: bool) -> Answer | None:
        held = self.pages.get(url, [])
        found = next((one for one in held if one.stamp == stamp), None)
        if found is None or (raw and not self.has_raw):
            return None
        shown = found.answer if raw else self._with_banner(found, len(held))
        said = [("Memento-Datetime", _date(found.at)), self._links(url, held, found)]
        for name, value in found.answer.headers:
            if name == "Location":
                form = "id_" if raw else ""
                said.append((name, f"{self.place}/web/{stamp}{form}/{value}"))
        return replace(shown, headers=tuple(said))

    def _with_banner(self, kept: Kept, count: int) -> Answer:
        page = kept.answer.body.decode()
        rewrite = rf"\1{self.place}/web/{kept.stamp}/\2"
        page = re.sub(r"((?:href|src|content)=[\"'])(https?://)", rewrite, page)
        page = page.replace("<head>", f"<head>{SCRIPTS}", 1)
        toolbar = TOOLBAR.format(count=count, first=f"{kept.at:%d %B %Y}")
        page = re.sub(r"(<body[^>]*>)", lambda found: found[1] + toolbar, page, count=1)
        return replace(kept.answer, body=(page + FOOTNOTE.format(at=kept.at)).encode())

    def _links(self, url: str, held: Sequence[Kept], shown: Kept) -> tuple[str, str]:
        links = [
            f'<{url}>; rel="original"',
            f'<{self.place}/web/{url}>; rel="timegate"',
            f'<{self.place}/web/timemap/link/{url}>; rel="timemap"; type="application/link-format"',
        ]
        for one in dict.fromkeys((held[0].stamp, shown.stamp, held[-1].stamp)):
            kept = next(each for each in held if each.stamp == one)
            rels = ["first"] * (kept is held[0]) + ["last"] * (kept is held[-1]) + ["memento"]
            links.append(self._link(kept, url, " ".join(rels)))
        return "Link", ", ".join(links)

    def _link(self, kept: Kept, url: str, rels: str) -> str:
        return f'<{self._at(kept, url)}>; rel="{rels}"; datetime="{_date(kept.at)}"'

    def _at(self, kept: Kept, url: str) -> str:
        return f"{self.place}/web/{kept.stamp}/{url}"


def _date(at: datetime) -> str:
    return format_datetime(at, usegmt=True)
