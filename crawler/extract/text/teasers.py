"""Whether what was read from a page is an article, or other articles' teasers.

A list's text stands in entries: parts of the page that begin with a headline which leads to another
page. An article's text does not, whatever links stand beside it. Knows the page and the text that
was read; does not read headlines (`crawler.extract.lists` does).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import _Element as Element

from crawler.extract.fields.xpaths import elements
from crawler.extract.page import Page
from crawler.extract.text.blocks import fold
from crawler.extract.text.boilerplate import words
from crawler.extract.text.weights import leads_away, length, text_of

# Characters of a headline; shorter links are of menus, longer ones are teasers' whole text.
SHORTEST_HEADLINE = 25
LONGEST_HEADLINE = 250
# Characters of a headline that stands in a heading, which menus do not.
SHORTEST_HEADING = 8
# A headline in a script of which each character is a word counts so much more.
WIDE = 2.5
# So many make a list.
FEWEST_ENTRIES = 4
# Characters that may stand before an entry's headline: a date, a section's name.
BEFORE_HEADLINE = 60
# Elements that may stand between a headline's link and its entry.
CLIMB = 12

# Links that stand in no menu; the `<header>` of an entry is none.
LINKS = elements(
    """//body//a[@href][not(ancestor::nav or ancestor::aside or ancestor::footer)]
    [not(ancestor::header) or ancestor::article or ancestor::li or ancestor::main
    or ancestor::section]"""
)
PAGE_TAGS = words("body form html main")
HEADING_TAGS = words("h1 h2 h3 h4 h5 h6")
# What begins with its link may be a paragraph of running text; these may be entries.
ENTRY_TAGS = words("a article dd div dl dt h2 h3 h4 h5 h6 li p section tr ul ol table tbody td")

# Addresses under which lists stand: path segments, segments before a number, parameters.
LIST_SEGMENTS = words(
    """archiv archive archives arsip artikler author authors autor auteur blog blogs categorie
    category categoria categories kategorie kategori news-archive press-releases
    pressemitteilungen rubrik rubrique search suche tag tags tema temas thema topic topics"""
)
# The same, where they end the path: what follows them elsewhere is an article.
LAST_SEGMENTS = words(
    """actualites aktuelles articles artikel blog latest media news newsroom nieuws noticias notizie
    nyheder nyheter posts press press-releases presse stories"""
)
# A system's way to say that it shows a list: Joomla's, Drupal's.
LIST_VIEWS = words("archive blog category categories featured")
LIST_PARAMETERS = words("cat category page paged pagina q query s search seite tag")
FRONT_NAMES = words("default home index")
PAGE_NUMBER = re.compile(r"/(?:page|pagina|seite|p)[/-]?\d+/?$", re.IGNORECASE)
# A last segment of so many words, or with so many digits, is an article's own.
SLUG = re.compile(r"(?:[^\W_]+[-_]){3}|\d{4,}|\.(?:html?|php|aspx?)$")


def is_list_address(url: str) -> bool:
    """Tell whether an address is one under which sites keep lists of articles."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    path = parts.path.lower()
    segments = [segment for segment in path.split("/") if segment]
    if PAGE_NUMBER.search(path):
        return True
    query = {name.lower(): value.lower() for name, value in parse_qsl(parts.query)}
    if query.get("view") in LIST_VIEWS:
        return True
    if query.keys() & LIST_PARAMETERS:
        name = segments[-1].partition(".")[0] if segments else "index"
        return name in FRONT_NAMES | LIST_SEGMENTS or not SLUG.search(segments[-1])
    if not segments or SLUG.search(segments[-1]):
        return False
    return bool(segments[-1] in LAST_SEGMENTS or LIST_SEGMENTS.intersection(segments[-3:-1]))


def headline_links(page: Page) -> list[str]:
    """Give the texts of a page's links that read as headlines, one for each address."""
    found = {link.get("href"): fold(text_of(link)) for link in links_of(page)}
    return [text for text in found.values() if is_headline(text, SHORTEST_HEADLINE)]


def is_headline(text: str, shortest: int) -> bool:
    """Tell whether a text is as long as headlines are."""
    size = len(text) if text.isascii() else sum(1 if c < "\u2e80" else WIDE for c in text)
    return shortest <= size <= LONGEST_HEADLINE


def links_of(page: Page) -> Iterator[Element]:
    """Give the links of a page that lead away from it and stand in no menu."""
    own = page.url.rstrip("/")
    for link in LINKS(page.root):
        href = link.get("href", "").rstrip("/")
        if leads_away(link) and not (href and own.endswith(href)):
            yield link


def entries_of(page: Page) -> list[str]:
    """Give the texts of a page's entries, white space folded, in page order."""
    starts = starts_of(page)
    held = Counter(above for start in starts for above in start.iterancestors())
    entries = ((start, entry_of(start, held)) for start in starts)
    texts = ((start, fold(text_of(entry))) for start, entry in entries if is_other(entry, start))
    return [text for start, text in texts if begins(text, fold(text_of(start)))]


def starts_of(page: Page) -> list[Element]:
    """Give the headlines that lead to other pages: headings where they stand in such, else links.

    Where entries have headings, the long links among their words begin none.
    """
    headings: dict[str | None, Element] = {}
    links: dict[str | None, Element] = {}
    for link in links_of(page):
        heading = heading_of(link)
        text = fold(text_of(link))
        if heading is not None and is_headline(text, SHORTEST_HEADING):
            headings.setdefault(link.get("href"), heading)
        elif is_headline(text, SHORTEST_HEADLINE):
            links.setdefault(link.get("href"), link)
    chosen = headings if len(headings) >= FEWEST_ENTRIES else links | headings
    return list(dict.fromkeys(chosen.values()))


def is_other(entry: Element, start: Element) -> bool:
    """Tell an entry from the page's own article, which a link may open: it has no `<h1>` beside."""
    return all(heading is start for heading in entry.iter("h1"))


def heading_of(link: Element) -> Element | None:
    """Give the heading that a link is the whole of, or that stands in it."""
    inner = next(link.iter(*HEADING_TAGS), None)
    if inner is not None:
        return inner
    above = next((e for e in link.iterancestors() if e.tag in HEADING_TAGS), None)
    if above is None or 2 * length(text_of(link)) < length(text_of(above)):
        return None
    return above


def entry_of(start: Element, held: Mapping[Element, int]) -> Element:
    """Climb from a headline to the largest element that holds no other headline.

    `held` says how many headlines stand in an element.
    """
    entry = start
    for _, above in zip(range(CLIMB), start.iterancestors(), strict=False):
        if above.tag in PAGE_TAGS or held[above] > 1:
            break
        if above.tag in ENTRY_TAGS:
            entry = above
    return entry


def begins(entry: str, headline: str) -> bool:
    """Tell whether an entry begins with its headline; a date or a section may stand before.

    A link in a sentence is none: the sentence goes on behind it.
    """
    place = entry.find(headline)
    if not 0 <= place <= BEFORE_HEADLINE:
        return False
    if not place or any(letter.isdigit() for letter in entry[:place]):
        return True
    behind = entry[place + len(headline) :].lstrip()[:1]
    return not behind.islower() and behind not in (",", ";")


def share_in_entries(texts: Sequence[str], entries: Sequence[str]) -> float:
    """Give the part of the read text that stands in entries; 0 where nothing was read."""
    total = sum(map(len, texts))
    if not total:
        return 0.0
    whole = "\n".join(entries)
    return sum(len(text) for text in texts if fold(text) in whole) / total
