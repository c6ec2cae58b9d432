"""Words in class names and ids that tell an article from what surrounds it: sorted data.

Tokens are split at hyphens, underscores and inner capitals and looked up word by word. Nothing
here looks at a tree; `prune` and `locate` do.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

# Furniture of a page wherever it stands: a block so named is dropped unless it holds a large
# share of the page's prose (a body may be called `paywall-content with-sidebar`).
FURNITURE = {
    "advertising": """ad ads adbox adcontainer adslot adsense adunit adv advert adverts
        advertisement
        advertisements advertising advertorial affiliate anzeige anzeigen banner banners billboard
        dfp gpt googletag leaderboard mpu outbrain plista promo promos promobox promoted promotion
        promotions publicidad publicidade publicite reklam reklama reklame skyscraper sponsor
        sponsored sponsors taboola teads werbung""",
    "other articles": """alsolike alsoread crosslink crosslinks inlinerelated interlink latestnews
        lireaussi morefrom morenews morestories mostpopular mostread mostviewed nextarticle
        nextpost onward popular popularposts previouspost prevnext prevpost readalso readmore
        readnext recent recentposts recirc recirculation recommend recommendation recommendations
        recommended related relatedarticle relatedarticles relatedcontent relatedlinks
        relatednews relatedposts relatedstories relateds seealso similar suggested suggestions
        teaserlist teasers trending upnext viral yarpp jp-relatedposts""",
    "signing up": """donate donation donations fundraising mailchimp mailinglist newsletter
        newsletters optin signup subscribe subscriber subscribers subscription subscriptions""",
    "sharing": """addthis addtoany bookmark bookmarks followus shareaholic sharebar sharebox
        sharebutton sharebuttons sharedaddy share sharer shares sharethis sharetools sharing
        social socialbar socialicons sociallinks socialmedia socials""",
    "navigation": """breadcrumb breadcrumbs hamburger masthead megamenu menu menus nav navbar
        navi navigation offcanvas pager paging pagination paginator sitemap skiplink skiplinks
        subnav toolbar topbar""",
    "page parts": """footer sidebar sidebars siderail rightrail site-footer site-header""",
    "for screen readers": """screenreader sronly visuallyhidden sr-only visually-hidden
        screen-reader-text u-hidden assistive""",
    "tools": """audioplayer btn button buttons captcha editsection hashtag hashtags icon icons login
        logo printonly rating ratings signin votes voting""",
    "labels": """keyword keywords tag taglist tags tagcloud topiclist""",
    "about the page": """authorbio authorbox authorcard authorinfo aboutauthor bio byline bylines
        entry-meta post-meta article-meta metabar metadata postmeta readtime readingtime
        timestamp timestamps""",
}

# Other people's words, and a site's own, that may well outweigh the article: dropped as long as
# something is left.
STRANGE = {
    "comments": """comment commentform commentlist comments commentsection disqus discussion
        fbcomments livefyre reactions replies reply respond responses spotim trackback
        trackbacks viafoura""",
    "consent": """cmp consent cookie cookiebanner cookies cookiebar didomi gdpr onetrust
        privacynotice usercentrics""",
    "over the page": """dialog interstitial lightbox modal modals overlay popover popup popups
        toast tooltip tooltips""",
}

# Names that furniture often has and article text sometimes: dropped only where they hold little.
DOUBTFUL = {
    "media": """audio carousel embed gallery galleries infographic instagram media-body player
        podcast slider slideshow tweet twitter video videos youtube""",
    "about the page": """aboutthe author authors categories contributor contributors
        date datetime disclaimer kicker meta published pubdate updated""",
    "asking": """cta offer poll polls promobox quiz register registration
        regwall survey upsell membership""",
    "other matter": """aside follow footnote-nav highlights hidden latest more next prev previous
        print rail sticky topics toc tools widget widgets""",
}

# Words beside a picture: kept apart from the text.
CAPTION = """caption captions copyright credit credits figcaption fotocredit imagecaption
    imagecredit legend photocaption photocredit photographer wp-caption-text"""

# Names of a box around a picture.
IMAGE = "bild bilder foto image images img photo photos picture pictures"

# Between headline and text: names that mean a standfirst and nothing else, and names that may.
STANDFIRST = """bajada chapeau chapo deck dek entradilla ingress lede perex sapo sommario standfirst
    strapline subdeck subheadline subline untertitel vorspann"""
DECK = """abstract bajada chapeau chapo deck dek description einleitung entradilla excerpt ingress
    intro introduction kurztext lead leadin leadtext lede perex preamble sapo sommario
    standfirst strapline subdeck subhead subheading subheadline subline subtitle sumario
    summary teasertext untertitel vorspann zusammenfassung"""


def one_of(lines: str) -> re.Pattern[str]:
    """Compile alternatives, one a line; a blank stands for any white space, ` ?` for none, too."""
    alternatives = (
        line.strip().replace(" ?", r"\s*").replace(" ", r"\s+")
        for line in lines.strip().splitlines()
    )
    return re.compile("|".join(alternatives), re.IGNORECASE)


def holds_any(text: str, stems: Iterable[str]) -> bool:
    """Tell whether a text holds one of these; several times as fast as one pattern of them all."""
    for stem in stems:  # noqa: SIM110  a generator would cost as much as the looking
        if stem in text:
            return True
    return False


def words(text: str) -> frozenset[str]:
    """Give the words of a table written as text."""
    return frozenset(text.split())


# What a word in a class name or id says of its element: bits, because a page has a thousand
# names to judge and an enumeration's operators take a microsecond each.
STRANGE_FLAG, FURNITURE_FLAG, DOUBTFUL_FLAG = 1, 2, 4
CAPTION_FLAG, IMAGE_FLAG, STANDFIRST_FLAG, DECK_FLAG, BODY_FLAG = 8, 16, 32, 64, 128


def flagged() -> dict[str, int]:
    """Give each word of the tables with its flags."""
    tables = {
        STRANGE_FLAG: " ".join(STRANGE.values()),
        FURNITURE_FLAG: " ".join(FURNITURE.values()),
        DOUBTFUL_FLAG: " ".join(DOUBTFUL.values()),
        CAPTION_FLAG: CAPTION,
        IMAGE_FLAG: IMAGE,
        STANDFIRST_FLAG: STANDFIRST,
        DECK_FLAG: f"{DECK} {STANDFIRST}",
    }
    flags: dict[str, int] = {}
    for flag, table in tables.items():
        for word in table.split():
            flags[word] = flags.get(word, 0) | flag
    return flags


WORD_FLAGS = flagged()

# Class names by which publishing systems mark the article's body.
BODY_NAME = re.compile(
    r"""(?:^|[_-])
    (?: (?:article|blog|content|detail|entry|news|post|story)[_-]*
        (?:body|bodytext|content|copy|text)
      | body[_-]?(?:content|copy|text) | articlebody\w* | (?:full|long|main)[_-]?text
      | rich[_-]?text | storytext )
    (?:$|[_-])""",
    re.IGNORECASE | re.VERBOSE,
)

WORD_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# Two and three letters cut out of a hashed class name (`sc-eAdXk`) mean nothing.
SHORTEST_INNER_WORD = 4
# A token of more parts is a sentence: an id made of a heading's words, which name nothing.
MOST_PARTS = 6
# What page builders call each of their blocks, a heading as well as a menu.
BUILDERS = re.compile(r"^elementor-(?:widget-)?(?:icon-(?=list))?")
# `has-sidebar`, `hide-read-more-ad`: says what the element is not.
QUALIFIERS = words("has hide no non not with without")


@lru_cache(maxsize=16_384)
def flags_of(token: str) -> int:
    """Give the flags of a class or id: of itself, its parts, and the words joined by capitals.

    `md:hidden` and `[&>aside]:mt-2` are style sheets spelled out, and name no content.
    """
    if ":" in token or "[" in token or "(" in token:
        return 0
    token = BUILDERS.sub("", token)
    lower = token.lower()
    flags = WORD_FLAGS.get(lower, 0)
    parts = lower.replace("_", "-").split("-")
    if len(parts) > MOST_PARTS:
        return 0
    if len(parts) > 1:
        if parts[0] in QUALIFIERS:
            return 0
        for part in parts:
            flags |= WORD_FLAGS.get(part, 0)
    if lower != token:
        for word in WORD_PARTS.findall(token):
            if len(word) >= SHORTEST_INNER_WORD:
                flags |= WORD_FLAGS.get(word.lower(), 0)
    # One of these stands in each name of a body, and is found in a tenth of the time.
    if "text" in lower or "body" in lower or "content" in lower or "copy" in lower:
        return flags | BODY_FLAG if BODY_NAME.search(lower) else flags
    return flags
