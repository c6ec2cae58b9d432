"""A printed byline to names: people, newsrooms and agencies, one each.

Knows no page; finding the byline is `byline.py`'s part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extract.fields.agencies import is_agency
from crawler.extract.fields.folding import fold, is_unspaced
from crawler.extract.fields.jsonld import clean

BYLINE_CHARACTERS = 400
NAME_CHARACTERS = 70
NAME_WORDS = 7

# The words that open a byline, longest first where one starts another.
OPENERS = """
a report by | an analysis by | analysis by | article by | compiled by | contributed by | edited by
opinion by | posted by | published by | reported by | reporting by | review by | story by
text by | words by | written by | by
ein bericht von | ein gastbeitrag von | ein kommentar von | eine analyse von | ein interview von
gastbeitrag von | kommentar von | analyse von | interview von | geschrieben von | text von
eine kolumne von | kolumne von | eine rezension von | aufgezeichnet von | protokolliert von
autor | autorin | autoren | autor/in | verfasst von | von
escrito por | publicado por | redacción | texto de | texto | por
écrit par | publié par | propos recueillis par | par
scritto da | a cura di | articolo di | testo di | di | da
geschreven door | door
skrevet av | skrevet af | tekst | av | af | text
przez | autor tekstu | opracowanie | oprac
автор | автор статьи | текст | авторы
yazan | haber
ditulis oleh | penulis | oleh | laporan
na | imeandikwa na
文 | 作者 | 記者 | 记者 | 撰文
"""
OPENER_WORDS = sorted(
    (w.strip() for line in OPENERS.strip().splitlines() for w in line.split("|")),
    key=len,
    reverse=True,
)
OPENERS_ALONE = frozenset(map(fold, OPENER_WORDS))
OPENER = re.compile(
    r"^\W*(?:(?:"
    + "|".join(map(re.escape, OPENER_WORDS))
    + r")(?:\s*[:：/／]\s*|\s+(?=\S))|(?:by|von|por)(?-i:(?=[A-ZÄÖÜ]))|文(?=\w))",
    re.IGNORECASE,
)
# Openers that are names or their parts elsewhere ("Di Maio", "Da Silva", "Na Li") count only where
# they stand in lower case or are followed by a colon.
DOUBTFUL_OPENER = re.compile(r"^(?:Di|Da|Na|Haber)\s+(?=\S)")

AND = "and|und|et|y|e|i|og|och|ja|en|ve|dan|na|at|и|та|και|és|și|si|a|with|mit|avec|con|&|\\+"
# A conjunction of one or two letters is also a part of surnames (Ortega y Gasset): `split_names`
# looks at what stands on both sides.
CONJUNCTION = re.compile(rf"\s+(?:{AND})\s+", re.IGNORECASE)
LISTING = re.compile(r"\s*[,;、，؛،]\s*|\s+[/|•·]\s+|\s*[|•·]\s*|(?<=\w)/(?=\w)|\s+[-–—]\s+|\n+")
SURE_CONJUNCTIONS = frozenset({
    "and", "und", "et", "og", "och", "ve", "dan", "&", "и", "та", "και", "és", "și", "with",
    "mit", "avec", "+",
})  # fmt: skip

MAIL_OR_WEB = re.compile(r"\S+@\S+|@\w+|https?://\S+|www\.\S+")
BRACKETED = re.compile(r"\s*[(（\[]([^)）\]]*)[)）\]]\s*")
AFFILIATION = re.compile(
    r"\s+(?:[Ff]or|in|für|aus|from|para|pour|of)\s+(?:the\s+)?[A-ZÄÖÜ][\w.&-]*(?:\s+\S+){0,4}$"
)
CLOCK_OR_DATE = re.compile(
    r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d\d\b|\d{1,2}[./]\d{1,2}|\b\d+\s*(?:min|hour|day|h\b)"
)
# What follows a name in the same line without being one.
TRAILER = re.compile(
    r"\s*\b(?:posted|published|updated|last modified|veröffentlicht|aktualisiert|stand|publicado|"
    r"actualizado|publié|mis à jour|pubblicato|aggiornato|opublikowano|publisert|publicerad|"
    r"follow|contact|share|min read)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
HONORIFIC_TAIL = re.compile(r"\s*(?:記者|记者|編集委員|기자|특파원|논설위원|선임기자|さん|氏)$")

# Words (or their beginnings) that are a job, not a person.
ROLE = re.compile(
    r"""\b(?:staff|senior|chief|former|freelance|associate|assistant|deputy|guest|contributing|
    political|business|sports?|foreign|national|reporter|writer|editor|correspondent|journalist|
    columnist|contributor|producer|photographer|author|analyst|professor|director|anchor|
    intern|chefredakteur\w*|\w*redakteur\w*|\w*korrespondent\w*|\w*reporter\w*|volontär\w*|
    journalist\w*|leiter\w*|ressortleit\w*|kolumnist\w*|autor\w*|freie[r]?|mitarbeiter\w*|
    periodista|redactor\w*|corresponsal|corrispondente|giornalista|inviat[oa]|redattor\w*|
    journaliste|envoyé\w*|correspondant\w*|rédact\w*|verslaggever|redacteur|
    reportér\w*|redaktor\w*|dziennikar\w*|muhabir\w*|корреспондент\w*|журналист\w*|обозреватель|
    wartawan|jornalista|repórter|nyhetsreporter|journalist)\b""",
    re.IGNORECASE | re.VERBOSE,
)

# What content systems print where nobody is named.
NOBODY = frozenset({
    "admin", "administrator", "adminuser", "anonymous", "anonym", "author", "autor", "by",
    "default", "developer", "editor", "editorial", "guest", "none", "null", "redacteur",
    "reporter", "root", "superuser", "system", "test", "undefined", "unknown", "user",
    "webmaster", "web", "share", "follow", "comment", "comments", "print", "updated",
    "published", "home", "facebook", "twitter", "linkedin",
})  # fmt: skip
SLUG = re.compile(r"^[a-z0-9]+(?:[-_.][a-z0-9]+)+$")


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
    text = clean(text)[:BYLINE_CHARACTERS]
    text = MAIL_OR_WEB.sub(" ", BRACKETED.sub(keep_agency, text))
    text = TRAILER.sub("", text)
    text = drop_opener(text)
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
    name = drop_opener(part.strip(" \t:*_-–—.,;|/"))
    name = HONORIFIC_TAIL.sub("", name)
    name = AFFILIATION.sub("", drop_role(name)).strip(' \t:*_-–—,;|/"“”„')
    if len(name) < 2 or len(name) > NAME_CHARACTERS or len(name.split()) > NAME_WORDS:
        return None
    if CLOCK_OR_DATE.search(name) or not any(c.isalpha() for c in name):
        return None
    if fold(name) in NOBODY or fold(name) in OPENERS_ALONE or "{" in name or "<" in name:
        return None
    return name


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
