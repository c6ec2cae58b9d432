"""What is wrong with a text that was read: its page breaks off, its letters are garbled.

Says so and mends nothing: a text is kept as it came. Knows no verdicts.
"""

import re

from crawler.extract.page import Page
from crawler.extract.text.boilerplate import holds_any

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
