"""What readers do: search, narrow, read, compare, go on; by mouse, by keyboard, without scripts."""

import re

from playwright.sync_api import Browser, Response, expect

from tests.archive.datasette.browser.looking import Reader
from tests.archive.datasette.furnished import Furnished


def test_from_the_front_page_to_an_article(furnished: Furnished, reader: Reader) -> None:
    page = reader.open("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type(furnished.word)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/-/search\?"))
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("main").get_by_role("heading").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/-/article/\d+"))
    expect(page.get_by_role("article").first).to_be_visible()


def test_a_facet_narrows_and_is_taken_off_again(furnished: Furnished, reader: Reader) -> None:
    page = reader.open("/-/search?q=the")
    before = page.get_by_role("main").inner_text()
    aside = page.get_by_role("complementary")
    aside.get_by_role("link", name=re.compile("Harbour Courier")).click()
    expect(page).to_have_url(re.compile("publisher="))
    assert page.get_by_role("main").inner_text() != before


def test_keys_lead_through_the_hits(furnished: Furnished, reader: Reader) -> None:
    page = reader.open("/-/search?q=the")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.href")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.href") == first != second
    page.keyboard.press("Enter")
    page.wait_for_url(first)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox").first).to_be_focused()
    page.keyboard.type("j/k")
    expect(page.get_by_role("searchbox").first).to_have_value("j/k")


def test_everything_works_without_scripts(
    furnished: Furnished, chromium: Browser, address: str
) -> None:
    with Reader.at(chromium, address, scripts=False) as reader:
        page = reader.open("/")
        page.get_by_role("searchbox").fill("the")
        page.get_by_role("button", name="Search").click()
        page.wait_for_url(re.compile(r"/-/search\?"))
        page.get_by_role("main").get_by_role("heading").get_by_role("link").first.click()
        page.wait_for_url(re.compile(r"/-/article/\d+"))
    reader.complain()


def test_the_versions_of_a_changed_article_are_compared(
    furnished: Furnished, reader: Reader
) -> None:
    page = reader.open(f"/-/article/{furnished.article}")
    page.get_by_role(
        "link", name=re.compile("compare|difference|changed", re.IGNORECASE)
    ).first.click()
    expect(page.locator("ins").first).to_be_visible()


def test_an_aggregators_post_stands_beside_what_it_cites(
    furnished: Furnished, reader: Reader
) -> None:
    page = reader.open(f"/-/article/{furnished.post}")
    expect(page.get_by_text("Journal of Small Machines").first).to_be_visible()
    assert page.locator(f"a[href$='/-/article/{furnished.original}']").count() > 0


def test_what_a_stored_page_held_neither_runs_nor_loads(
    furnished: Furnished, reader: Reader
) -> None:
    for path in (
        f"/-/article/{furnished.hostile}",
        f"/-/article/{furnished.long}",
        "/-/search?q=alert",
        "/-/search?q=%3Cscript%3Ealert(9)%3C%2Fscript%3E",
        "/",
    ):
        page = reader.open(path)
        assert reader.violations() == []
        hrefs = page.evaluate("[...document.links].map((link) => link.protocol)")
        assert set(hrefs) <= {"http:", "https:"}
        assert page.locator("img").count() == 0
        assert not reader.is_scrolled_sideways()
        assert "\u202e" not in page.get_by_role("main").inner_text()


def test_no_word_of_a_tables_heading_is_broken_on_a_phone(
    furnished: Furnished, phone: Reader
) -> None:
    for path in ("/-/sources", f"/-/source/{furnished.source}"):
        page = phone.open(path)
        heights = "[...document.querySelectorAll('.wide th')].map(each => each.scrollHeight)"
        lines = "parseFloat(getComputedStyle(document.body).lineHeight)"
        assert page.evaluate(f"Math.max(...{heights}) / {lines}") < 5
        assert page.locator(".wide").first.get_attribute("tabindex") == "0"


def test_links_that_lead_out_tell_nothing(furnished: Furnished, reader: Reader) -> None:
    page = reader.open(f"/-/article/{furnished.article}")
    outside = page.evaluate(
        "[...document.links].filter((link) => link.host !== location.host).map((link) => link.rel)"
    )
    assert outside
    assert all({"noopener", "noreferrer"} <= set(rel.split()) for rel in outside)


def test_a_first_visit_is_small(furnished: Furnished, reader: Reader) -> None:
    sizes: dict[str, int] = {}

    def weigh(answer: Response) -> None:
        if answer.url.partition("?")[0].endswith((".css", ".js")):
            sizes[answer.url] = len(answer.body())

    reader.page.on("response", weigh)
    reader.open("/")
    reader.page.wait_for_load_state("networkidle")
    assert sizes
    assert sum(sizes.values()) < 60_000


def test_datasettes_own_pages_still_work(furnished: Furnished, reader: Reader) -> None:
    page = reader.open("/archive/articles?_size=5")
    expect(page.locator("table.rows-and-columns")).to_be_visible()
    page = reader.open("/archive?sql=select+title+from+articles+limit+3")
    expect(page.locator("table.rows-and-columns tbody tr")).to_have_count(3)
    assert reader.open("/archive/articles.json?_size=1") is not None
