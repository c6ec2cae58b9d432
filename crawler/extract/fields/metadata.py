"""All that an article page says about the article, each field with where it was found.

Title, byline, dates, publisher and the rest; does not read the text and does not judge the page.
The steps are modules of their own; here they are put in order.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import lxml.html

from archive.records import Dated
from crawler.extract.fields.byline import read_byline
from crawler.extract.fields.canonical import read_canonical
from crawler.extract.fields.dateline import Dateline, read_dateline
from crawler.extract.fields.folding import fold
from crawler.extract.fields.headings import read_headings
from crawler.extract.fields.jsonld import Json, text_of, texts_of, types_of, url_of
from crawler.extract.fields.languages import read_language
from crawler.extract.fields.pieces import Showing
from crawler.extract.fields.published import read_dates
from crawler.extract.fields.references import read_references
from crawler.extract.fields.sitenames import SiteNames, read_site_names
from crawler.extract.fields.structured import Structured, absolute, read_structured
from crawler.extract.fields.titles import read_title
from crawler.extract.page import Page

TAGS = 40
TAG_CHARACTERS = 80

# Keywords for machines: an identifier (`98be933f-38cf-…`), `Tag:internal`, `sections/city`.
MACHINE_TAG = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+|[\w-]+[:/]\S+", re.IGNORECASE)
BODY_CHARACTERS = 1_000_000

SECTION_METAS = (
    "article:section",
    "parsely-section",
    "cxenseparse:section",
    "dc.subject",
    "section",
)
TAG_METAS = ("article:tag", "parsely-tags", "news_keywords", "keywords", "cxenseparse:tags")
DESCRIPTION_METAS = ("og:description", "description", "twitter:description", "dc.description")
IMAGE_METAS = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
)

# What `isAccessibleForFree` is written as, and the content tiers of `article:content_tier`.
FREE = {"true": True, "false": False, "free": True, "locked": False, "metered": False}


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
    canonical, canonical_source, elsewhere = read_canonical(structured, page.url, title.text)
    agency, agency_source = choose_agency(byline.names.agencies, byline.source, dateline)
    section, section_source = read_section(structured)
    tags, tags_source = read_tags(structured, site)
    description, description_source = read_description(structured)
    image, image_source = read_image(structured, page.url)
    references = read_references(body, page.base)
    free, free_source = read_free(structured)
    sources = {
        "title": title.source,
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


def read_section(structured: Structured) -> tuple[str | None, str | None]:
    """Give the section that the page files the article under."""
    for node in structured.articles:
        if section := text_of(node.get("articleSection")):
            return section, "json-ld articleSection"
    return first_meta(structured, SECTION_METAS)


def read_tags(structured: Structured, site: SiteNames) -> tuple[tuple[str, ...], str | None]:
    """Give the article's keywords, each once, without the site's own name."""
    for words, source in keyword_lists(structured):
        tags = {fold(tag): tag for tag in words if is_tag(tag) and not site.means(tag)}
        if tags:
            return tuple(tags.values())[:TAGS], source
    return (), None


def keyword_lists(structured: Structured) -> Iterator[tuple[list[str], str]]:
    """Give `(keywords, where)` for each list of keywords, the most particular first."""
    for name in TAG_METAS[:1]:
        yield [tag for value in structured.metas.get(name, ()) for tag in split_list(value)], name
    for node in structured.articles:
        words = [tag for text in texts_of(node.get("keywords")) for tag in split_list(text)]
        yield words, "json-ld keywords"
    for name in TAG_METAS[1:]:
        yield [tag for value in structured.metas.get(name, ()) for tag in split_list(value)], name


def is_tag(text: str) -> bool:
    """Tell whether a keyword is meant for readers: no identifier, path or prefixed code."""
    return bool(fold(text)) and len(text) <= TAG_CHARACTERS and not MACHINE_TAG.fullmatch(text)


def split_list(text: str) -> list[str]:
    """Give the items of a list that commas or semicolons separate."""
    return [item.strip() for item in text.replace(";", ",").replace("、", ",").split(",")]


def read_description(structured: Structured) -> tuple[str | None, str | None]:
    """Give the summary that the page gives of itself."""
    found = first_meta(structured, DESCRIPTION_METAS)
    if found[0]:
        return found
    for node in structured.articles:
        if description := text_of(node.get("description")):
            return description, "json-ld description"
    return None, None


def read_image(structured: Structured, url: str) -> tuple[str | None, str | None]:
    """Give the address of the article's leading picture."""
    for name, value in structured.meta_values(IMAGE_METAS):
        if image := absolute(url, value):
            return image, name
    for node in structured.articles:
        named = url_of(structured.json_ld.resolve(node.get("image")))
        if named and (image := absolute(url, named)):
            return image, "json-ld image"
    return next(
        ((link, "link image_src") for link in structured.links.get("image_src", ())), (None, None)
    )


def first_meta(structured: Structured, names: Iterable[str]) -> tuple[str | None, str | None]:
    """Give `(content, name)` of the first of these metas that the page has."""
    return next(((value, name) for name, value in structured.meta_values(names)), (None, None))


def read_free(structured: Structured) -> tuple[bool | None, str | None]:
    """Give what the page declares about being readable without paying."""
    for node in structured.articles:
        free = free_word(node.get("isAccessibleForFree"))
        if free is not None:
            return free, "json-ld isAccessibleForFree"
    for name in ("article:content_tier", "isaccessibleforfree"):
        for value in structured.metas.get(name, ()):
            free = free_word(value)
            if free is not None:
                return free, name
    return None, None


def free_word(value: Json) -> bool | None:
    """Read a truth value as JSON, as text, or as schema.org's address for it."""
    return FREE.get(str(value).strip().lower().rsplit("/", 1)[-1])


def read_article_body(structured: Structured) -> str | None:
    """Give the longest `articleBody` of the page's own article."""
    bodies = [b for node in structured.articles if isinstance(b := node.get("articleBody"), str)]
    body = max(bodies, key=len, default="")[:BODY_CHARACTERS]
    return html.unescape(body).strip() or None
