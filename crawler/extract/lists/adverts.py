"""Which of a list's entries are advertisements, by the label that they must carry.

A label is a text in an element of its own that says nothing else. Where most entries carry one, it
is the name of their section.
"""

import re
from collections.abc import Sequence

from crawler.extract.lists.columns import Record
from crawler.extract.lists.outline import Outline, Text

LABEL = re.compile(
    r"\W*(?:ads?|adverts?|advertisements?|advertorials?|promoted|(?:paid )?(?:sponsored|promoted)"
    r"(?: (?:by .{1,40}|content|post|link|story|article))?|paid (?:post|content|advertisement)"
    r"|anzeigen?|werbung|gesponsert|publicités?|(?:contenu |article )?sponsorisé"
    r"|publi-?rédactionnel|publicidad|(?:contenido |conteúdo )?patrocinado|publicidade|publi"
    r"|pubblicità|sponsorizzato"
    r"|advertentie|gesponsord|annons|sponsrad|mainos|sponset|reklam[aey]?|hirdetés|sponzorované"
    r"|(?:artykuł |materiał )?sponsorowany|реклама|广告|廣告|推广|赞助|広告|광고|إعلان)\W*",
    re.IGNORECASE,
)

# An element of more elements and texts than this is no entry.
LONGEST_ENTRY = 300


def adverts_among(page: Outline, records: Sequence[Record]) -> set[Record]:
    """Give the entries that are labelled as advertisements, where these are the fewer."""
    found = {record for record in records if is_advert(page, record)}
    return found if 2 * len(found) < len(records) else set()


def is_advert(page: Outline, record: Record) -> bool:
    """Tell whether an entry has the label."""
    start, end = record.span
    if end - start > LONGEST_ENTRY:
        return False
    return any(is_label(text, record) for text in page.texts_in(start, end))


def is_label(text: Text, record: Record) -> bool:
    """Tell whether a text is the label, in no link but the entry's, and not the entry's own."""
    node, spot = text.node, record.spot.node
    if node.holds(spot.start) or node.link not in {None, spot, spot.link}:
        return False
    return bool(LABEL.fullmatch(text.text[:80]))
