"""Which address leads to which page of the reading room.

A pattern's named groups are what the page is asked for; a page is named by its module and function
and loaded when it is first asked for. Datasette's own addresses (`/archive`, `/archive/articles`,
`/-/metadata` …) are left alone, except for `/`.
"""

# Where a page has JSON or a feed beside it, that is another address of the same page.
ROUTES: tuple[tuple[str, str], ...] = (
    (r"/$", "archive.datasette.pages.front:front"),
    (r"/-/search$", "archive.datasette.pages.search:search"),
    (r"/-/search\.json$", "archive.datasette.pages.search:search_json"),
    (r"/-/search\.atom$", "archive.datasette.pages.search:search_feed"),
    (r"/-/article/(?P<article>\d+)\.json$", "archive.datasette.pages.article:article_json"),
    (r"/-/article/(?P<article>\d+)/versions$", "archive.datasette.pages.article:versions"),
    (
        r"/-/article/(?P<article>\d+)/version/(?P<version>\d+)$",
        "archive.datasette.pages.article:version",
    ),
    (r"/-/article/(?P<article>.+)$", "archive.datasette.pages.article:article"),
    (r"/-/story/(?P<story>\d+)$", "archive.datasette.pages.story:story"),
    (r"/-/sources$", "archive.datasette.pages.sources:sources"),
    (r"/-/source/(?P<source>\d+)$", "archive.datasette.pages.sources:source"),
    (r"/-/publishers$", "archive.datasette.pages.publishers:publishers"),
    (r"/-/publisher/(?P<publisher>.+)$", "archive.datasette.pages.publishers:publisher"),
    (r"/-/headline/(?P<headline>\d+)$", "archive.datasette.pages.headline:headline"),
)
