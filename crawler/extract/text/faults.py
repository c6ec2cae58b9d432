"""What is wrong with a text that was read: it or its page breaks off, its letters are garbled.

Says so and mends nothing: a text is kept as it came. Knows no verdicts.
"""

import re
from collections.abc import Iterable

from crawler.extract.page import Page
from crawler.extract.text.blocks import Block
from crawler.extract.text.boilerplate import holds_any, one_of

# UTF-8 that somebody read as windows-1252 or Latin-1 and wrote out again, letters that were lost in
# an earlier decoding, and words of another script that were read as Western.
GARBLED = re.compile(
    r"â€[™œ\x9d˜¦“”\x93\x94\x99\x9c\u00a6]|Ã[\u0080-\u00bf¤¶¼Ÿ©¨ª«¢§¡³±º­]|Â[\u00a0-\u00bf]"
    r"|[À-Öà-öø-ÿ]{5,}"
    r"|[ÐÑ][\u0080-\u00bf][ÐÑ]|ï¿½|\ufffd"
)
# One of these begins each.
GARBLED_LETTERS = "âÃÂÐÑï\ufffd"
# So many make a garbled text; one or two are a name's, or an example.
FEWEST_GARBLED = 3

# Characters that follow a whole article on its page: a footer's at least.
FOLLOWING = 200
ANCHOR = 40

# How a text ends that is an excerpt, and how one ends that may be.
LEFT_OUT = re.compile(r"[\[(](?:…|\.\.\.)[\])]$")
OPEN_END = re.compile(r"(?:…|\.\.\.)$")
# What a link to the whole text says, and the longest such line.
GO_ON = one_of(
    r"""
    continue reading
    continue to (?:the )?(?:full|original)
    keep reading
    read (?:the )?(?:full|rest|more|on)\b
    weiter ?lesen
    zum (?:ganzen )?artikel
    lire la suite
    seguir leyendo
    leer más
    continua a leggere
    leggi tutto
    lees verder
    läs (?:mer|vidare)
    les (?:mer|videre)
    læs (?:mere|videre)
    czytaj (?:dalej|więcej)
    leia mais
    continuar lendo
    читать (?:далее|полностью)
    阅读全文
    続きを読む
    """
)
LONGEST_GO_ON = 80


def is_garbled(text: str) -> bool:
    """Tell whether a text shows letters that were decoded wrongly before they came here."""
    if not holds_any(text, GARBLED_LETTERS):
        return False
    found = GARBLED.finditer(text)
    return sum(1 for _, _ in zip(range(FEWEST_GARBLED), found, strict=False)) == FEWEST_GARBLED


def breaks_off(page: Page, text: str) -> bool:
    """Tell whether the page was cut in its text: it has no end, and nothing follows."""
    anchor = " ".join(text[-ANCHOR:].split())
    if not page.torn or not anchor:
        return False
    seen = " ".join(page.root.text_content().split())
    return len(seen.rpartition(anchor)[2]) < FOLLOWING


def is_excerpt(text: str, dropped: Iterable[Block], *, attributed: bool) -> bool:
    """Tell whether a text is the beginning of another that stands elsewhere.

    It ends in `[…]`, or in `…` where the page says whose it is (`attributed`) or leads to the whole
    in one of the lines that were `dropped` below it.
    """
    end = text[-ANCHOR:].rstrip()
    if LEFT_OUT.search(end):
        return True
    return OPEN_END.search(end) is not None and (attributed or any(map(goes_on, dropped)))


def goes_on(block: Block) -> bool:
    """Tell whether a block is a link to the whole text."""
    line = block.text.strip(" (\t→»>")
    return bool(block.linked) and len(line) <= LONGEST_GO_ON and GO_ON.match(line) is not None
