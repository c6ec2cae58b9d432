"""XPath with types: an expression compiled once, what it gives named.

lxml's own types say that any expression may give anything.
"""

from collections.abc import Callable
from typing import cast

import lxml.etree
import lxml.html


def elements(expression: str) -> Callable[[lxml.html.HtmlElement], list[lxml.html.HtmlElement]]:
    """Compile an expression that selects elements."""
    compiled = lxml.etree.XPath(expression, smart_strings=False)
    return lambda node: cast("list[lxml.html.HtmlElement]", compiled(node))


def string(expression: str) -> Callable[[lxml.html.HtmlElement], str]:
    """Compile an expression that gives one string."""
    compiled = lxml.etree.XPath(expression, smart_strings=False)
    return lambda node: cast("str", compiled(node))


def strings(expression: str) -> Callable[[lxml.html.HtmlElement], list[str]]:
    """Compile an expression that selects texts or attributes."""
    compiled = lxml.etree.XPath(expression, smart_strings=False)
    return lambda node: cast("list[str]", compiled(node))


def number(expression: str) -> Callable[[lxml.html.HtmlElement], float]:
    """Compile an expression that gives a number."""
    compiled = lxml.etree.XPath(expression)
    return lambda node: cast("float", compiled(node))
