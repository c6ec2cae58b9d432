"""Text for XML 1.0: escaped, and without the characters that XML cannot hold. Pure."""

import re

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
# XML 1.0, production 2: control characters, halves of pairs and two last ones are in no document,
# not even as references.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"


def escaped(text: str) -> str:
    """Give a text for an element or an attribute."""
    return _IMPOSSIBLE.sub(REPLACEMENT, text).translate(_ESCAPES)


def attribute(text: str) -> str:
    """Give a text for an attribute, its line ends and tabs kept."""
    return escaped(text).replace("\n", "&#10;").replace("\t", "&#9;")


def element(name: str, text: str | None, **attributes: str | None) -> str:
    """Give an element with a text; one without either an attribute or a text is left out."""
    given = "".join(
        f' {key}="{attribute(value)}"' for key, value in attributes.items() if value is not None
    )
    if text is None:
        return f"<{name}{given}/>" if given else ""
    return f"<{name}{given}>{escaped(text)}</{name}>"
