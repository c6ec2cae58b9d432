"""Files into the archive: `backfile import`. Reads and stores; fetches nothing.

    file, folder, pipe ─▶ kinds     what it is, by its first bytes
        pages     a saved page, a PDF, a feed, a text list
        urls      addresses, one a line
        opml      sources
        archive.importing    lines of JSON: an archive's own, news-please's
        warcs     WARC files of any size; `warcrecords` takes them apart

What links lead to is put into the frontier, for the next crawl. `files` does one after the other.
"""
