"""Where in a page its article stands."""

from tests.crawler.extract.readings import FIRST, SECOND, STORY, THIRD, page, read, text_of


def test_a_class_that_holds_the_article_is_not_junk() -> None:
    paragraphs = "".join(f"<p class='comment'>{text}</p>" for text in (FIRST, SECOND, THIRD))
    assert text_of(read(page(paragraphs))).split("\n\n") == [FIRST, SECOND, THIRD]


def test_chunks_of_one_body_are_joined() -> None:
    chunks = "<hr>".join(
        f"<div class='body-text'><p>{text}</p></div>" for text in (FIRST, SECOND, THIRD)
    )
    assert text_of(read(page(f"<main>{chunks}</main>"))).split("\n\n") == [FIRST, SECOND, THIRD]


def test_what_stands_between_the_paragraphs_of_a_body_is_its_own() -> None:
    words = "“Nobody had asked the nurses before,” she said, and closed the file."
    story = (
        f"<p class='post-text'>{FIRST}</p><blockquote><p>{words}</p></blockquote>"
        f"<p class='post-text'>{SECOND}</p><h2>What it costs</h2><div class='x'>Buy now</div>"
        f"<h2><a href='/other'>Another story of this week</a></h2><p class='post-text'>{THIRD}</p>"
    )
    text = text_of(read(page(f"<main><h1>Cartilage grown</h1><section>{story}</section></main>")))
    assert text.split("\n\n") == [FIRST, words, SECOND, "What it costs", THIRD]


def test_a_page_builders_blocks_are_known_by_what_is_in_them() -> None:
    block = "<div class='elementor-widget elementor-widget-{}'>{}</div>"
    text = "text-editor"
    blocks = (
        block.format(text, f"<p>{FIRST}</p>"),
        block.format("heading", "<h2>What it costs</h2>"),
        block.format(text, f"<p>{SECOND}</p><p>{THIRD}</p>"),
        block.format("share-buttons", "<p>Tell everybody about it</p>"),
    )
    found = text_of(read(page(f"<main>{''.join(blocks)}</main>")))
    assert found.split("\n\n") == [FIRST, "What it costs", SECOND, THIRD]


def test_an_endless_page_ends_with_its_first_article() -> None:
    other = "A quite different story follows below, about the price of bread in the old town."
    bodies = [f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{FIRST[:-1]}, too.</p>"]
    bodies.append(f"<p>{other}</p><p>1. {other}</p><p>2. {other}</p>")
    articles = (
        f"<article><h1>News {number}</h1><div class='article-body'>{body}</div></article>"
        for number, body in enumerate(bodies)
    )
    text = text_of(read(page("".join(articles))))
    assert text.startswith(FIRST)
    assert "bread" not in text


def test_cards_that_are_links_as_a_whole_are_not_the_text() -> None:
    cards = "".join(
        f"<a href='/{n}'><div><p>{n}. A headline about something else far away.</p></div></a>"
        for n in range(20)
    )
    reading = read(page(f"<div><div>{STORY}</div><div class='x'>{cards}</div></div>"))
    assert text_of(reading).split("\n\n") == [FIRST, SECOND, THIRD]


def test_a_link_left_open_around_the_text_does_not_hide_it() -> None:
    story = "".join(f"<p>{n}. {FIRST} {SECOND}</p>" for n in range(20))
    assert FIRST in text_of(read(page(f"<div><a href='/next'><h1>Cells</h1>{story}</div>")))


def test_an_id_made_of_a_headings_words_names_nothing() -> None:
    story = f"<div id='the-clinic-promoted-a-similar-related-method'><p>{SECOND}</p></div>"
    text = text_of(read(page(f"<article><p>{FIRST}</p>{story}<p>{THIRD}</p></article>")))
    assert text.split("\n\n") == [FIRST, SECOND, THIRD]


def test_of_an_endless_page_the_first_article_is_read() -> None:
    def story(heading: str, sentences: tuple[str, ...]) -> str:
        body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
        return f"<article><h1>{heading}</h1>{body}</article>"

    glued = story("Cartilage grown", (FIRST, SECOND)) + story("Joints saved", (THIRD, THIRD * 2))
    assert text_of(read(page(glued))) == f"{FIRST}\n\n{SECOND}"


def test_a_deck_without_a_full_stop_opens_the_text() -> None:
    deck = "How sheep came to climb again after a year of their own cells"
    story = f"<h1>Cartilage grown</h1><p class='lead'>{deck}</p><p>{FIRST}</p><p>{SECOND}</p>"
    text = text_of(read(page(f"<article>{story}</article>")))
    assert text.split("\n\n") == [deck, FIRST, SECOND]
    label = story.replace(deck, "News and more")
    assert text_of(read(page(f"<article>{label}</article>"))).split("\n\n") == [FIRST, SECOND]
