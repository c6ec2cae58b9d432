"""Addresses that cannot be parted, and a page that has them wherever a reader looks for one."""

from html import escape

from hypothesis import strategies as st

HREFS = (
    "http://[x",
    "https://[::1",
    "//[",
    "http://]/a",
    "http://a[b]c/",
    "http://a\u2100b.example/",
    "//a\uff03b/c",
    "http://a.example:port/",
    "http://a.example:99999999/",
    "http://[v1.x]/",
    "\\\\[x",
    "http:///[",
    "/wp-json/wp/v2/categories/[7",
    "?a=%",
    "http://%zz/",
    "data:,[",
    "[x](http://[x)",
    "\x0bhttp://[x",
    "feed:http://[x",
)

hrefs = st.one_of(
    st.sampled_from(HREFS),
    st.text(alphabet="htps:/[]@?#%.a1\u2100\uff03 \\&=x-", max_size=24),
)


def page_with(addresses: list[str]) -> bytes:
    """Make a page with addresses in its head, its navigation, its list, its text and its data."""
    quoted = [escape(one) for one in addresses]
    head = "".join(
        f'<link rel="{rel}" type="{kind}" href="{href}">'
        for href in quoted
        for rel, kind in (
            ("alternate", "application/rss+xml"),
            ("alternate", "application/json"),
            ("canonical", ""),
            ("next", ""),
            ("sitemap", ""),
            ("https://api.w.org/", ""),
        )
    )
    head += "".join(
        f'<meta property="og:{name}" content="{href}">'
        for href in quoted
        for name in ("url", "image")
    )
    items = "".join(
        f'<li><h3><a href="{href}">The harbour opens its bridge number {n}</a></h3>'
        f'<img src="{href}"><a rel=author href="{href}">Ann Lee</a> '
        f"<time>{n + 1} November 2024</time></li>"
        for n, href in enumerate(quoted)
    )
    pages = "".join(f'<a href="{href}">{n + 2}</a>' for n, href in enumerate(quoted))
    text = "".join(
        f'<p>The town said on Friday that <a href="{href}">the bridge</a> would open.</p>'
        for href in quoted
    )
    return (
        f"<html><head><title>News</title>{head}<script src=/wp-content/a.js></script></head>"
        f'<body><header><h1><a href="{quoted[0]}">News</a></h1></header><ul>{items}</ul>'
        f"<article><h1>The bridge opens</h1>{text}</article>"
        f'<div class=pagination>{pages}<a class=next href="{quoted[0]}">Next</a></div>'
        "</body></html>"
    ).encode()
