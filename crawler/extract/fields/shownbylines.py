"""The bylines that a page shows near its headline, for pages that declare nobody.

By markup first (`rel="author"`, a class that says so), then by words (`By …`, `Author:`), then a
line that is nothing but names. Taking a byline apart is `names.py`'s part.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import lxml.html

from crawler.extract.fields.folding import is_unspaced
from crawler.extract.fields.names import Names, is_named, read_names
from crawler.extract.fields.pieces import Piece, Showing
from crawler.extract.fields.xpaths import elements

# Text pieces around the headline that are looked at; a byline stands before the article's text.
PIECES_AFTER = 40
PIECES_BEFORE = 10
CHARACTERS_AFTER = 800
LABELS = 3
LINKS = 20

CLIMB = 3
BLOCK_CHARACTERS = 160
LINE_CHARACTERS = 90

# Classes that mark a byline, and parts of one that name nobody or somebody else.
MARKED = re.compile(
    r"author|byline|autor|auteur|forfatter|författare|skribent|yazar|writer|verfasser|"
    r"reporter(?!s?-?note)|contributor|penulis|redacteur|(?:^|\s)vcard(?:\s|$)",
    re.IGNORECASE,
)
NOT_NAMES = re.compile(
    r"card|avatar|bio(?![a-z])|description|follow|job|"
    r"social|share|date|time|popup|tooltip|role|position|title(?!.*author)",
    re.IGNORECASE,
)
# Those that name somebody else however they are marked.
OTHERS = re.compile(r"comment|caption|image|photo|foto|picture|credit|quote|reader", re.IGNORECASE)

# A line that is a byline by its own words, and a piece that says what the next one is.
OWN_LINE = re.compile(
    r"(?:by|von|por|par|di|af|av|door|przez|oleh|"
    r"(?:written|reporting|posted|submitted|contributed|words|analysis|review|story|guest post|"
    r"guest column) by|"
    r"(?:ein(?:e|en)? )?(?:kommentar|gastbeitrag|bericht|analyse|interview|kolumne|rezension) von|"
    r"(?:aufgezeichnet|protokolliert|geschrieben) von|propos recueillis par|écrit par|escrito por|"
    r"scritto da|a cura di|geschreven door|skrevet a[fv]|te[kx]st av)\s+(?=[^\W\d_])|"
    r"(?:text|autor|autorin|author|words|report|story|texto|texte|testo|tekst|автор|текст|מאת|"
    r"haber|yazan|guest (?:author|columnist|contributor|writer)|作者|記者|记者|撰文|執筆)"
    r"\s*[:：]\s*(?=[^\W\d_])|(?:بقلم|كتبت?)\s*[:：-]\s*(?=[^\W\d_])|文[／/・]\s?(?=[\u3040-\u9fff])",
    re.IGNORECASE,
)
# The same in languages that set the job beside the name: `記者王小明／台北報導`, `김민수 기자`.
JOB_LINE = re.compile(
    r"(?:本報)?(?:記者|记者)\s?[\u3400-\u9fff·、]{2,12}\s?[／/].{0,10}(?:報導|报道|報道)|"
    r"[가-힣]{2,4}\s?(?:선임|수습|인턴)?(?:기자|특파원|논설위원)(?:\s+\S{1,40}@\S{1,40})?"
)
LABEL = re.compile(
    r"(?:by|von|par|por|di|av|af|door|przez|oleh|autor|autorin|autor/-?in|autorin/autor|"
    r"author|authors|written by|auteur|autore|автор|作者|記者|yazar|penulis|redactor)\s*[:：]?",
    re.IGNORECASE,
)
# A line that says when and ends before it says who: `Posted on March 5, 2024 by`.
OPEN_LINE = re.compile(r".*\d.*\s(?:by|von|par|por|door|av|af)\s*:?", re.IGNORECASE)
# Where sites keep the pages of their writers.
AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|auteurs?|autori|autore|byline|writers?|columnists?|reporters?|"
    r"journalists?|yazar(?:lar)?|penulis|redakteure?)/[^/?#]+",
    re.IGNORECASE,
)
AUTHOR_LINKS = elements("descendant::a[contains(@rel, 'author')]")
# Those of the labels that say so anywhere on a page.
PLAIN_LABEL = re.compile(
    r"(?:autorin/autor|autor/-?in|authors?|autorin|autor|autore|auteur|автор)\s*:?", re.IGNORECASE
)

LABEL_INITIALS = frozenset("aAаА")

# Two to four capitalised words, or several such names; a line of nothing else is a byline.
WORD = r"[^\W\d_a-zß-ÿ][^\W\d_]*[.'’]?(?:[-'’][^\W\d_]+)*"
ONE_NAME = rf"{WORD}(?: {WORD}){{1,3}}"
NAME_LINE = re.compile(rf"{ONE_NAME}(?:\s*(?:/|,|&| and | und | et | y | e )\s*{ONE_NAME}){{0,3}}")
# In capitals throughout, four words are a button's as often as a name.
SHORT_NAME = rf"{WORD}(?: {WORD}){{1,2}}"
LARGE_NAMES = re.compile(
    rf"{SHORT_NAME}(?:\s*(?:/|,|&| AND | UND | ET | Y | E )\s*{SHORT_NAME}){{0,3}}"
)
# A line that says when, then who: `March 5th, 2012 by Gwen Stone`.
DATED_LINE = re.compile(
    rf"[^!?]{{0,40}}\b(?:19|20)\d\d\b[^!?]{{0,20}}\s(?:by|von|par|por|door|av|af)\s+({ONE_NAME})"
)
# A writer between other facts of one line: `2024-11-08 来源：晚报 作者：李安 责任编辑：王五`.
INNER_LABEL = re.compile(
    r"[\s|｜](?:作者|記者|记者|撰文)\s*[:：]\s*([\u3400-\u9fff·]{2,12})(?![^\s|｜])"
)
# A name with its job, and nothing else: `Ann Lee, Chief Reporter`.
WITH_JOB = re.compile(
    rf"({ONE_NAME}),\s+(?:[\w-]+\s+){{0,3}}(?i:reporter|correspondent|(?:staff )?writer|columnist|"
    r"journalist|redakteur(?:in)?|korrespondent(?:in)?|journaliste|periodista|giornalista)",
)
# How agencies sign below a text: `(Reporting by Ann Lee; Editing by Bo Finn)`.
SIGNERS = re.compile(r"[(\s]*(?:reporting|writing) by ([^;()]{4,200})", re.IGNORECASE)
# The box below a text that tells of its writer, by name, and what names him in it.
AUTHORS_OWN = elements("descendant::*[contains(@class, 'author')]")
BOX = re.compile(r"author[-_]b|author-(?:info|card)|about-(?:the-)?author")
NAMES_IN_BOX = elements(
    "descendant::*[self::a or self::h2 or self::h3 or self::h4 or self::strong]"
)
ABOUT = re.compile(r"(?:about|über|à propos de|sobre|zur person:?)\s+", re.IGNORECASE)
# Words of such a box that are set like a name: `About The Author`, `View Profile`.
BOX_WORDS = re.compile(
    r"\b(?:authors?|writers?|us|team|articles?|posts?|profile|website|follow|more|view|read|contact|"
    r"latest|staff|share|email|twitter|facebook|linkedin|instagram)\b",
    re.IGNORECASE,
)
# A name behind a conjunction, in a byline of several.
JOINED = re.compile(rf"(?<!\w)(?:and|und|et|och|og|&|и)\s+(?:{ONE_NAME})")
CONTROLS = frozenset({"button", "label", "nav"})
# How a newsroom signs.
NEWSROOM = re.compile(r"\w[\w. ]{0,30}[ -](?:Redaktion|Editorial Team|Newsroom|Newsdesk|Staff)")
# A line on how a page is filed may stand below that.
LAST_LINES = 3
# One of these is a whole signature, however it is written.
NEWSROOMS = frozenset({
    "la redacción", "la redazione", "la rédaction", "newsroom", "redactie", "redaktion",
    "redazione", "rédaction",
})  # fmt: skip
EMPHASIS = frozenset({"strong", "b", "em", "i"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A piece of text beside the headline with the one that follows."""

    piece: Piece
    following: str


def read_shown_bylines(showing: Showing) -> Iterator[Names]:
    """Give the bylines that the page shows, the surest first."""
    near = list(lines_near(showing.near(before=PIECES_BEFORE, after=PIECES_AFTER + 1)))
    yield from marked_bylines(near)
    for reader in (labelled_names, own_line_names, name_line_names):
        yield from filter(None, map(reader, near))
    yield from filter(None, map(labelled_names, labelled_anywhere(showing)))
    yield from filter(None, (linked_anywhere(showing.root), signed_below(showing)))
    yield from filter(None, [boxed_anywhere(showing)])


def read_signature(text: str | None) -> Names:
    """Give who signs at the end of an article's text: `By …`, or a newsroom."""
    lines = [line.strip() for line in (text or "").rsplit("\n", 2 * LAST_LINES)[1:]]
    newsroom = next(filter(is_newsroom, reversed(lines)), None)
    if newsroom:
        return read_names(newsroom)
    last = lines[-1] if lines else ""
    signed = len(last) <= LINE_CHARACTERS and OWN_LINE.match(last)
    return full_names(read_names(last)) if signed else Names()


def is_newsroom(line: str) -> bool:
    """Tell whether a line is a newsroom's name and nothing more."""
    return NEWSROOM.fullmatch(line) is not None and all(w[0].isupper() for w in line.split())


def signed_below(showing: Showing) -> Names:
    """Give who an agency says reported, in its line below the text."""
    # Few pages have such a line, and their pieces cost ten times as much as their texts.
    if not any(SIGNERS.match(text) for text in showing.root.itertext()):
        return Names()
    found = (
        signed[1]
        for piece in reversed(showing.pieces)
        if (signed := SIGNERS.match(piece.text)) and not showing.around.is_foreign(piece.element)
    )
    return full_names(read_names(*islice(found, 1)))


def boxed_anywhere(showing: Showing) -> Names:
    """Give the one writer whom a box of the page tells of, as its first link or heading names him.

    Not where there are several boxes: a list of writers, or of other articles with theirs.
    """
    named = AUTHORS_OWN(showing.root)
    boxes = [one for one in named if BOX.search(one.get("class") or "")][:LINKS]
    outer = [one for one in boxes if not any(above in boxes for above in one.iterancestors())]
    if len(outer) != 1 or OTHERS.search(outer[0].get("class") or ""):
        return Names()
    texts = (ABOUT.sub("", folded_text(one)) for one in NAMES_IN_BOX(outer[0])[:LINKS])
    people = (full_names(read_names(text)) for text in texts if not BOX_WORDS.search(text))
    return next(filter(is_one_person, people), Names())


def is_one_person(names: Names) -> bool:
    """Tell whether a text names one person in so many words."""
    return len(names.people) == 1 and NAME_LINE.fullmatch(names.people[0]) is not None


def lines_near(showing: Showing) -> Iterator[Line]:
    """Give the lines around the headline, those behind it first, without other parts' lines."""
    pieces, headline = showing.pieces, showing.headline
    if not headline:
        return
    size = 0
    for index in (
        *range(headline.stop, min(headline.stop + PIECES_AFTER, len(pieces))),
        *range(headline.start - 1, max(headline.start - PIECES_BEFORE, 0), -1),
    ):
        size += len(pieces[index].text) if index >= headline.stop else 0
        near = size < CHARACTERS_AFTER or index < headline.start
        if near and not showing.around.is_foreign(pieces[index].element):
            yield line_at(pieces, index)


def line_at(pieces: Sequence[Piece], index: int) -> Line:
    """Give the piece together with what follows it."""
    following = pieces[index + 1].text if index + 1 < len(pieces) else ""
    return Line(piece=pieces[index], following=following)


def labelled_anywhere(showing: Showing) -> Iterator[Line]:
    """Give the lines of the whole page that are nothing but a plain label (`Author:`)."""
    # Most pages have none, and their pieces cost ten times as much as their texts.
    if not any(is_plain_label(text) for text in showing.root.itertext()):
        return
    found = (
        line_at(showing.pieces, index)
        for index, piece in enumerate(showing.pieces)
        if PLAIN_LABEL.fullmatch(piece.text) and not showing.around.is_foreign(piece.element)
    )
    yield from islice(found, LABELS)


def is_plain_label(text: str) -> bool:
    """Tell whether a text is nothing but a plain label."""
    label = text.strip()
    # Each of them begins so; of the thousand texts of a page few do.
    return label[:1] in LABEL_INITIALS and PLAIN_LABEL.fullmatch(label) is not None


def linked_anywhere(root: lxml.html.HtmlElement) -> Names:
    """Give the one writer whom the whole page links as such: beside the text or below it."""
    links = filter(is_rel_author, AUTHOR_LINKS(root))
    named = full_names(read_names(*(folded_text(link) for link in islice(links, LINKS))))
    return named if len(named.people) == 1 else Names()


def marked_bylines(near: Sequence[Line]) -> Iterator[Names]:
    """Give the marked bylines near the headline; neighbours in one block are one byline."""
    blocks: list[tuple[lxml.html.HtmlElement | None, Names]] = []
    for line in near:
        if names := marked_names(line):
            block = line.piece.element.getparent()
            if blocks and are_neighbours(block, blocks[-1][0]):
                blocks[-1] = (block, join_names(blocks[-1][1], names))
            else:
                blocks.append((block, names))
    yield from (names for _, names in blocks)


def are_neighbours(block: lxml.html.HtmlElement | None, last: lxml.html.HtmlElement | None) -> bool:
    """Tell whether two blocks are one, or one is right inside of the other."""
    if block is None or last is None:
        return False
    return block is last or block is last.getparent() or last is block.getparent()


def join_names(one: Names, other: Names) -> Names:
    """Give the names of two blocks of one byline, each once; a block of a job names nobody."""
    others = (name for name in other.people if is_named(name, first=False))
    return Names(
        people=tuple(dict.fromkeys((*one.people, *others))),
        agencies=tuple(dict.fromkeys((*one.agencies, *other.agencies))),
    )


def marked_names(line: Line) -> Names:
    """Read the block around the line that is marked as a byline."""
    element: lxml.html.HtmlElement | None = line.piece.element
    for _ in range(CLIMB):
        if element is None:
            break
        classes = element.get("class") or ""
        if OTHERS.search(classes) or (NOT_NAMES.search(classes) and not MARKED.search(classes)):
            break
        if is_writers_link(element) or MARKED.search(classes):
            return full_names(block_names(element))
        element = element.getparent()
    return Names()


def is_writers_link(element: lxml.html.HtmlElement) -> bool:
    """Tell whether an element is a link to its writer's page."""
    if element.tag != "a":
        return False
    return is_rel_author(element) or bool(AUTHOR_PATH.search(element.get("href") or ""))


def is_rel_author(link: lxml.html.HtmlElement) -> bool:
    """Tell whether a link is marked as its writer's, and not as the way to a whole profile."""
    classes = (link.get("class") or "").split()
    return "author" in (link.get("rel") or "").split() and "profile-link" not in classes


def full_names(names: Names) -> Names:
    """Keep the names of more than one word: a single one in a block is mostly a button."""
    return replace(names, people=tuple(filter(is_full_name, names.people)))


def is_full_name(name: str) -> bool:
    """Tell whether a name is written like a person's: more capitals than small words, two at least.

    Scripts without capitals show nothing; they need two words, or no space at all.
    """
    if is_unspaced(name) or name.casefold() in NEWSROOMS:
        return True
    words = [word for word in name.split() if word[0].isalpha()]
    large = sum(not word[0].islower() for word in words)
    return large > 1 and large >= len(words) - large


def block_names(element: lxml.html.HtmlElement) -> Names:
    """Read a byline block: its links where they name somebody, else its text."""
    text = folded_text(element)
    if not text or len(text) > BLOCK_CHARACTERS:
        return Names()
    links = [linked for a in element.iter("a") if (linked := folded_text(a))]
    named = read_names(*links) if links else Names()
    if named.people:
        return replace(named, people=with_unlinked(named.people, text))
    return named or read_names(" | ".join(piece for piece in element.itertext() if piece.strip()))


def with_unlinked(linked: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Give the linked names of a byline with those that its words join to them.

    `By [Ann Lee], Bo Finn and [Cy Gray], Berlin`: up to the last one that stands behind an `and`,
    for what follows is a job or a place.
    """
    last = max((found.end() for found in JOINED.finditer(text)), default=0)
    everybody = full_names(read_names(text[:last])).people
    return everybody if last and set(everybody) > set(linked) else linked


def folded_text(element: lxml.html.HtmlElement) -> str:
    """Give an element's text, white space folded."""
    return " ".join(" ".join(element.itertext()).split())


def labelled_names(line: Line) -> Names:
    """Read what follows a piece that is nothing but a label, or a line that ends in one.

    All of the label's own block if that goes on: it may link several writers.
    """
    text = line.piece.text
    if len(line.following) > LINE_CHARACTERS or len(text) > LINE_CHARACTERS:
        return Names()
    if LABEL.fullmatch(text):
        element = line.piece.element
        rest = element.text and folded_text(element).startswith(f"{text} ")
        return (full_names(block_names(element)) if rest else Names()) or full_names(
            read_names(line.following)
        )
    return full_names(read_names(line.following)) if OPEN_LINE.fullmatch(text) else Names()


def own_line_names(line: Line) -> Names:
    """Read a line that opens like a byline, or that is one behind its date or its source."""
    text = line.piece.text
    if len(text) > LINE_CHARACTERS:
        return Names()
    if OWN_LINE.match(text) or JOB_LINE.fullmatch(text):
        return Names() if is_in_sentence(line.piece) else full_names(read_names(text))
    named = DATED_LINE.fullmatch(text) or WITH_JOB.fullmatch(text) or INNER_LABEL.search(text)
    return full_names(read_names(named[1])) if named else Names()


def is_in_sentence(piece: Piece) -> bool:
    """Tell whether a text goes on with a long paragraph's sentence: `the <b>Lab</b> by Ann Lee`."""
    return piece.text[:1].islower() and len(folded_text(piece.element)) > BLOCK_CHARACTERS


def name_line_names(line: Line) -> Names:
    """Read a paragraph that is nothing but emphasised names."""
    element, text = line.piece.element, line.piece.text
    emphasised = element.tag in EMPHASIS or text.isupper()
    shape = LARGE_NAMES if text.isupper() else NAME_LINE
    if not emphasised or len(text) > LINE_CHARACTERS or not shape.fullmatch(text):
        return Names()
    block: lxml.html.HtmlElement | None = element
    while block is not None and block.tag in EMPHASIS | {"a"}:
        block = block.getparent()
    alone = block is not None and folded_text(block) == text and not is_control(element)
    return read_names(text) if alone else Names()


def is_control(element: lxml.html.HtmlElement) -> bool:
    """Tell whether an element is what a reader clicks or fills in: a menu's, a gallery's."""
    near = (element, *islice(element.iterancestors(), CLIMB))
    return any(one.tag in CONTROLS or one.get("onclick") is not None for one in near)
