"""What a verdict has to go by: what was read of a page, and what a reader sees of it first.

Judges nothing; `verdict` does.
"""

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.extract.page import Page
from crawler.extract.text.boilerplate import words

# Less is no article; a caption or a title alone.
LEAST_TEXT = 100
# The same of a page that declares itself an article: two short sentences.
LEAST_DECLARED = 60
UNSEEN_TAGS = frozenset(["script", "style", "template"])
# Visible words of a page that are looked at for a wall; walls are short.
WALL_SIGHT = 6_000
# The same of a title or heading, and so many headings: a message is short and stands first.
HEADING_SIGHT = 1_000
HEADINGS = 20
# Characters of them at the beginning, where a page says what is wrong.
OPENING = 400

SENTENCE_END = re.compile(r"[.!?。！？…:]\s*$")

# The ways to find a text that take the page's word for where it stands.
OWN_ELEMENTS = frozenset(["article", "class", "itemprop", "site"])

ARTICLE_TYPES = words(
    """AdvertiserContentArticle AnalysisNewsArticle Article AskPublicNewsArticle
    BackgroundNewsArticle BlogPosting MedicalScholarlyArticle NewsArticle
    OpinionNewsArticle Report ReportageNewsArticle ReviewNewsArticle ScholarlyArticle
    SocialMediaPosting TechArticle"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was read from a page, as far as the verdict needs it."""

    text: str
    how: str
    """By what the text was found; see `Body.how`."""
    cut: str | None = None
    """The page's own words that the rest is for subscribers."""
    cards: int = 0
    """Teasers of other articles on the page."""
    dated: int = 0
    """Lines that end with a date, where they are most of the text; `Title - November 8th, 2024`."""
    types: tuple[str, ...] = ()
    """The schema.org types of the page's main thing."""
    og_type: str | None = None
    timed: bool = False
    """The page's metadata says when the article was published."""
    shown: bool = False
    """The page itself, and not only its address, says when the article was published."""
    free: bool | None = None
    title: str | None = None

    @property
    def size(self) -> int:
        """Give the text's length in UTF-8 bytes."""
        return len(self.text.encode("utf-8", "replace"))

    @property
    def is_typed(self) -> bool:
        """Tell whether the page's own data calls it an article."""
        return bool(set(self.types) & ARTICLE_TYPES)

    @property
    def is_declared(self) -> bool:
        """Tell whether the page calls itself an article in one way or another."""
        return self.is_typed or self.og_type == "article"

    @property
    def is_vouched(self) -> bool:
        """Tell whether the page calls itself an article and says of when; no message does both."""
        return self.is_declared and self.shown

    @property
    def is_sentence(self) -> bool:
        """Tell whether the text ends as a sentence does."""
        return SENTENCE_END.search(self.text) is not None

    @property
    def is_enough(self) -> bool:
        """Tell whether there is text enough for an article of this page."""
        told = self.is_declared or (self.timed and self.is_sentence and self.how in OWN_ELEMENTS)
        return self.size >= (LEAST_DECLARED if told else LEAST_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a reader sees first of a page with little text; empty for any other."""

    headings: tuple[str, ...] = ()
    """The page's title and its first headings."""
    second: str = ""
    """The first heading below those: where the first is the site's name it tells what is wrong."""
    words: str = ""
    """The visible words, in page order."""

    @property
    def whole(self) -> str:
        """Give title and words."""
        return f"{self.headings[0] if self.headings else ''}\n{self.words}"


def see(page: Page) -> Sight:
    """Give the headings and the first visible words of a page."""
    texts: list[str] = []
    size = 0
    for element in page.root.body.iter(etree.Element):
        for text in (element.text if element.tag not in UNSEEN_TAGS else None, element.tail):
            if text and (folded := " ".join(text.split())):
                texts.append(folded)
                size += len(folded)
        if size > WALL_SIGHT:
            break
    found = [page.root.findtext(".//title") or ""]
    found += [str(heading.text_content()) for heading in islice(page.root.iter("h1"), HEADINGS)]
    second = next((str(heading.text_content()) for heading in page.root.iter("h2")), "")
    return Sight(
        second=" ".join(second[:HEADING_SIGHT].split()),
        headings=tuple(" ".join(text[:HEADING_SIGHT].split()) for text in found),
        words=" ".join(texts)[:WALL_SIGHT],
    )
