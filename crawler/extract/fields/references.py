"""What an article cites: identifiers of scholarly works, then its links to other sites.

Reads addresses only; does not fetch or check them.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

import lxml.html

from crawler.extract.fields.canonical import site_of
from crawler.extract.fields.structured import absolute

# An article with more is a list of links; those beyond are dropped.
REFERENCES = 200
LINKS = 1_000

# The form of a DOI as Crossref recommends it to be matched, with closing brackets and points of a
# sentence left off.
DOI = re.compile(r"\b10\.\d{4,9}/[-._;()/:A-Za-z0-9<>\[\]]*[A-Za-z0-9)]")
PMID_URL = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{4,9})")
PMID_TEXT = re.compile(r"\bPMID:?\s*(\d{4,9})\b")
ARXIV_URL = re.compile(r"arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5}|[a-z-]+/\d{7})", re.IGNORECASE)
ARXIV_TEXT = re.compile(r"(?:arXiv|arxiv|ArXiv|ARXIV):\s?(\d{4}\.\d{4,5}|[a-z-]+/\d{7})")
# What an address of a work holds at least.
WORK_URL = re.compile(r"10\.|10%2e|ncbi\.nlm|arxiv", re.IGNORECASE)

# How the address of another site begins; others are paths, fragments and mail.
ELSEWHERE = ("http:", "https:", "HTTP:", "HTTPS:", "Http:", "Https:", "//")

# Hosts whose links share, follow or sell: never what an article cites.
NOT_CITED = re.compile(
    r"""(?:^|\.)(?:addtoany\.com|addthis\.com|bufferapp\.com|doubleclick\.net|
    feedburner\.com|getpocket\.com|googleadservices\.com|pinterest\.[a-z]+|sharethis\.com|
    t\.me|tumblr\.com|wa\.me|whatsapp\.com)$""",
    re.VERBOSE,
)
SHARING_PATH = re.compile(r"^/(?:sharer|share|intent/|dialog/|shareArticle|submit)", re.IGNORECASE)


def read_references(body: lxml.html.HtmlElement | None, url: str) -> tuple[str, ...]:
    """Give what the located article cites, identifiers as addresses first, each once."""
    if body is None:
        return ()
    links = {link: works_in_link(link) for link in cited_links(body, url)}
    works = dict.fromkeys(work for found in links.values() for work in found)
    works |= dict.fromkeys(works_in_text(" ".join(body.itertext())))
    others = (link for link, found in links.items() if not found)
    return (*works, *others)[:REFERENCES]


def cited_links(body: lxml.html.HtmlElement, url: str) -> Iterator[str]:
    """Give the addresses of other sites that the article links to, without sharing links."""
    own = site_of(url)
    for element in islice(body.iter("a"), LINKS):
        href = (element.get("href") or "").strip()
        # A path leads to the own site: the most links are seen through without taking them apart.
        link = absolute(url, href) if href.startswith(ELSEWHERE) else None
        if link and site_of(link) not in (None, own) and is_cited(link) and is_worded(element):
            yield link


def is_worded(element: lxml.html.HtmlElement) -> bool:
    """Tell whether a link has words; a picture's leads to its file, an icon's to a network."""
    return any(not text.isspace() for text in element.itertext())


def is_cited(link: str) -> bool:
    """Tell whether a link leads to a source rather than to a way of sharing the page."""
    parts = urlsplit(link)
    return not NOT_CITED.search(parts.hostname or "") and not SHARING_PATH.match(parts.path)


def works_in_link(link: str) -> list[str]:
    """Give the scholarly works that an address names, as addresses of their registries."""
    if not WORK_URL.search(link):
        return []
    found = [f"https://doi.org/{doi}" for doi in DOI.findall(unquote(link))]
    found += [f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" for pmid in PMID_URL.findall(link)]
    found += [f"https://arxiv.org/abs/{name}" for name in ARXIV_URL.findall(link)]
    return found


def works_in_text(text: str) -> list[str]:
    """Give the scholarly works that a text names by their identifiers."""
    dois = DOI.findall(text) if "10." in text else ()
    found = [f"https://doi.org/{doi.rstrip(')') if '(' not in doi else doi}" for doi in dois]
    if "PMID" in text:
        found += [f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" for pmid in PMID_TEXT.findall(text)]
    found += [f"https://arxiv.org/abs/{name}" for name in ARXIV_TEXT.findall(text)]
    return found
