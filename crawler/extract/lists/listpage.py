"""What a page says of itself around its list: its language, its name, that it needs a script.

Does not read headlines.
"""

import re

from lxml.html import HtmlElement

from crawler.extract.lists.outline import Outline

LANGUAGE = re.compile(r"\s*([a-z]{2,3})(?:[-_].*)?\s*$", re.IGNORECASE | re.DOTALL)

# What an application draws itself into.
MOUNTS = ("root", "app", "__next", "__nuxt", "___gatsby", "application", "main-app", "react-root")

# A page with scripts and less text than this shows nothing before they run.
LITTLE_TEXT = 600

ASKS_FOR_SCRIPT = re.compile(
    r"(?:enable|activ\w+|aktivier\w*|requires?|need\w*|habilit\w*|turn on) .{0,20}javascript"
    r"|javascript .{0,30}(?:required|enabled?|disabled|deaktiviert|aktivieren|activ|uitgeschakeld)",
    re.IGNORECASE,
)


def languages_of(root: HtmlElement) -> list[str]:
    """Give the codes of the languages that the page declares, the likeliest first."""
    declared = [
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        *root.xpath(
            "//head/meta[@http-equiv='content-language' or @http-equiv='Content-Language']/@content"
        ),
        *root.xpath("//head/meta[@property='og:locale']/@content"),
        *root.xpath("//body[@lang]/@lang"),
    ]
    codes = [match[1].lower() for one in declared if one and (match := LANGUAGE.match(str(one)))]
    return list(dict.fromkeys(codes))


def title_of_page(root: HtmlElement) -> str | None:
    """Give what the page calls itself."""
    found = [
        *root.xpath("//head/title/text()"),
        *root.xpath("//head/meta[@property='og:title' or @property='og:site_name']/@content"),
        *(heading.text_content() for heading in root.xpath("(//h1)[1]")),
    ]
    folded = (" ".join(str(one).split()) for one in found)
    return next(filter(None, folded), None)


def needs_javascript(root: HtmlElement, flat: Outline) -> bool:
    """Tell whether a page without headlines draws them by a script."""
    if not root.xpath("boolean(//script)"):
        return False
    if sum(len(text.text) for text in flat.texts) < LITTLE_TEXT:
        return True
    mounts = (root.xpath("//*[@id=$name]", name=name) for name in MOUNTS)
    if any(found and not found[0].text_content().strip() for found in mounts):
        return True
    said = " ".join(one.text_content() for one in root.xpath("//noscript"))
    return bool(ASKS_FOR_SCRIPT.search(said[:5_000]))
