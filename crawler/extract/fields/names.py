"""A printed byline to names: people, newsrooms and agencies, one each.

Knows no page; finding the byline is `byline.py`'s part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extract.fields.agencies import is_agency
from crawler.extract.fields.bylinewords import (
    BIOGRAPHY,
    CREDIT,
    DATE_TRAILER,
    DAY_TRAILER,
    DOUBTFUL_OPENER,
    HONORIFIC_HEAD,
    HONORIFIC_TAIL,
    KOREAN_NAME,
    NOBODY,
    OF_PAPER,
    OPENER,
    OPENERS_ALONE,
    PLACE_TAIL,
    ROLE,
    SLUG,
    TRAILER,
)
from crawler.extract.fields.folding import fold, is_unspaced
from crawler.extract.fields.jsonld import clean

BYLINE_CHARACTERS = 400
NAME_CHARACTERS = 70
NAME_WORDS = 7

AND = "and|und|et|y|e|i|og|och|ja|en|ve|dan|na|at|и|та|και|és|și|si|a|with|mit|avec|con|&|\\+"
# A conjunction of one or two letters is also a part of surnames (Ortega y Gasset): `split_names`
# looks at what stands on both sides.
CONJUNCTION = re.compile(rf"\s+(?:{AND})\s+", re.IGNORECASE)
# What is left of a conjunction behind a comma.
LEADING = re.compile(r"^(?:and|und|et|og|och|&|и|та|with|mit|avec)\s+", re.IGNORECASE)
LISTING = re.compile(r"\s*[,;、，؛،]\s*|\s+[/|•·]\s+|\s*[|•·]\s*|(?<=\w)/(?=\w)|\s+[-–—]\s+|\n+")
SURE_CONJUNCTIONS = frozenset({
    "and", "und", "et", "og", "och", "ve", "dan", "&", "и", "та", "και", "és", "și", "with",
    "mit", "avec", "+",
})  # fmt: skip

MAIL_OR_WEB = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|@\w+|https?://\S+|www\.\S+")
WHOLLY_BRACKETED = re.compile(r"^\s*[(（\[【]([^()（）\[\]【】]+)[)）\]】]\s*$")
# Program text, the heading of what tells of somebody, and what only built the page.
NO_NAME = re.compile(
    r"[{}<>]|\":|^(?:about|über|acerca de|à propos d[eu])\s|"
    r"^(?:developed|powered|designed|created|sponsored|presented|provided) by\b",
    re.IGNORECASE,
)
# What an agency's name carries behind it: `Associated Press staff`.
STAFF = re.compile(r"\s+(?:staff|correspondents?|reporters?)$", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
# A generation behind a surname is no name of its own.
GENERATION = re.compile(r",\s*(?=(?:Jr|Sr|I{2,3}|IV)\b)")
JUNIOR = re.compile(r"\s(?:Jr|Sr)$")
# `By the Editorial Board`; a name with a capital article is whole (`The Evening Post`).
ARTICLE = re.compile(r"^the\s+(?=[A-Z])")
BRACKETED = re.compile(r"\s*[(（\[]([^)）\]]*)[)）\]]\s*")
AFFILIATION = re.compile(
    r"\s+(?:[Ff]or|in|für|aus|from|para|pour|of)\s+(?:the\s+)?[A-ZÄÖÜ][\w.&-]*(?:\s+\S+){0,4}$"
)
CLOCK_OR_DATE = re.compile(
    r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d\d\b|\d{1,2}[./]\d{1,2}|"
    r"\b\d+\s*(?:[Mm]in|hour|day|Stunde|Tag\b|Tage|Woche|heure|jour|hora|día|h\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Who a byline names."""

    people: tuple[str, ...] = ()
    """People and newsrooms as printed, without agencies."""
    agencies: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anybody is named."""
        return bool(self.people or self.agencies)


def read_names(*texts: str) -> Names:
    """Read the names of one or several printed bylines, in order, each once."""
    people: dict[str, str] = {}
    agencies: dict[str, str] = {}
    for text in texts:
        for name in split_names(text):
            kept = agencies if is_agency(name) else people
            kept.setdefault(fold(name), name)
    return Names(people=tuple(people.values()), agencies=tuple(agencies.values()))


def split_names(text: str) -> list[str]:
    """Give the names of one printed byline, without openers, roles, places, dates and addresses."""
    text = WHOLLY_BRACKETED.sub(r"\1", TAG.sub(" ", clean(text)[:BYLINE_CHARACTERS]))
    text = MAIL_OR_WEB.sub(" ", BRACKETED.sub(keep_agency, text))
    text = GENERATION.sub(" ", CREDIT.sub("", drop_opener(text)))
    text = BIOGRAPHY.sub("", text)
    text = DATE_TRAILER.sub("", DAY_TRAILER.sub("", TRAILER.sub("", text)))
    parts = [part for listed in LISTING.split(text) for part in split_conjunction(listed)]
    names = [name for part in parts if (name := clean_name(part))]
    if len(names) > 1:
        names = [name for i, name in enumerate(names) if is_named(name, first=i == 0)]
    return names


def keep_agency(bracket: re.Match[str]) -> str:
    """Give what a bracket in a byline adds: an agency, else nothing."""
    inside = bracket[1].strip()
    return f", {inside}, " if is_agency(inside) else " "


def drop_opener(text: str) -> str:
    """Give the byline without `By` and its like."""
    if DOUBTFUL_OPENER.match(text):
        return text
    found = OPENER.match(text)
    return text[found.end() :] if found else text


def split_conjunction(text: str) -> Iterator[str]:
    """Give the parts that a conjunction joins; a short one counts only between full names."""
    position = 0
    for match in CONJUNCTION.finditer(text):
        before, after = text[position : match.start()], text[match.end() :]
        sure = match.group().strip().lower() in SURE_CONJUNCTIONS
        if sure or (before.count(" ") and after.count(" ")):
            yield before
            position = match.end()
    yield text[position:]


def clean_name(part: str) -> str | None:
    """Give one name without what surrounds it, None if the part is no name."""
    bare = part.strip(" \t:*_-–—.,;|/")
    if is_agency(STAFF.sub("", bare)):
        return STAFF.sub("", bare)
    if JUNIOR.search(bare) and f"{bare}." in part:
        bare = f"{bare}."
    name = drop_title(drop_opener(LEADING.sub("", bare)))
    name = ARTICLE.sub("", name)
    name = AFFILIATION.sub("", drop_role(name)).strip(' \t:*_-–—,;|/"“”„')
    if len(name) < 2 or len(name) > NAME_CHARACTERS or len(name.split()) > NAME_WORDS:
        return None
    if CLOCK_OR_DATE.search(name) or not any(c.isalpha() for c in name):
        return None
    if fold(name) in NOBODY or fold(name) in OPENERS_ALONE or NO_NAME.search(name):
        return None
    return name


def drop_title(name: str) -> str:
    """Give the name without a reporter's title and place, as East Asian bylines join them."""
    if not is_unspaced(name):
        return name
    bare = PLACE_TAIL.sub("", HONORIFIC_HEAD.sub("", name))
    told = HONORIFIC_TAIL.sub("", OF_PAPER.sub("", bare))
    return KOREAN_NAME.sub("", told) if told != bare else told


def drop_role(name: str) -> str:
    """Give the name without the job printed behind it; a job without a full name stays whole."""
    role = ROLE.search(name)
    if role is None or name[role.start() :].lower() == "staff":
        return name
    before = name[: role.start()].rstrip()
    return before if before.count(" ") else name


def is_named(name: str, *, first: bool) -> bool:
    """Tell whether a part of a listed byline is somebody: no role, and no place behind a name.

    A place stands behind the names and is mostly one word; so is many a first name, which is why
    the first part always counts.
    """
    if is_agency(name):
        return True
    if not first and (ROLE.search(name) or any(c.isdigit() for c in name)):
        return False
    return first or " " in name or is_unspaced(name)


def is_slug(name: str) -> bool:
    """Tell whether the name is only an account's (`jane-doe`)."""
    return bool(SLUG.match(name))
