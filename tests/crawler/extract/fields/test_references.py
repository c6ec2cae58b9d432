import lxml.html

from crawler.extract.fields.references import read_references

URL = "https://evening-post.example/a"


def references(body: str) -> tuple[str, ...]:
    return read_references(lxml.html.fragment_fromstring(f"<div>{body}</div>"), URL)


def test_works_come_first_as_addresses_of_their_registries() -> None:
    body = """<p><a href="https://mayor.example/statement">statement</a>
        <a href="https://journal.example/doi/full/10.1234/tide.2024.7">study</a>
        (PMID: 12345678, arXiv:2411.01234)
        <a href="https://pubmed.ncbi.nlm.nih.gov/12345678/">again</a></p>"""
    assert references(body) == (
        "https://doi.org/10.1234/tide.2024.7",
        "https://pubmed.ncbi.nlm.nih.gov/12345678/",
        "https://arxiv.org/abs/2411.01234",
        "https://mayor.example/statement",
    )


def test_a_doi_in_the_text_ends_before_its_sentence_does() -> None:
    assert references("<p>Published (doi:10.1234/tide.7).</p>") == (
        "https://doi.org/10.1234/tide.7",
    )


def test_own_pages_and_sharing_links_are_not_cited() -> None:
    body = """<a href="/other">x</a><a href="https://www.evening-post.example/b">x</a>
        <a href="https://www.facebook.com/sharer/sharer.php?u=a">x</a>
        <a href="https://wa.me/?text=a">x</a><a href="mailto:a@b.example">x</a>"""
    assert references(body) == ()


def test_without_a_located_article_nothing_is_cited() -> None:
    assert read_references(None, URL) == ()


def test_an_address_of_another_site_is_told_however_it_is_written() -> None:
    body = """<a href=" HTTPS://mayor.example/a">x</a><a href="//mayor.example/b">x</a>
        <a href="c.html">x</a><a href="#d">x</a><a>x</a>
        <a href="https://journal.example/?id=10%2E1234%2Ftide">x</a>"""
    assert references(body) == (
        "https://doi.org/10.1234/tide",
        "https://mayor.example/a",
        "https://mayor.example/b",
    )
