"""An article's blocks without the lines that are not its text.

Labels, link lines, "read also", appeals to subscribe, picture credits, and what stands before the
first and after the last running text. Looks at blocks and their order only; knows no page.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from crawler.extract.text.blocks import HEADINGS, Block
from crawler.extract.text.boilerplate import holds_any
from crawler.extract.text.lines import (
    APPEAL,
    APPEAL_STEMS,
    CREDIT,
    CREDIT_STEMS,
    END_MARK,
    HEAD_LINE,
    LABEL,
    READ_ALSO,
    SIGN_OFF,
)
from crawler.extract.text.walls import CUT_LINE, WALL_TALK

# Part of a block's text that must be links to make it a link line; a paragraph of many names,
# each a link, is a paragraph still.
LINK_SHARE = 0.7
ALL_LINK_SHARE = 0.9
LONGEST_LINK_LINE = 120

# Characters: running text; a sentence; a heading that is a paragraph set large.
PROSE = 80
SENTENCE = 25
LONGEST_HEADING = 180
SENTENCE_END = re.compile(r"[.!?…。！？।؟\"”»“’')\]:;]\s*$")
# Thai, Lao, Burmese and Khmer end their sentences without a mark, and part no words.
UNMARKED_SCRIPT = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{12}")
FULL_STOP = re.compile(r"[.!?…。！？।؟]\W*$")

# Where a short sentence ends; a bracket or a colon ends labels too.
SHORT_END = re.compile(r"""[.!?…。！？؟۔।]["”»’'」』)]*\s*$""")
# Words, or characters of a script without blanks, that make an item of a list more than a label.
POINT_WORDS = 3
WIDE_POINT = re.compile(r"[\u3001-\u30ff\u3400-\u9fff]{8}")
FEWEST_POINTS = 2

# A line of so many words, most of them in small letters, is a statement.
WORDS = re.compile(r"[^\W\d_]+")
STATEMENT_WORDS = 6

# An hour, as it stands above an entry of a live blog.
CLOCK = re.compile(
    r"\d{1,2}(?:[:.h]\d{2}|(?= ?[ap]))(?: ?[ap]\.?m\.?)?(?: (?:uhr|[a-z]{2,4}))?", re.IGNORECASE
)

# A label, a colon or a bar, and a link to the end of the line.
REFERRAL = re.compile(
    r"<p>(?:<strong>|<em>)*[^<>]{2,40}[:|：»›→](?:\s|</strong>|</em>|<strong>|<em>)*"
    r"<a [^>]*>(?P<linked>(?:(?!</a>).)*)</a>(?:</strong>|</em>)*</p>",
    re.DOTALL,
)
TAG = re.compile(r"<[^>]*>")

LONGEST_LABEL = 120
LONGEST_CREDIT = 250
LONGEST_APPEAL = 350
# An appeal without a link in it is shorter; a sentence that mentions a newsletter is not.
LONGEST_PLAIN_APPEAL = 160
LONGEST_SIGN_OFF = 400
# So many blocks at the end may be sign-offs, and so many at the start bylines.
SIGN_OFFS = 4
# An end mark is believed below this part of the text.
END_FROM = 0.6
HEAD_LINES = 4
# A heading repeats the title when it shares this part of its words.
TITLE_SHARE = 0.7
# Repeats shorter than this are refrains.
SHORTEST_REPEAT = 40
# Headlines after a "read also" label.
ALSO_READ = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """The article's own blocks, and the credits found among them."""

    blocks: tuple[Block, ...]
    credits: tuple[str, ...] = ()


def trim(
    standfirst: Sequence[Block], body: Sequence[Block], *, title: str | None = None
) -> Trimmed:
    """Take out what is not the article's from its standfirst's and its body's blocks."""
    lead = [block for block in standfirst if is_own_lead(block, title)]
    blocks = [block for block in without_walls(body) if not is_label(block)]
    credited = [block for block in blocks if is_credit(block)]
    named = set(map(id, credited))
    blocks = [block for block in blocks if id(block) not in named and not is_appeal(block)]
    for step in (without_read_also, without_links):
        blocks = step(blocks)
    blocks = without_tail(without_head(without_rest(blocks), title))
    return Trimmed(
        blocks=tuple(without_repeats([*lead, *blocks])),
        credits=tuple(block.text for block in credited),
    )


def is_own_lead(block: Block, title: str | None) -> bool:
    """Tell whether a block between headline and body is a standfirst's."""
    return not (is_link_line(block) or is_head_line(block) or is_title(block, title))


def is_prose(block: Block) -> bool:
    """Tell whether a block reads as running text."""
    size = len(block.text)
    if block.kind in HEADINGS:
        return size >= LONGEST_HEADING
    if size >= PROSE or (size >= SENTENCE and SENTENCE_END.search(block.text) is not None):
        return True
    return size >= SENTENCE and UNMARKED_SCRIPT.search(block.text) is not None


def without_walls(blocks: Sequence[Block]) -> list[Block]:
    """Drop what a wall says on below its line that the rest costs; the line itself is left.

    Above all text such a line is the headline of an article about walls.
    """
    kept: list[Block] = []
    walled = False
    for block in blocks:
        short = len(block.text) <= LONGEST_CREDIT
        if short and is_cut_line(block):
            walled = any(map(is_prose, kept))
        elif walled := walled and short and WALL_TALK.search(block.text) is not None:
            continue
        kept.append(block)
    return kept


def is_label(block: Block) -> bool:
    """Tell whether a block is a label of the page, or its word that the rest costs."""
    if len(block.text) > LONGEST_CREDIT:
        return False
    bare = block.text.strip(" :.…→»>")
    return LABEL.fullmatch(bare) is not None or is_cut_line(block)


def is_cut_line(block: Block) -> bool:
    """Tell a wall's line from a sentence that goes on where such a line would end."""
    found = CUT_LINE.match(block.text)
    if found is None:
        return False
    quoted = block.kind == "p" and QUOTED_CUT.match(block.text[found.end() :])
    return not (quoted and SHORT_END.search(block.text))


# A colon or a question mark and a statement behind the words of a wall; a wall makes an offer.
QUOTED_CUT = re.compile(r"\s*[:?]\s+(?=(?:\S+\s+){6})[^€$£]*$")


def is_credit(block: Block) -> bool:
    """Tell whether a line names a picture's author."""
    if block.kind != "p" or len(block.text) > LONGEST_CREDIT:
        return False
    return holds(block, CREDIT_STEMS) and CREDIT.search(block.text) is not None


def holds(block: Block, stems: Iterable[str]) -> bool:
    """Tell whether a block holds one of the stems, in whatever case."""
    return holds_any(block.text.casefold(), stems)


def is_appeal(block: Block) -> bool:
    """Tell whether a block asks to subscribe, follow, install or give."""
    size = len(block.text)
    if size > (LONGEST_APPEAL if block.linked else LONGEST_PLAIN_APPEAL):
        return False
    return holds(block, APPEAL_STEMS) and APPEAL.search(block.text) is not None


def is_link_line(block: Block) -> bool:
    """Tell whether a block is only a link, or a list of them."""
    size = len(block.text)
    if block.linked and is_referral(block):
        return True
    if size > LONGEST_LINK_LINE and block.kind == "p":
        return block.linked > ALL_LINK_SHARE * size
    return block.linked > LINK_SHARE * size


def is_referral(block: Block) -> bool:
    """Tell whether a line is a label and a link to another text: `READ THIS | Its headline`."""
    found = REFERRAL.fullmatch(block.html)
    return found is not None and len(TAG.sub("", found["linked"])) >= SENTENCE


def is_headline(block: Block) -> bool:
    """Tell whether a block may be another article's headline or its kicker: no sentence."""
    return len(block.text) < LONGEST_HEADING and not FULL_STOP.search(block.text)


def without_rest(blocks: Sequence[Block]) -> list[Block]:
    """Drop all from the heading on that begins what the page puts below the article.

    Only the last part of the text is looked at: a review may have a section `Comments`.
    """
    total = sum(len(block.text) for block in blocks)
    written = 0
    for index, block in enumerate(blocks):
        if written >= END_FROM * total and is_end_mark(block):
            return list(blocks[:index])
        written += len(block.text)
    return list(blocks)


def is_end_mark(block: Block) -> bool:
    """Tell whether a block is a heading of what follows an article."""
    if len(block.text) > LONGEST_LABEL or FULL_STOP.search(block.text):
        return False
    return END_MARK.match(block.text.rstrip(" :：…")) is not None


def without_read_also(blocks: Sequence[Block]) -> list[Block]:
    """Drop "read also" lines, and the headlines below a label that says so."""
    kept: list[Block] = []
    waiting = 0
    for block in blocks:
        line = block.text.lstrip("([{ ")
        found = READ_ALSO.match(line) if len(line) <= LONGEST_HEADING else None
        if found and (is_headline(block) or is_link_line(block)):
            rest = line[found.end() :].strip(" :.…→»>-–—|")
            waiting = 0 if len(rest) > SENTENCE else ALSO_READ
        elif waiting and is_headline(block) and not (block.kind in HEADINGS and not block.linked):
            waiting -= 1
        else:
            waiting = 0
            kept.append(block)
    return kept


def without_links(blocks: Sequence[Block]) -> list[Block]:
    """Drop link lines and the label that introduces them."""
    kept: list[Block] = []
    for block, follower in zip_longest(blocks, blocks[1:]):
        introduces = follower is not None and is_link_line(follower) and is_introduction(block)
        if not is_link_line(block) and not introduces:
            kept.append(block)
    return kept


def is_introduction(block: Block) -> bool:
    """Tell whether a block is a short line that introduces what follows."""
    return len(block.text) < PROSE and block.text.endswith((":", "："))


def without_head(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """Drop the headline, byline and labels before the first running text."""
    start = first_index(blocks, is_prose)
    if start is None:
        return [block for block in blocks if not is_title(block, title)]
    titled = [i for i, block in enumerate(blocks[: start + 2]) if is_title(block, title)]
    rest = list(blocks[titled[0] + 1 :] if titled else blocks)
    start = first_index(rest, is_prose) or 0
    before = [b for b in rest[:start] if not is_title(b, title)]
    heading = [b for b in before if b.kind in HEADINGS][-1:]
    timed = sum(map(is_clock, rest)) > 1
    opening = [
        b
        for b in before
        if b in heading or is_short_text(b) or is_points(b) or (timed and is_clock(b))
    ]
    head = [block for block in rest[start : start + HEAD_LINES] if not is_head_line(block)]
    return [*opening, *head, *rest[start + HEAD_LINES :]]


def is_short_text(block: Block) -> bool:
    """Tell whether a short block is the article's own: a whole sentence, a quotation, some code."""
    if block.kind == "pre":
        return True
    if block.kind not in ("p", "blockquote") or block.linked or is_head_line(block):
        return False
    return block.kind == "blockquote" or SHORT_END.search(block.text) is not None


def is_clock(block: Block) -> bool:
    """Tell a line that is only an hour; a live blog has one above each entry."""
    return CLOCK.fullmatch(block.text) is not None


def is_points(block: Block) -> bool:
    """Tell a list of statements, such as an article's key points, from a menu."""
    if block.kind not in ("ul", "ol") or block.linked:
        return False
    items = [line for line in block.text.split("\n") if line.strip()]
    said = [i for i in items if len(i.split()) >= POINT_WORDS or WIDE_POINT.search(i)]
    return len(items) >= FEWEST_POINTS and len(said) == len(items)


def first_index(blocks: Sequence[Block], wanted: Callable[[Block], bool]) -> int | None:
    """Give the index of the first block that is as wanted."""
    return next((index for index, block in enumerate(blocks) if wanted(block)), None)


def is_head_line(block: Block) -> bool:
    """Tell whether a line names the writer or the hour."""
    return len(block.text) <= LONGEST_LABEL and HEAD_LINE.search(block.text) is not None


def is_title(block: Block, title: str | None) -> bool:
    """Tell whether a block is the article's headline."""
    if block.kind == "h1":
        return True
    said, wanted = word_list(block.text), word_list(title)
    if said and said == wanted:
        return True
    shared = len(set(said) & set(wanted))
    many = len(said) > ALSO_READ and block.kind in HEADINGS
    return many and shared >= TITLE_SHARE * len(set(said))


def word_list(text: str | None) -> list[str]:
    """Give the words of a text, case, width and punctuation folded away."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold())


def without_tail(blocks: Sequence[Block]) -> list[Block]:
    """Drop labels, headings and sign-offs after the last running text."""
    end = len(blocks)
    while end and is_loose_end(blocks[end - 1], left=len(blocks) - end):
        end -= 1
    # Verse and lists of facts may have none: there every line is one of the text.
    return list(blocks[:end] if any(map(is_prose, blocks[:end])) else blocks)


def is_loose_end(block: Block, *, left: int) -> bool:
    """Tell whether the last block is none of the text; `left` have been dropped after it."""
    if len(block.text) <= LONGEST_SIGN_OFF and left < SIGN_OFFS and SIGN_OFF.match(block.text):
        return True
    if is_prose(block) or block.kind in ("ol", "table", "ul"):
        return False
    return not (is_short_text(block) or is_statement(block))


def is_statement(block: Block) -> bool:
    """Tell a line without a full stop that says something, from a label, a name or a credit."""
    if block.kind != "p" or block.linked or "://" in block.text:
        return False
    if is_head_line(block) or SIGN_OFF.match(block.text):
        return False
    found = WORDS.findall(block.text)
    return len(found) >= STATEMENT_WORDS and 2 * sum(map(str.islower, found)) > len(found)


def without_repeats(blocks: Sequence[Block]) -> list[Block]:
    """Drop long blocks that the page gives a second time (a standfirst that opens the body too)."""
    seen: set[str] = set()
    kept: list[Block] = []
    for block in blocks:
        if len(block.text) < SHORTEST_REPEAT or block.text not in seen:
            kept.append(block)
        seen.add(block.text)
    return kept
