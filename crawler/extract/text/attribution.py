"""Where a page says its text comes from: "Read the original post", a canonical link elsewhere.

Reads blocks and addresses; tells the words of attribution, and the dated headline list that an
aggregator prints below its excerpt, from the text. Does not follow the link.
"""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from archive.records import Attribution
from crawler.extract.text.blocks import Block
from crawler.extract.text.boilerplate import holds_any, words

# These words attribute the text whether a link stands with them or not.
FIRM = re.compile(
    r"""
    (?:read|see|view|visit|find)\s+(?:(?:more|on|it)\s+(?:at|from|in|on)\s+)?(?:the\s+|this\s+)?
        (?:full\s+)?original\s+
        (?:article|item|piece|post|publication|source|story|text|version)
    | ^original\s+(?:article|post|publication|source|story|text)\b
    | (?:this|the)\s+(?:article|column|essay|interview|piece|post|report|story|text)\s+
        (?:(?:was|is|has\s+been)\s+)?(?:originally|first|previously)\s+
        (?:appeared|posted|published|ran|written)\s+(?:at|by|for|in|on)\b
    | ^(?:originally|first)\s+(?:appeared|posted|published)\s+(?:at|by|in|on)\b
    | (?:^the\s+post\s.+\s|\b)appeared\s+first\s+on\b
    | ^(?:re)?published\s+(?:here\s+)?with\s+permission\s+(?:from|of)\b
    | ^republished\s+from\b
    | \barticle\s+is\s+republished\s+from\b
    | ^(?:zum\s+)?original[\s-]?(?:artikel|beitrag|text)\b
    | ^(?:dieser\s+(?:artikel|beitrag|text)\s+)?(?:ist\s+)?(?:erschien\s+)?zuerst\s+
        (?:erschienen\s+)?(?:auf|bei|in)\b
    | ^(?:lire\s+l['’])?article\s+original\b
    | ^(?:cet\s+article\s+a\s+été\s+)?(?:initialement\s+publié|publié\s+initialement)\b
    | ^(?:leer|ver)\s+(?:el\s+)?artículo\s+original\b | ^artículo\s+original\b
    | ^publicado\s+originalmente\b | ^(?:leia\s+o\s+)?artigo\s+original\b
    | ^(?:leggi\s+l['’])?articolo\s+originale\b
    | ^оригинал(?:\s+статьи)?\s*: | ^原文(?:链接|地址)?\s*[:：] | ^元記事\s*[:：]
    | ^원문(?:\s*보기)?\s*:?
    """,
    re.IGNORECASE | re.VERBOSE,
)

# What so begins attributes only with a link to another site: a "Source: Reuters" may be a figure's.
LOOSE = re.compile(
    r"""
    (?:sources?|via|h/t|hat\s+tip|credit|quelle|fuente|fonte|источник|source\s+link|kaynak|bron
        |källa|kilde|lähde|źródło)\s*[:|]
    | (?:来源|來源|出典|出処|출처)\s*[:：]?
    | via\s
    | (?:continue|keep)\s+reading\s+(?:at|from|here|in|on|the|this)\b
    | (?:continue|keep)\s+reading\s*[:：…→»>]
    | (?:read|get|see)\s+(?:more|the\s+(?:full|entire|complete|rest\s+of\s+the))\b
    | full\s+(?:article|story|text)\b
    | weiterlesen\s+(?:auf|bei)\b | lire\s+la\s+suite\s+sur\b | seguir\s+leyendo\s+en\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

# A text without any of these holds no words of attribution; saves trying the patterns.
STEMS = (
    "appeared", "origin", "publi", "read", "source", "via", "h/t", "hat tip", "credit", "story",
    "quelle", "fuente", "fonte", "zuerst", "weiterlesen", "lire la", "seguir", "full", "keep",
    "kaynak", "bron", "källa", "kilde", "lähde", "źródło", "источник", "оригинал", "原", "元記事",
    "원문", "来源", "來源", "出典", "出処", "출처", "posted",
)  # fmt: skip

# One of these stands in all that is firm.
FIRM_STEMS = (
    "appeared", "origin", "publi", "posted", "ran", "written", "zuerst", "оригинал", "原", "元記事",
    "원문",
)  # fmt: skip

# Longer blocks are text that happens to hold such words.
LONGEST_FIRM = 300
LONGEST_LOOSE = 200

# What redirectors (`/out?u=...`) call the address that they lead to.
TARGET_PARAMETERS = words(
    """dest destination goto href link out outlink q redirect redirect_to redirect_uri redirect_url
    target to u uri url"""
)
WEB_ADDRESS = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)
# Where a site keeps its redirector, behind which another site's address may not be seen at all.
REDIRECTOR = re.compile(
    r"""/(?:away|click|exit|ext|external|go|goto|jump|leave|link|out|outbound|outgoing|outlink
    |redir|redirect|redirector|refer|track|visit)(?:\.(?:php|aspx?|cgi))?(?:/|$)""",
    re.IGNORECASE | re.VERBOSE,
)

LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
AFTER_PHRASE = re.compile(r"^\s*(?:here|link)?\s*[:：\-–—|>»→]*\s*", re.IGNORECASE)

# Second-level labels under which sites register (`bbc.co.uk`): the site is three labels there.
PUBLIC_LABELS = frozenset(
    ["ac", "co", "com", "edu", "gob", "gov", "gouv", "go", "ne", "net", "or", "org"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """Blocks without the words of attribution, and what these say."""

    blocks: tuple[Block, ...]
    attribution: Attribution | None


def read_attribution(
    blocks: Sequence[Block],
    *,
    url: str,
    canonical: str | None = None,
    title: str | None = None,
    seen: Iterable[Block] = (),
) -> Attributed:
    """Split an article's blocks into its own and the attribution.

    `canonical` is an address on another site that the page declares as its canonical one, `title`
    the page's; they attribute the text where no words do. Blocks that were `seen` to hold no
    attribution are not looked at again.
    """
    kept = list(without_headline_list(blocks))
    found: Attribution | None = None
    known = set(map(id, seen))
    for index, block in enumerate(kept):
        if id(block) in known:
            continue
        attribution = attribution_of(block, kept[index + 1 : index + 2], url)
        if attribution is None:
            continue
        found = attribution
        if FIRM.search(block.text):
            kept = around(kept, index, attribution)
        break
    if found is None and canonical:
        found = Attribution(phrase="canonical link", title=title, url=canonical)
    return Attributed(blocks=tuple(kept), attribution=found)


def around(blocks: list[Block], index: int, attribution: Attribution) -> list[Block]:
    """Drop the attribution at `index`, its title's line, and what little follows it."""
    rest = blocks[index + 1 :]
    if rest and attribution.title == rest[0].text:
        rest = rest[1:]
    before = blocks[:index]
    written, following = (sum(len(block.text) for block in part) for part in (before, rest))
    return before if written > following else before + rest


def attribution_of(block: Block, following: Sequence[Block], url: str) -> Attribution | None:
    """Read one block as an attribution; None if it is none."""
    text = block.text.casefold() if len(block.text) <= LONGEST_FIRM else ""
    if not holds_any(text, STEMS):
        return None
    firm = FIRM.search(block.text) if holds_any(text, FIRM_STEMS) else None
    loose = None if firm or len(block.text) > LONGEST_LOOSE else LOOSE.match(block.text)
    found = firm or loose
    if found is None:
        return None
    links = outside_links(block, url) or [
        link for after in following if is_bare(block, found) for link in outside_links(after, url)
    ]
    if links:
        address, label = links[-1]
        return Attribution(phrase=phrase_of(block, found), title=label, url=address)
    if loose:
        return None
    return Attribution(phrase=phrase_of(block, found), title=title_after(block, found, following))


def is_bare(block: Block, found: re.Match[str]) -> bool:
    """Tell whether nothing but the phrase stands in the block: its object follows in the next."""
    return not AFTER_PHRASE.sub("", block.text[found.end() :])


def phrase_of(block: Block, found: re.Match[str]) -> str:
    """Give the words of attribution as printed, without the title that follows them."""
    rest = AFTER_PHRASE.match(block.text[found.end() :])
    size = rest.end() if rest else 0
    return block.text[found.start() : found.end() + size].strip()


def title_after(block: Block, found: re.Match[str], following: Sequence[Block]) -> str | None:
    """Give what the phrase names: the rest of its block, else the next block if it is a line."""
    rest = AFTER_PHRASE.sub("", block.text[found.end() :]).strip()
    if rest:
        return rest.rstrip(".")
    return following[0].text if following and "\n" not in following[0].text else None


def outside_links(block: Block, url: str) -> list[tuple[str, str | None]]:
    """Give address and text of each link of the block that leads to another site in the end."""
    found = []
    for href, inner in LINK.findall(block.html):
        address = unwrapped(html.unescape(href))
        if site_of(address) not in (None, site_of(url)) or is_redirector(address):
            label = html.unescape(TAG.sub("", inner)).strip()
            found.append((address, None if is_address(label) else label or None))
    return found


def unwrapped(address: str) -> str:
    """Give the address that a redirector's link holds in its query or path, else the link's own."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    for name, value in parse_qsl(parts.query):
        if name.casefold() in TARGET_PARAMETERS and WEB_ADDRESS.match(value):
            return value
    # Those that only hide where a reader comes from take it as it is: `https://href.example/?http…`
    bare = unquote(parts.query)
    path = REDIRECTOR.match(parts.path)
    behind = unquote(parts.path[path.end() :]) if path else ""
    held = (bare, f"{behind}?{parts.query}" if parts.query else behind)
    return next((each for each in held if WEB_ADDRESS.match(each)), address)


def is_redirector(address: str) -> bool:
    """Tell a link to a redirector by its path: where it leads is only known when it is asked."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    place = REDIRECTOR.match(parts.path)
    return bool(place and (parts.query or parts.path[place.end() :]))


def is_address(text: str) -> bool:
    """Tell whether a link's text is only an address or a word for one."""
    return bool(
        re.match(r"(?:https?://|www\.)|(?:here|link|hier|ici|aquí|qui)$", text, re.IGNORECASE)
    )


def site_of(url: str) -> str | None:
    """Give the registrable domain of an address; None for one without a host."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    if not host:
        return None
    labels = host.split(".")
    size = 3 if len(labels) > 2 and labels[-2] in PUBLIC_LABELS else 2
    return ".".join(labels[-size:])


DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|\.)?"
MONTH = r"[^\W\d_]{3,12}\.?"
DATED_LINE = re.compile(
    rf"""\s[-–—|]\s(?:{MONTH}\s{DAY},?\s(?:19|20)\d\d | {DAY}\s{MONTH}\s(?:19|20)\d\d
    | (?:19|20)\d\d-\d\d-\d\d)$""",
    re.VERBOSE,
)
# So many dated lines one after the other are a list, fewer may be text.
LIST_LINES = 3


def without_headline_list(blocks: Sequence[Block]) -> list[Block]:
    """Drop runs of `Title - Publisher - November 8th, 2024` lines."""
    kept: list[Block] = []
    run: list[Block] = []
    for block in blocks:
        if is_dated(block):
            run.append(block)
            continue
        kept += [] if dated_lines(run) >= LIST_LINES else run
        run = []
        kept.append(block)
    return kept + ([] if dated_lines(run) >= LIST_LINES else run)


# A list's heading and what says about itself; more prose is an article with a list below it.
MOST_PROSE = 1000


def headline_lines(blocks: Sequence[Block]) -> int:
    """Count the dated lines of a text that is mostly these; 0 for any other."""
    lines = [line for block in blocks for line in block.text.split("\n")]
    dated = [line for line in lines if is_dated_line(line)]
    prose = sum(map(len, lines)) - sum(map(len, dated))
    is_list = len(dated) >= LIST_LINES and 2 * len(dated) > len(lines) and prose < MOST_PROSE
    return len(dated) if is_list else 0


def is_dated(block: Block) -> bool:
    """Tell whether most lines of a block end in a date of their own."""
    lines = block.text.split("\n")
    return 2 * sum(map(is_dated_line, lines)) > len(lines)


def is_dated_line(line: str) -> bool:
    """Tell whether a line ends in a date; by its last character first, which few lines share."""
    return line[-1:].isdigit() and DATED_LINE.search(line) is not None


def dated_lines(blocks: Sequence[Block]) -> int:
    """Count the lines of blocks."""
    return sum(block.text.count("\n") + 1 for block in blocks)
