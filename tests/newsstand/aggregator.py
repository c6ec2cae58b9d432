"""The aggregator's pages: posts with excerpt and attribution, and the dated headline list."""

import re
from html import escape

from tests.newsstand.answers import Answer, Request, html, moved, plain
from tests.newsstand.designs import links, page
from tests.newsstand.publishers import AGGREGATOR
from tests.newsstand.world import Lead, World, printed_day

PHRASES = (
    "Read the original post:",
    "Read more from the original source:",
    "Continue reading here:",
)
RELATED = 10
"""How many older headlines a post carries."""


def answer(world: World, request: Request) -> Answer | None:
    """Answer for the aggregator's host; None where it has no such page."""
    path = request.path
    if path == "/robots.txt":
        return plain("User-agent: *\nDisallow: /wp-admin/\n")
    if path == "/list.txt":
        return plain(_text_list(world))
    if path == "/out":
        return moved(request.query["u"]) if _is_known(world, request.query.get("u", "")) else None
    if found := re.fullmatch(r"/\d{4}/\d\d/.*-(\d{1,9})/", path):
        return _post(world, int(found[1]), path)
    found = re.fullmatch(r"/(?:archive/(?:page/(\d{1,7})/)?)?", path)
    return _archive(world, int(found[1] or 1)) if found else None


def _is_known(world: World, url: str) -> bool:
    """Keep the redirector from being an open one."""
    return re.match(rf"http://[a-z]+\.example:{world.port}/", url) is not None


def attribution(lead: Lead) -> str:
    """Give the phrase that introduces the link to the original."""
    return PHRASES[0] if lead.number % 10 else PHRASES[1 + lead.number // 10 % 2]


def _archive(world: World, number: int) -> Answer | None:
    start = world.count - 1 - (number - 1) * world.per_page
    if number < 1 or (start < 0 and number > 1):
        return None
    stop = max(-1, start - world.per_page)
    leads = map(world.lead, range(start, stop, -1))
    items = "\n".join(_item(lead) for lead in leads if world.is_listed(lead))
    older = f'<a href="/archive/page/{number + 1}/">« Older posts</a>' if stop >= 0 else ""
    newer = f'<a href="{_page_path(number - 1)}">Newer posts »</a>' if number > 1 else ""
    body = f"""<h1 class="page-title">Archive of headlines</h1>
<ul class="headlines">
{items}
</ul>
<div class="navigation"><div class="alignleft">{older}</div>
<div class="alignright">{newer}</div></div>"""
    name = "Archive" if number == 1 else f"Archive, page {number}"
    return html(_dress(world, name, body), changed=world.last_change())


def _page_path(number: int) -> str:
    return f"/archive/page/{number}/" if number > 1 else "/archive/"


def _item(lead: Lead) -> str:
    link = f'<a href="{escape(lead.post)}">{escape(lead.name)}</a>'
    return f"<li>{link} - {printed_day(lead.day)}</li>"


def _post(world: World, number: int, path: str) -> Answer | None:
    lead = world.lead(number) if number < world.count else None
    if lead is None or lead.post != world.url(AGGREGATOR, path):
        return None
    excerpt = "\n".join(f"<p>{escape(text)}</p>" for text in world.excerpt(number))
    older = (world.lead(n) for n in range(number - 1, max(-1, number - 1 - RELATED), -1))
    body = f"""<div class="post" id="post-{number}"><h1 class="entry-title">{escape(lead.name)}</h1>
<div class="postmeta">Posted on {printed_day(lead.day)} by desk
in <a href="/archive/">Headlines</a></div>
<div class="entry">{excerpt}
<p>{attribution(lead)}<br>
<a href="{escape(lead.original)}" rel="nofollow">{escape(lead.title)}</a></p>
</div>
<div class="related"><h3>Related posts</h3><ul class="headlines">
{chr(10).join(map(_item, older))}
</ul></div>
<div id="comments"><h3>One comment</h3><ol><li><cite>Petra</cite> says:<p>Thanks for collecting
these, I read the list with my tea.</p></li></ol><form action="/comment" method="post">
<p><label>Name <input name="name"></label></p><p>
<textarea name="words" rows="4" cols="40"></textarea></p></form></div></div>"""
    return html(_dress(world, lead.name, body), changed=world.last_change())


def _dress(world: World, name: str, body: str) -> str:
    """Put the blog's header, sidebar and footer around a page's own part."""
    newest = range(world.count - 1, max(-1, world.count - 6), -1)
    recent = tuple((lead.name, lead.post) for lead in map(world.lead, newest))
    return page(
        title=f"{name} | Cell Wire",
        head='<link rel="alternate" type="text/plain" href="/list.txt">',
        body=f"""<div id="wrapper"><div id="header">
<p class="site-title"><a href="/">Cell Wire</a></p>
<p class="tagline">Other people’s science news, in one long list</p></div>
<ul id="nav"><li><a href="/">Home</a></li><li><a href="/archive/">Archive</a></li>
<li><a href="/contact">Contact</a></li></ul>
<div id="content">{body}</div>
<div id="sidebar"><form action="/search"><p><input name="q"> <button>Search</button></p></form>
<h3>Recent posts</h3><ul class="recent">{links(recent)}</ul>
<h3>Recent comments</h3><ul><li>Petra on <a href="/archive/">an older post</a></li></ul>
<h3>Sponsors</h3><p><a href="/sponsor">Your laboratory could be named here</a></p></div>
<div id="footer"><p>Cell Wire keeps excerpts short. Privacy · Disclaimer · Feeds</p></div></div>""",
    )


def _text_list(world: World) -> str:
    """Give the newest post and the whole list as a text file, one headline a line."""
    if world.count == 0:
        return ""
    newest = world.lead(world.count - 1)
    top = (*world.excerpt(newest.number), attribution(newest), newest.title)
    lines = (f"- {lead.line}" for lead in world.leads())
    return "\n".join((*top, *lines, "Recent Comments"))
