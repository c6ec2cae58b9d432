"""Other doors to a list: the addresses that a page names or a site of its kind has, and their form.

Finds feeds, WordPress' interface, sitemaps and lists in JSON-LD, from the page and robots.txt
alone. Does not fetch them, so it cannot know which of them are there, or whether they lead to the
same list.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from archive.records import Door, DoorKind, ListPage
from archive.urls import page_key
from crawler.extract.doors.entries import absolute
from crawler.extract.doors.forms import read_form, sniff
from crawler.extract.doors.itemlists import read_item_list
from crawler.extract.doors.wordpress import posts_url
from crawler.extract.fields.jsonld import clean
from crawler.extract.headlines import extract_headlines
from crawler.extract.lists.hosts import host_of, same_site
from crawler.extract.page import Page, parse_page

# `type` of a `<link>` ▸ the form it announces.
TYPES: Mapping[str, DoorKind] = {
    "application/rss+xml": DoorKind.FEED,
    "application/atom+xml": DoorKind.FEED,
    "application/rdf+xml": DoorKind.FEED,
    "text/rss+xml": DoorKind.FEED,
    "text/atom+xml": DoorKind.FEED,
    "application/feed+json": DoorKind.JSON_FEED,
}

# Feeds of what readers wrote, of one author, of a podcast's sound: not of the list.
OTHER_FEED = re.compile(r"\bcomments?\b|kommentare?\b|commentaires|comentarios", re.IGNORECASE)

# Addresses that end so are feeds; pages link to them where they do not declare them.
FEED_PATH = re.compile(
    r"/(?:feed|rss|atom)/?$|(?:/(?:feed|rss|atom|index|news)|\.)(?:\.?(?:xml|rss|atom|rdf))$"
    r"|/feed\.json$|[?&](?:feed|format)=(?:rss2?|atom|feed)\b",
    re.IGNORECASE,
)
XML_PATH = re.compile(r"(?:feed|rss|atom|news)[^/]*\.(?:xml|rdf)$|\.rss$|\.atom$", re.IGNORECASE)

# Links to feeds that a page may carry without being a directory of them.
MOST_LINKED = 4

# What a page of such a site shows ▸ where the site has its feed, relative to the page itself or,
# with a slash before it, to the site. Sorted by name; each by its makers' documentation.
CONVENTIONS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("Blogger", re.compile(r"\bblogger\b|blogspot\.com|blogger\.com/"), "/feeds/posts/default"),
    ("Drupal", re.compile(r"\bdrupal\b|/sites/default/files/"), "/rss.xml"),
    ("Ghost", re.compile(r"\bghost \d|ghost-(?:sdk|portal)|/ghost/api/"), "/rss/"),
    ("Hugo", re.compile(r"\bhugo \d"), "index.xml"),
    ("Jekyll", re.compile(r"\bjekyll v?\d"), "/feed.xml"),
    ("Joomla", re.compile(r"\bjoomla!?"), "?format=feed&type=rss"),
    ("Squarespace", re.compile(r"squarespace\.com/"), "?format=rss"),
    ("Substack", re.compile(r"substackcdn\.com/"), "/feed"),
    ("Tumblr", re.compile(r"\btumblr\b|assets\.tumblr\.com/"), "/rss"),
    ("WordPress", re.compile(r"\bwordpress\b|/wp-(?:content|includes)/"), "feed/"),
)
# A list's later page has the feed of its first.
LATER_PAGE = re.compile(r"/page/\d{1,6}$")
WORDPRESS = re.compile(r"\bwordpress\b|/wp-(?:content|includes)/")

# WordPress declares its interface so, and what a page shows within it: a category, a tag.
INTERFACE_REL = "https://api.w.org/"
SHOWN = re.compile(r"/wp/v2/(categories|tags)/(\d{1,9})/?$")

SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)

# Of a site's sitemaps those of news come first; a site with many has them for other things.
MOST_SITEMAPS = 3

# The addresses of scripts and styles that tell what a site is made with stand near its top.
ASSETS = 400


def find_doors(page: Page, *, robots: str | None = None) -> tuple[Door, ...]:
    """Give the doors that a list page names, or that a site of its kind has, the likelier first.

    `robots` is the text of the site's robots.txt. The page itself is not among them.
    """
    doors = [
        *declared_feeds(page),
        *item_list(page),
        *wordpress(page),
        *linked_feeds(page),
        *conventional_feeds(page),
        *sitemaps(page, robots),
    ]
    own = page_key(page.url)
    distinct: dict[tuple[str | None, bool], Door] = {}
    for door in doors:
        key = (page_key(door.url), door.kind is DoorKind.ITEM_LIST)
        if key[0] != own or key[1]:
            distinct.setdefault(key, door)
    return tuple(distinct.values())


def links_of(root: HtmlElement) -> Iterator[tuple[HtmlElement, frozenset[str], str]]:
    """Give each `<link>` with its relations and its address as printed."""
    for link in root.iter("link"):
        href = link.get("href")
        if href:
            yield link, frozenset((link.get("rel") or "").lower().split()), href


def declared_feeds(page: Page) -> Iterator[Door]:
    """Give the feeds that the page declares, those below its own path first."""
    found = []
    for link, rel, href in links_of(page.root):
        kind = TYPES.get((link.get("type") or "").partition(";")[0].strip().lower())
        url = absolute(page.url, href)
        title = clean(link.get("title") or "") or None
        if kind and url and rel & {"alternate", "feed"} and not is_other(title, url):
            found.append(Door(kind=kind, url=url, title=title))
    path = urlsplit(page.url).path
    yield from sorted(found, key=lambda door: not urlsplit(door.url).path.startswith(path))


def is_other(title: str | None, url: str) -> bool:
    """Tell a feed of readers' comments from one of the list."""
    return bool(OTHER_FEED.search(title or "") or OTHER_FEED.search(urlsplit(url).path))


def linked_feeds(page: Page) -> Iterator[Door]:
    """Give the feeds of the same site that the page links to; none where it lists many."""
    site = host_of(page.url)
    found: dict[str, Door] = {}
    for link in page.root.iter("a"):
        url = absolute(page.url, link.get("href"))
        if url and is_feed_path(url) and same_site(host_of(url) or "", site):
            title = clean(link.text_content()[:200]) or None
            if not is_other(title, url):
                kind = DoorKind.JSON_FEED if url.endswith(".json") else DoorKind.FEED
                found.setdefault(url, Door(kind=kind, url=url, title=title))
    if len(found) <= MOST_LINKED:
        yield from found.values()


def is_feed_path(url: str) -> bool:
    """Tell whether an address looks like a feed's."""
    parts = urlsplit(url)
    asked = f"{parts.path}?{parts.query}".rstrip("?")
    return bool(FEED_PATH.search(asked) or XML_PATH.search(parts.path))


def made_with(page: Page) -> str:
    """Give what tells of the site's making: its generator, its scripts' and styles' addresses."""
    generators = page.root.xpath("//head/meta[@name='generator' or @name='Generator']/@content")
    assets = page.root.xpath("//script/@src | //link/@href | //img/@src")[:ASSETS]
    return " ".join(map(str, [*generators, *assets])).lower()


def conventional_feeds(page: Page) -> Iterator[Door]:
    """Give the feed that a site of this making has, where the page shows what it is made with."""
    traces = made_with(page)
    parts = urlsplit(page.url)
    path = LATER_PAGE.sub("", parts.path.rstrip("/"))
    base = parts._replace(path=f"{path}/", query="", fragment="").geturl()
    for name, trace, place in CONVENTIONS:
        if trace.search(traces):
            url = urljoin(page.url if place.startswith("?") else base, place)
            yield Door(kind=DoorKind.FEED, url=url, title=f"{name}'s own feed")


def wordpress(page: Page) -> Iterator[Door]:
    """Give the interface's posts, of the category or tag that the page shows if it is one's."""
    declared = None
    filtered: dict[str, str] = {}
    for _, rel, href in links_of(page.root):
        if INTERFACE_REL in rel:
            declared = absolute(page.url, href)
        url = absolute(page.url, href) if "alternate" in rel else None
        shown = SHOWN.search(urlsplit(url).path) if url else None
        if shown:
            filtered = {shown[1]: shown[2]}
    if declared is None and WORDPRESS.search(made_with(page)):
        declared = urljoin(page.url, "/wp-json/")
    if declared:
        url = posts_url(declared, filtered=filtered)
        yield Door(kind=DoorKind.WORDPRESS, url=url, title="WordPress posts")


def item_list(page: Page) -> Iterator[Door]:
    """Give the list that the page declares in JSON-LD, at its own address."""
    if read_item_list(page).headlines:
        yield Door(kind=DoorKind.ITEM_LIST, url=page.url)


def sitemaps(page: Page, robots: str | None) -> Iterator[Door]:
    """Give the sitemaps that robots.txt and the page name, those of news first."""
    printed = [
        *(match[1] for match in SITEMAP_LINE.finditer(robots or "")),
        *(href for _, rel, href in links_of(page.root) if "sitemap" in rel),
    ]
    urls = [url for one in printed if (url := absolute(page.url, one))]
    urls.sort(key=lambda url: "news" not in urlsplit(url).path.lower())
    for url in list(dict.fromkeys(urls))[:MOST_SITEMAPS]:
        yield Door(kind=DoorKind.SITEMAP, url=url)


def read_door(
    body: bytes,
    *,
    url: str,
    captured_at: datetime,
    kind: DoorKind | None = None,
    encoding: str | None = None,
    headers: Mapping[str, str] = {},
    known_publishers: Mapping[str, str] = {},
) -> ListPage:
    """Read a list in whatever form it came; `headers` have lower-case names.

    `kind` is the form that was expected. Feeds, sitemaps and interfaces are known by themselves;
    HTML is read as a list only where a page was expected, because what comes in a feed's place is
    a wall or an error page.
    """
    if form := sniff(body):
        return read_form(
            form,
            body,
            url=url,
            captured_at=captured_at,
            headers=headers,
            known_publishers=known_publishers,
        )
    if kind is DoorKind.ITEM_LIST:
        page = parse_page(body, url=url, captured_at=captured_at, encoding=encoding)
        return read_item_list(page, known_publishers=known_publishers)
    if kind not in {None, DoorKind.LIST}:
        return ListPage(url=url, captured_at=captured_at, headlines=())
    return extract_headlines(
        body,
        url=url,
        captured_at=captured_at,
        encoding=encoding,
        known_publishers=known_publishers,
    )
