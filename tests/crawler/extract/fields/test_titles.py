import pytest

from crawler.extract.fields.headings import read_headings, visible_text
from crawler.extract.fields.sitenames import read_site_names
from crawler.extract.fields.structured import read_structured
from crawler.extract.fields.titles import Title, is_cut, read_title
from crawler.extract.page import Page
from tests.crawler.extract.pages import json_ld, page


def titled(parsed: Page) -> Title:
    headings = read_headings(parsed.root, parsed.url)
    structured = read_structured(parsed, [heading.text for heading in headings])
    names = read_site_names(structured, parsed.url)
    return read_title(parsed.root, structured, headings, names)


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


def headline(title: str) -> str:
    return json_ld(f'{{"@type": "NewsArticle", "headline": "{title}"}}')


def test_the_h1_that_agrees_is_the_title() -> None:
    found = titled(
        page("<h1>Evening Post</h1><h1>Bridge closes</h1>", head=og("Bridge closes - Evening Post"))
    )
    assert (found.text, found.source) == ("Bridge closes", "h1")
    assert found.heading is not None
    assert found.heading.text == "Bridge closes"


def test_the_publishers_headline_outranks_a_title_for_sharing() -> None:
    found = titled(
        page(
            "<h1>Bridge closes for a year</h1>",
            head=og("You won't believe this") + headline("Bridge closes for a year"),
        )
    )
    assert (found.text, found.source) == ("Bridge closes for a year", "json-ld headline")


def test_a_headline_with_entities_and_the_sites_name_is_freed_of_both() -> None:
    found = titled(page(head=headline("K&amp;uuml;hlturm gesprengt - Evening Post")))
    assert found.text == "Kühlturm gesprengt"


def test_a_headline_cut_by_length_gives_way_to_the_h1() -> None:
    whole = "The bridge across the harbour closes for a year " * 3
    found = titled(page(f"<h1>{whole}</h1>", head=headline(whole[:110])))
    assert (found.text, found.source) == (whole.strip(), "h1")


@pytest.mark.parametrize(
    ("text", "whole", "cut"),
    [
        ("Bridge closes...", "Bridge closes for a year", True),
        ("Bridge closes", "Bridge closes for a year", False),
        ("Bridge closes", "Bridge closes", False),
        ("Ferry sails…", "Bridge closes for a year", False),
    ],
)
def test_cut_titles_are_told(text: str, whole: str, *, cut: bool) -> None:
    assert is_cut(text, whole) is cut


def test_a_kicker_stays_where_the_title_has_it_for_sharing() -> None:
    found = titled(
        page(
            "<h1>Orders for nothing</h1>",
            head=og("Veterans: Orders for nothing") + headline("Veterans: Orders for nothing"),
        )
    )
    assert found.text == "Veterans: Orders for nothing"


def test_a_kicker_goes_where_the_title_for_sharing_leaves_it_out() -> None:
    body = "<h1><span class='kicker'>War in the north</span> - Druze ask for a part</h1>"
    assert titled(page(body, head=og("Druze ask for a part"))).text == "Druze ask for a part"


def test_a_page_without_h1_is_called_what_its_title_and_text_share() -> None:
    found = titled(
        page("<h2>Bridge closes</h2>", head="<title>Bridge closes ‹ Unknown Project</title>")
    )
    assert (found.text, found.source) == ("Bridge closes", "title")


def test_a_page_without_any_has_none() -> None:
    assert titled(page("<p>Text</p>")).text is None


def test_the_sites_name_alone_is_no_title() -> None:
    head = "<meta property='og:site_name' content='Evening Post'><title>Evening Post</title>"
    assert titled(page("<h1>Evening Post</h1>", head=head)).text is None


def test_parts_of_a_heading_do_not_run_together() -> None:
    root = page("<h1><span>National strike</span>The day comes<script>x()</script></h1>").root
    assert visible_text(next(root.iter("h1"))) == "National strike The day comes"


def test_a_heading_of_something_else_is_not_the_title() -> None:
    found = titled(page("<h1>Weather for the week</h1>", head=og("Bridge closes")))
    assert (found.text, found.source, found.heading) == ("Bridge closes", "og:title", None)


def test_two_characters_may_be_a_title_in_chinese() -> None:
    assert titled(page("<h1>大桥</h1>", head="<title>大桥_百科</title>")).text == "大桥"


def test_a_lower_heading_shows_which_part_of_the_title_is_the_headline() -> None:
    body = "<div id=mast><b>Harbour Gazette</b></div><h2>Ferry sails: a year on</h2>"
    found = titled(page(body, head="<title>Harbour Gazette: Ferry sails: a year on</title>"))
    assert (found.text, found.source) == ("Ferry sails: a year on", "title")


def test_a_lower_heading_of_a_section_is_no_headline() -> None:
    head = "<title>The long way home: Ferry</title>"
    assert titled(page("<h3>Ferry</h3>", head=head)).text == "The long way home: Ferry"


def test_the_shown_headline_wins_over_the_one_for_search_if_the_same_object_has_it() -> None:
    body = "<h1>The bridge that nobody wanted</h1>"
    both = (
        '{"@type": "NewsArticle", "headline": "Bridge opening times and prices",'
        ' "%s": "The bridge that nobody wanted"}'
    )
    for key in ("name", "alternativeHeadline"):
        found = titled(page(body, head=json_ld(both % key)))
        assert (found.text, found.source) == ("The bridge that nobody wanted", "h1")
    found = titled(page(body, head=json_ld(both % "description")))
    assert found.text == "Bridge opening times and prices"


def test_of_headings_that_agree_alike_the_better_declared_one_is_taken() -> None:
    head = og("Bridge closes") + "<title>detail</title>"
    assert titled(page("<h1>detail</h1><h1>Bridge closes</h1>", head=head)).text == "Bridge closes"


def site(name: str) -> str:
    return f'<meta property="og:site_name" content="{name}">'


def named(title: str) -> str:
    return f"<title>{title}</title>"


# Heads and bodies of many content systems: what the page holds, its address, the headline.
HEADS = [
    # WordPress with and without a plugin for search engines
    (
        "<h1>Ferry sails</h1>",
        named("Ferry sails - Tide") + og("Ferry sails") + site("Tide"),
        "Ferry sails",
    ),
    (
        "<h1>Prune an apple</h1>",
        named("Apple pruning: 5 tips | Tide") + og("Apple pruning: 5 tips"),
        "Prune an apple",
    ),
    (
        "<h1 id=logo><a href=/>Wander On</a></h1><h2>A week away</h2>",
        named("A week away « Wander On"),
        "A week away",
    ),
    (
        "<h2>A week on foot</h2>",
        named("Tide &raquo; Archive &raquo; A week on foot"),
        "A week on foot",
    ),
    (
        "<h1 class=site-title>Wander On</h1><h2>A week away</h2>",
        named("A week away – Wander On"),
        "A week away",
    ),
    # Drupal, Joomla, TYPO3
    ("<h1><span>Council meets</span></h1>", named("Council meets | Town of Elm"), "Council meets"),
    ("<h1>Fern report</h1>", named("Fern report | Agency | River Authority"), "Fern report"),
    (
        "<div itemscope itemtype=//schema.org/Article><i itemprop=headline>Ferry sails</i></div>",
        named("Harbour"),
        "Ferry sails",
    ),
    ("<p>x</p>", named("Tide: Ferry sails to the lighthouse"), "Ferry sails to the lighthouse"),
    (
        "<p>x</p>",
        named("Evil: Ferry sails to the lighthouse"),
        "Evil: Ferry sails to the lighthouse",
    ),
    # Ghost, Substack, Medium, Blogger
    (
        "<h1>Why we moved</h1>",
        named("Why we moved") + og("Why we moved") + headline("Why we moved"),
        "Why we moved",
    ),
    ("<p>x</p>", named("Cheap money ends - by Ann Lee - Ledger Lines"), "Cheap money ends"),
    ("<p>x</p>", named("How I learned | by Bo Finn | The Lane | Medium"), "How I learned"),
    (
        "<h1><a href=/>Aunt's Kitchen</a></h1><h3>Lemon curd</h3>",
        named("Aunt's Kitchen: Lemon curd"),
        "Lemon curd",
    ),
    # Arc, AEM, kickers in the heading
    (
        "<h1>Storm cuts power</h1>",
        headline("Storm cuts power &#8211; Tide") + site("Tide"),
        "Storm cuts power",
    ),
    (
        "<h1><span class=cmp__kicker>Locks</span> Minister opens a lock</h1>",
        "",
        "Minister opens a lock",
    ),
    (
        "<h1><b class=dachzeile>Natur</b><b>Der Fluss kehrt zurück</b></h1>",
        named("Der Fluss kehrt zurück"),
        "Der Fluss kehrt zurück",
    ),
    (
        "<h1><b class=overline>Natur</b> Der Fluss kehrt zurück</h1>",
        og("Natur: Der Fluss kehrt zurück"),
        "Natur: Der Fluss kehrt zurück",
    ),
    ("<h1><b class=badge--plus>Was lesen die Inseln?</b></h1>", "", "Was lesen die Inseln?"),
    # what is in a heading and is not said
    ("<h1><i class=sr-only>Article: </i>Tram reopens</h1>", "", "Tram reopens"),
    ("<h1>Tram reopens <i class=screen-reader-text>(new window)</i></h1>", "", "Tram reopens"),
    (
        "<h1>Tram reopens<button>Save</button><svg><title>mark</title></svg></h1>",
        "",
        "Tram reopens",
    ),
    (
        "<h1>Install<a class=headerlink href=#i>¶</a></h1>",
        named("Install — Widget 2.1 docs"),
        "Install",
    ),
    ("<h1>Tram reopens <time>12 March 2021</time></h1>", named("Tram reopens"), "Tram reopens"),
    ("<h1>Tram reopens<br>for the winter</h1>", "", "Tram reopens for the winter"),
    ("<h1><i>T</i>ram reopens</h1>", "", "Tram reopens"),
    (
        "<h1>Tram reopens <small>by Ann Lee</small></h1>",
        og("Tram reopens") + named("Tram reopens | Tide"),
        "Tram reopens",
    ),
    ("<h1><i hidden>Loading</i>Tram reopens</h1>", "", "Tram reopens"),
    # forums, recipes, institutions, papers
    (
        "<h1><i class=label>Question</i>Which filter fits?</h1>",
        named("Which filter fits?"),
        "Which filter fits?",
    ),
    (
        "<h2><a href=./t>Which filter fits?</a></h2>",
        named("Which filter fits? - Aqua Forum"),
        "Which filter fits?",
    ),
    (
        "<h1>Pumpkin soup</h1>",
        json_ld('{"@type": "Recipe", "name": "Pumpkin soup"}') + named("Pumpkin Soup Recipe"),
        "Pumpkin soup",
    ),
    (
        "<h1>News</h1><h2>A cheaper battery</h2>",
        named("A cheaper battery | News | Elm University"),
        "A cheaper battery",
    ),
    ("<h1>Latest</h1><h2>A cheaper battery</h2>", og("A cheaper battery"), "A cheaper battery"),
    (
        "<p>x</p>",
        '<meta name="citation_title" content="On ferns">' + named("Botany 12 (3)"),
        "On ferns",
    ),
    # marks and places of the site's name
    ("<p>x</p>", named("Bridge closes – what now? – Tide"), "Bridge closes – what now?"),
    ("<p>x</p>", named("Bridge closes—Tide"), "Bridge closes"),
    ("<p>x</p>", named("Bridge closes|Tide"), "Bridge closes"),
    ("<p>x</p>", named("Bridge closes ~ Tide"), "Bridge closes"),
    ("<p>x</p>", named("Bridge closes > Tide"), "Bridge closes"),
    ("<p>x</p>", named("Bridge closes [Tide]"), "Bridge closes"),
    ("<p>x</p>", named("Bridge closes (Tide)"), "Bridge closes"),
    ("<p>x</p>", named("Bridge closes • tide.example"), "Bridge closes"),
    ("<p>x</p>", named("Bridge closes | Local News | Tide"), "Bridge closes"),
    ("<p>x</p>", named("Bridge closes - DTC") + site("Daily Tide Courier"), "Bridge closes"),
    ("<p>x</p>", named("The rising (and falling) tide"), "The rising (and falling) tide"),
    ("<h2>Bridge closes</h2>", named("Tide > News > Bridge closes"), "Bridge closes"),
    # scripts
    ("<h1>大橋が閉鎖</h1>", og("大橋が閉鎖：夕刊") + site("夕刊"), "大橋が閉鎖"),
    ("<p>x</p>", og("【速報】大橋が閉鎖（夕刊）") + site("夕刊"), "【速報】大橋が閉鎖"),
    ("<p>x</p>", og("大桥封闭一年-晚报网") + site("晚报网"), "大桥封闭一年"),
    ("<p>x</p>", og("다리 폐쇄 - 저녁신문") + site("저녁신문"), "다리 폐쇄"),
    ("<p>x</p>", og("Мост закрывают: Газета") + site("Газета"), "Мост закрывают"),
    ("<p>x</p>", og("إغلاق الجسر | المساء") + site("المساء"), "إغلاق الجسر"),
    ("<p>x</p>", og("הגשר נסגר - הערב") + site("הערב"), "הגשר נסגר"),
    ("<p>x</p>", og("ปิดสะพาน - ข่าวเย็น") + site("ข่าวเย็น"), "ปิดสะพาน"),
    ("<h1>पुल बंद</h1>", named("Bridge closed | पुल बंद - संध्या"), "पुल बंद"),
    # damage
    ("<h1>Ferry Anna sails</h1>", headline("Ferry <em>Anna</em> sails"), "Ferry Anna sails"),
    ("<h1>Ferry sails</h1>", named("Ferry sails") + headline("Untitled document"), "Ferry sails"),
    ("<h1>Ferry sails</h1>", headline("Tide") + og("Ferry sails") + site("Tide"), "Ferry sails"),
    ("<h1>FERRY SAILS</h1>", headline("Ferry sails"), "Ferry sails"),
]


@pytest.mark.parametrize(("body", "head", "headline"), HEADS)
def test_the_headline_is_told_in_many_systems_pages(body: str, head: str, headline: str) -> None:
    assert titled(page(body, head=head, url="https://www.tide.example/2024/a")).text == headline


LONG_HEADLINE = "The bridge across the harbour closes for a year " * 2 + "and a ferry sails"


@pytest.mark.parametrize(
    ("declared", "others", "text"),
    [
        ("Harbours bridge closes", og("Harbour's bridge closes"), "Harbour's bridge closes"),
        ("Bridge closes for...", named("Bridge closes for a year"), "Bridge closes for a year"),
        (LONG_HEADLINE, named(f"{LONG_HEADLINE} - Unknown"), LONG_HEADLINE),
        ("Bridge closes", og("Bridge closes for a year"), "Bridge closes"),
        ("Bridge closes :", "", "Bridge closes"),
    ],
)
def test_a_damaged_headline_gives_way_to_the_whole_one(
    declared: str, others: str, text: str
) -> None:
    found = titled(page(head=headline(declared) + others, url="https://tide.example/a"))
    assert found.text == text


def test_a_name_in_the_midst_of_the_title_is_not_the_headline() -> None:
    shared = "[The Weekly Tide] Children who were taken from their parents in the harbour town"
    assert titled(page("<h1>Tide</h1>", head=og(shared))).text == shared
    assert titled(page("<h1>Harbour town</h1>", head=og("A day at sea: Harbour town"))).text == (
        "Harbour town"
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Drawbridge shut | Evening Post", "Harbour crossing to close for eleven months"),
        ("Upd", "Harbour crossing to close for eleven months"),
        ("Untitled Document", "Harbour crossing to close for eleven months"),
        ("הגשר נסגר", "גשר הנמל ייסגר לאחד עשר חודשים"),
    ],
)
def test_the_articles_only_h1_outranks_a_title_of_other_words(title: str, shown: str) -> None:
    found = titled(page(f"<article><h1>{shown}</h1></article>", head=f"<title>{title}</title>"))
    assert (found.text, found.source) == (shown, "h1")


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Harbour</h1>",
        "<aside><h1>All that you need to know today</h1></aside>",
        "<h1>All that you need to know today</h1><h1>The best of our other pages</h1>",
        "<h1>All that you need to know today</h1><h2>Drawbridge shut</h2>",
    ],
)
def test_a_sections_h1_does_not(body: str) -> None:
    found = titled(page(body, head="<title>Drawbridge shut</title>"))
    assert (found.text, found.source) == ("Drawbridge shut", "title")


def test_a_placeholder_is_no_title_where_there_is_another() -> None:
    head = "<title>Article</title>" + og("Article")
    assert titled(page("<h1>Bridge closes for a year</h1>", head=head)).text == (
        "Bridge closes for a year"
    )
    assert titled(page(head=head)).text == "Article"


def test_an_h1_for_search_engines_gives_way_to_the_headline_that_readers_see() -> None:
    head = og("Drawbridge shut") + headline("Bridge repairs explained")
    marked = "<h1 class=seo-title>Bridge repairs explained</h1>"
    assert (
        titled(page(f"{marked}<h2>Harbour – Drawbridge shut</h2>", head=head)).text
        == "Drawbridge shut"
    )
    assert titled(page(marked, head=head)).text == "Bridge repairs explained"


def test_a_headline_that_repeats_title_in_words_of_its_own_gives_way_to_the_h1() -> None:
    seen = "<h1>How tram lines are made ready for hot summers</h1>"
    sought = "Summer chaos on rails: old trams as a risk"
    head = headline(sought) + f"<title>{sought} | Tide</title>"
    found = titled(page(seen, head=head + og("When trams give up")))
    assert (found.text, found.source) == ("How tram lines are made ready for hot summers", "h1")
    for other in (og(sought), ""):
        shared = titled(page(seen, head=head + other))
        assert (shared.text, shared.source) == (sought, "json-ld headline")


@pytest.mark.parametrize(
    ("body", "head", "text"),
    [
        ("<h1>Rails</h1><h3 class='post-title'>Trams get new brakes</h3>", "", None),
        ("<h1>Rails</h1><h3>Trams get new brakes</h3>", "", "Rails"),
        ("<h1>Lines</h1>", "<title>Trams get new brakes | Lines</title>", "Lines"),
        (
            "<h1>Lines</h1>",
            named("Trams get new brakes | Lines") + og("Trams get new brakes"),
            None,
        ),
        ("<h1>Trams get<i>new brakes</i></h1>", og("Trams get new brakes"), None),
        ("<h1><img alt='Trams get new brakes'></h1>", "", None),
        ("<h1><img alt='Tram museum'></h1><h1>Trams get new brakes</h1>", "", None),
        ("<h2>Trams get new brakes</h2>", named("Trams get n... - Lines"), None),
    ],
)
def test_what_else_tells_the_headline(body: str, head: str, text: str | None) -> None:
    head = head or named("Rails: Trams get new brakes")
    found = titled(page(body, head=head, url="https://www.tide.example/2024/a"))
    assert found.text == (text or "Trams get new brakes")


def test_a_line_break_in_a_declared_title_parts_its_words() -> None:
    assert titled(page(head=headline("Trams get<br>new brakes"))).text == "Trams get new brakes"


def test_a_declared_title_that_nothing_shows_is_freed_of_unknown_names() -> None:
    for head in (named("Trams get new brakes | Rails"), og("Trams get new brakes | Lines | Rails")):
        assert titled(page(head=head)).text == "Trams get new brakes"
    assert titled(page(head=og("Brakes - and now what?"))).text == "Brakes - and now what?"


def test_metadata_for_machines_names_the_page_where_nothing_else_does() -> None:
    found = titled(page(head='<meta name="DC.title" content="Trams get new brakes">'))
    assert (found.text, found.source) == ("Trams get new brakes", "dc.title")


def test_a_page_that_declares_nothing_has_its_marked_headline() -> None:
    found = titled(page("<p class=headline>Trams get their new brakes</p>"))
    assert (found.text, found.source) == ("Trams get their new brakes", "heading")
