"""All that an article page says about the article, each field with where it was found.

Title, byline, dates, publisher and the rest; does not read the text and does not judge the page.
The steps are modules of their own; here they are put in order.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import lxml.html

from archive.records import Dated
from crawler.extract.fields.byline import read_byline
from crawler.extract.fields.canonical import read_canonical
from crawler.extract.fields.dateline import Dateline, read_dateline
from crawler.extract.fields.filing import read_section, read_tags
from crawler.extract.fields.folding import fold
from crawler.extract.fields.headings import read_headings
from crawler.extract.fields.jsonld import Json, Node, text_of, types_of, url_of
from crawler.extract.fields.languages import read_language
from crawler.extract.fields.pieces import Showing
from crawler.extract.fields.plainhead import with_head
from crawler.extract.fields.published import read_dates
from crawler.extract.fields.references import read_references
from crawler.extract.fields.sitenames import read_site_names
from crawler.extract.fields.structured import Structured, absolute, read_structured
from crawler.extract.fields.titles import read_title
from crawler.extract.page import Page

BODY_CHARACTERS = 1_000_000

DESCRIPTION_METAS = ("og:description", "description", "twitter:description", "dc.description")
IMAGE_METAS = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
)

# Names of files that sites send where an article has no picture of its own.
NO_PICTURE = re.compile(
    r"(?:^|[_.-])(?:logos?|favicon|placeholder|blank|spacer|avatar|gravatar|no-?image|"
    r"default[_-]?(?:image|og|share|thumb\w*))(?:$|[_.-])",
    re.IGNORECASE,
)

# What `isAccessibleForFree` is written as, and the content tiers of `article:content_tier`.
FREE = {
    "true": True, "yes": True, "free": True, "open": True,
    "false": False, "no": False, "locked": False, "metered": False, "paid": False,
    "premium": False, "subscription": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its article. Missing is None or ()."""

    title: str | None = None
    byline: tuple[str, ...] = ()
    agency: str | None = None
    """The news agency; several are joined by a comma."""
    publisher: str | None = None
    published: Dated | None = None
    modified: Dated | None = None
    dateline: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    description: str | None = None
    image_url: str | None = None
    canonical_url: str | None = None
    canonical_elsewhere: str | None = None
    """The canonical link where it names another site: who the page attributes itself to."""
    references: tuple[str, ...] = ()
    free: bool | None = None
    """What the page declares: readable without paying; None where it says nothing."""
    article_body: str | None = None
    """JSON-LD's `articleBody`, paragraphs as they came."""
    types: tuple[str, ...] = ()
    """The schema.org types of the page's own article: `NewsArticle`, `LiveBlogPosting`."""
    heading: lxml.html.HtmlElement | None = None
    """The `<h1>` that shows the title."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Field name ▸ where it was found."""

    @property
    def credited(self) -> tuple[str, ...]:
        """Everybody whom the byline names, an agency among them as printed there."""
        if not self.agency or self.sources.get("agency") != self.sources.get("byline"):
            return self.byline
        return (*self.byline, *self.agency.split(", "))


def read_metadata(
    page: Page, *, text: str | None = None, body: lxml.html.HtmlElement | None = None
) -> Metadata:
    """Read the metadata of `page`.

    `text` is the article's text and `body` its located element where the caller has them: dateline,
    references and the detection of the language come from these alone.
    """
    page = with_head(page)
    headings = read_headings(page.root, page.url)
    structured = read_structured(page, [heading.text for heading in headings])
    site = read_site_names(structured, page.url)
    title = read_title(page.root, structured, headings, site)
    heading = title.heading.element if title.heading else None
    showing = Showing(page.root, title=title.text, heading=heading)
    language, language_source = read_language(structured, page.root, text)
    byline = read_byline(structured, site, showing, text)
    dates = read_dates(page, structured, showing, language)
    dateline = read_dateline(text)
    if dateline and fold(dateline.text) == fold(title.text or ""):
        dateline = None
    canonical, canonical_source, elsewhere = read_canonical(structured, page.url, title.text)
    agency, agency_source = choose_agency(byline.names.agencies, byline.source, dateline)
    section, section_source = read_section(structured, site, title.text)
    tags, tags_source = read_tags(structured, site, page.root)
    description, description_source = read_description(structured, title.text)
    image, image_source = read_image(structured, page.url)
    references = read_references(body, page.base)
    free, free_source = read_free(structured)
    sources = {
        "title": "first line" if page.plain and title.source == "h1" else title.source,
        "byline": byline.source if byline.names.people or byline.names.agencies else None,
        "agency": agency_source,
        "publisher": site.source,
        "published": dates.published_source,
        "modified": dates.modified_source,
        "dateline": "text" if dateline else None,
        "section": section_source,
        "tags": tags_source,
        "language": language_source,
        "description": description_source,
        "image_url": image_source,
        "canonical_url": canonical_source,
        "references": "text" if references else None,
        "free": free_source,
    }
    return Metadata(
        title=title.text,
        byline=byline.names.people,
        agency=agency,
        publisher=site.publisher,
        published=dates.published,
        modified=dates.modified,
        dateline=dateline.text if dateline else None,
        section=section,
        tags=tags,
        language=language,
        description=description,
        image_url=image,
        canonical_url=canonical,
        canonical_elsewhere=elsewhere,
        references=references,
        free=free,
        article_body=read_article_body(structured),
        types=tuple(dict.fromkeys(kind for node in structured.articles for kind in types_of(node))),
        heading=heading,
        sources={name: source for name, source in sources.items() if source},
    )


def choose_agency(
    named: tuple[str, ...], source: str | None, dateline: Dateline | None
) -> tuple[str | None, str | None]:
    """Give the agencies of the byline, else of the dateline, and where they were found."""
    if named:
        return ", ".join(named), source
    if dateline and dateline.agencies:
        return ", ".join(dateline.agencies), "dateline"
    return None, None


def read_description(structured: Structured, title: str | None) -> tuple[str | None, str | None]:
    """Give the summary that the page gives of itself; the title once more is none."""
    named = fold(title or "")
    for name, value in structured.meta_values(DESCRIPTION_METAS):
        if fold(value) != named:
            return value, name
    for node in structured.articles:
        description = text_of(node.get("description"))
        if description and fold(description) != named:
            return description, "json-ld description"
    return None, None


def read_image(structured: Structured, url: str) -> tuple[str | None, str | None]:
    """Give the address of the article's leading picture; no logo and no portrait of a writer."""
    for link, source in image_links(structured):
        image = absolute(url, link)
        if image and not NO_PICTURE.search(file_name(image)):
            return image, source
    return None, None


def file_name(url: str) -> str:
    """Give the last part of an address's path."""
    return urlsplit(url).path.rpartition("/")[2]


def image_links(structured: Structured) -> Iterator[tuple[str, str]]:
    """Give `(address, where)` for each picture that the page declares, the best first."""
    yield from ((value, name) for name, value in structured.meta_values(IMAGE_METAS))
    for node in structured.articles:
        for key in ("image", "thumbnailUrl"):
            told = node.get(key)
            images = told if isinstance(told, list) else [told]
            for link in filter(None, (url_of(structured.json_ld.resolve(i)) for i in images)):
                yield link, f"json-ld {key}"
    for link in structured.links.get("image_src", ()):
        yield link, "link image_src"


def read_free(structured: Structured) -> tuple[bool | None, str | None]:
    """Give what the page declares about being readable without paying."""
    for node in structured.articles:
        free = free_word(node.get("isAccessibleForFree"))
        if free is not None:
            return free, "json-ld isAccessibleForFree"
        if any(free_word(part.get("isAccessibleForFree")) is False for part in parts_of(node)):
            return False, "json-ld hasPart"
    for name in ("article:content_tier", "og:article:content_tier", "isaccessibleforfree"):
        for value in structured.metas.get(name, ()):
            free = free_word(value)
            if free is not None:
                return free, name
    return None, None


def parts_of(node: Node) -> Iterator[Node]:
    """Give the objects that an article declares as its parts, the walled one among them."""
    value = node.get("hasPart")
    yield from (
        part for part in (value if isinstance(value, list) else [value]) if isinstance(part, dict)
    )


def free_word(value: Json) -> bool | None:
    """Read a truth value as JSON, as text, or as schema.org's address for it."""
    return FREE.get(str(value).strip().lower().rsplit("/", 1)[-1])


def read_article_body(structured: Structured) -> str | None:
    """Give the longest `articleBody` of the page's own article."""
    bodies = [b for node in structured.articles if isinstance(b := node.get("articleBody"), str)]
    body = max(bodies, key=len, default="")[:BODY_CHARACTERS]
    return html.unescape(body).strip() or None
