"""Files into the archive."""

from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive
from archive.errors import UsageError
from archive.records import DecisionKind
from crawler.importing import pages
from crawler.importing.pages import Imported, import_file
from tests.crawler.made import NOON
from tests.newsstand.pdfs import release

# The shape of an aggregator's post, saved as text: an excerpt, its attribution, the list.
POST = """A tendon that would not heal has healed in nine of ten sheep, a clinic in Malmö said.
The sheep were given cells from their own fat, and time, and a meadow with a gentle slope to it.
Whether people heal as sheep do is not known, and the clinic wants to begin a trial in spring.
Read the original post:
Sheep climb again after ...
- Sheep climb again after a year of cells and patience - Meadow Post - November 7th, 2024
- A second look at the nave T cells of old sheep - Hill Letters - November 5th, 2024
- Why a tendon takes its time and what a clinic can do about ... - November 2nd, 2024
- Cell maker opens a plant in Malmö -... - October 30th, 2024
- What the meadow did for a dozen tired knees - Meadow Post - October 28th, 2024
- Old sheep, young fat: a trial begins in spring - Hill Letters - October 21st, 2024
- A clinic counts its sheep and its costs - Meadow Post - October 17th, 2024
Recent Comments
"""


def imported(archive: Archive, path: Path, url: str | None = None) -> Imported:
    now = NOON + timedelta(days=10)
    return import_file(archive, path, url=url, captured_at=now, now=now)


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "post.txt"
    path.write_text(POST, encoding="utf-8")
    return path


def test_a_post_as_text_gives_its_article_its_attribution_and_its_list(
    tmp_path: Path, post: Path
) -> None:
    with Archive.open(tmp_path / "archive", create=True) as archive:
        done = imported(archive, post)
        assert done.headlines is not None
        assert (done.headlines.found, done.headlines.new) == (7, 7)
        assert done.reading.attribution is not None
        assert done.reading.attribution.title == "Sheep climb again after ..."
        assert done.article is not None
        article = archive.article(done.article.article_id).article
        text = article.text
        assert article.title == "Sheep climb again after ..."
        assert text.startswith("A tendon that")
        assert "Meadow Post" not in text
        assert [h.headline.publisher for h in archive.headlines()] == [
            "Meadow Post",
            "Hill Letters",
            None,
            None,
            "Meadow Post",
            "Hill Letters",
            "Meadow Post",
        ]


def test_a_pdf_document_is_imported_as_an_article(tmp_path: Path) -> None:
    saved = tmp_path / "release.pdf"
    day = "Harbour town, 8 November 2024"
    text = ("The ferry to the northern islands runs again. " * 4).strip()
    saved.write_bytes(release("Ferry runs again after autumn", day, [text]))
    with Archive.open(tmp_path / "archive", create=True) as archive:
        done = imported(archive, saved)
        assert done.headlines is None
        assert done.article is not None
        held = archive.article(done.article.article_id)
    assert held is not None
    assert held.article.title == "Ferry runs again after autumn"
    assert text in held.article.text


def test_importing_twice_changes_nothing(tmp_path: Path, post: Path) -> None:
    with Archive.open(tmp_path / "archive", create=True) as archive:
        imported(archive, post)
        before = archive.headlines(), archive.sources()
        again = imported(archive, post)
        assert again.headlines is not None
        assert again.headlines.new == 0
        assert again.article is not None
        assert again.article.kind is DecisionKind.UNCHANGED
        assert [h.id for h in archive.headlines()] == [h.id for h in before[0]]
        assert archive.sources() == before[1]


def test_imported_headlines_are_found_at_once(tmp_path: Path, post: Path) -> None:
    with Archive.open(tmp_path / "archive", create=True) as archive:
        imported(archive, post)
        assert archive.search("patience").total == 1


def test_links_of_a_saved_page_are_resolved_against_its_address(tmp_path: Path) -> None:
    path = tmp_path / "saved.html"
    path.write_text(
        "<html><body><h1>News</h1><ul>"
        + "".join(
            f'<li><a href="/n/{n}">Sheep number {n} climbs the hill again</a>'
            f" <span>November {n}, 2024</span></li>"
            for n in range(9, 1, -1)
        )
        + "</ul></body></html>",
        encoding="utf-8",
    )
    with Archive.open(tmp_path / "archive", create=True) as archive:
        done = imported(archive, path, url="http://meadow.example/news")
        assert done.headlines is not None
        assert archive.headlines()[0].headline.url == "http://meadow.example/n/9"
        assert archive.source("http://meadow.example/news").paused


def test_a_few_dated_links_below_a_text_are_no_list(tmp_path: Path) -> None:
    path = tmp_path / "short.txt"
    path.write_text(
        POST.partition("- ")[0] + "- One sheep climbs - Meadow Post - November 7th, 2024\n",
        encoding="utf-8",
    )
    with Archive.open(tmp_path / "archive", create=True) as archive:
        done = imported(archive, path)
        assert done.headlines is None
        assert done.article is not None


RELATED = "".join(
    f'<li><a href="/2024/{n}">What the herd did on day {n} of the trial</a> November {n}, 2024</li>'
    for n in range(1, 9)
)
AGGREGATED = """<article><h1>Sheep</h1>{text}<p>Read the original post:
<a href='https://hill.example/a'>Sheep climb again</a></p></article><ul>{list}</ul>"""
SENTENCES = (
    "The herd on the eastern meadow climbs again, the institute said on Friday.",
    "Eleven of its sheep had been given cells of their own cartilage in spring.",
    "Next year, forty more are to follow, if the canton agrees to the costs of it.",
)


@pytest.mark.parametrize(
    ("inner", "url", "headlines"),
    [
        ("<article><h1>Sheep</h1>{text}</article><ul>{list}</ul>", None, 0),
        ("<h1>Sheep</h1>{text}{text2}<aside><ul>{list}</ul></aside>", None, 0),
        ("<ul>{list}</ul>", None, 8),
        (
            "<article><h1>Sheep</h1>{text}</article><ul>{list}</ul>",
            "https://meadow.example/category/sheep/",
            8,
        ),
        (
            AGGREGATED,
            None,
            8,
        ),
    ],
)
def test_headlines_beside_an_article_are_no_list(
    tmp_path: Path, inner: str, url: str | None, headlines: int
) -> None:
    path = tmp_path / "sheep.html"
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    longer = "".join(f"<p>{n}. {sentence}</p>" for n in range(5) for sentence in SENTENCES)
    body = inner.format(text=text, text2=longer, list=RELATED)
    path.write_text(f"<html><head><title>Sheep</title></head><body>{body}</body></html>")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        done = imported(archive, path, url=url or "https://meadow.example/2024/sheep-climb.html")
        assert len(archive.headlines()) == headlines
        assert bool(archive.sources()) == bool(headlines)
        if not headlines:
            assert done.article is not None
            assert [left.reason for left in done.left_out] == ["they stand beside an article"]


def test_a_text_of_one_line_is_a_list(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("- One sheep climbs - Meadow Post - November 7th, 2024\n", encoding="utf-8")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        done = imported(archive, path)
        assert done.headlines is not None
        assert (done.headlines.found, done.article) == (1, None)


SAVED = """<html><head>{head}</head><body><ul>
<li><a href="/1">The first sheep of the year climbs</a> 7 November 2024
<li><a href="/2">The second sheep of the year climbs</a> 5 November 2024
<li><a href="/3">The third sheep of the year climbs</a> 2 November 2024
</ul></body></html>"""


@pytest.mark.parametrize(
    "head",
    [
        '<base href="https://meadow.example/news/">',
        '<link rel="canonical" href="https://meadow.example/news/">',
    ],
)
def test_links_are_resolved_against_what_the_page_declares(tmp_path: Path, head: str) -> None:
    path = tmp_path / "saved.html"
    path.write_text(SAVED.format(head=head), encoding="utf-8")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        done = imported(archive, path)
        assert [h.headline.url for h in archive.headlines()] == [
            f"https://meadow.example/{n}" for n in (1, 2, 3)
        ]
        assert done.headlines is not None
        assert done.headlines.queued == 3
        assert all(h.headline.list_url.startswith("urn:") for h in archive.headlines())


def test_links_without_any_base_are_told(tmp_path: Path) -> None:
    path = tmp_path / "saved.html"
    path.write_text(SAVED.format(head=""), encoding="utf-8")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        done = imported(archive, path)
        assert [h.headline.url for h in archive.headlines()] == [None] * 3
        assert [(one.what, one.count) for one in done.left_out] == [("links", 3)]


def test_a_file_that_is_not_there_or_too_large_is_said_in_one_line(
    tmp_path: Path, post: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match=r"cannot read .*no-such-file"):
        pages.read_file(tmp_path / "no-such-file")
    monkeypatch.setattr(pages, "LARGEST_FILE", 10)
    with pytest.raises(UsageError, match="larger than"):
        pages.read_file(post)


# The same titles where another list prints them: whole, with their letters, with links.
LINKED = """<html><body><h1>Sheep in the news</h1><ul>
<li><a href="https://meadow.example/again">Sheep climb again after a year of cells and patience</a>
  <time datetime="2024-11-07">7 November 2024</time></li>
<li><a href="https://hill.example/cells">A second look at the naïve T cells of old sheep</a>
  <time datetime="2024-11-04">4 November 2024</time></li>
<li><a href="https://tendon.example/time">Why a tendon takes its time and what a clinic can do about
  it, in nine pictures</a> <time datetime="2024-11-02">2 November 2024</time></li>
<li><a href="https://plant.example/lund">Cell maker opens a plant in Lund</a>
  <time datetime="2024-10-30">30 October 2024</time></li>
<li><a href="https://sheep.example/goats">What the meadow did for a dozen tired goats</a>
  <time datetime="2024-10-28">28 October 2024</time></li>
<li><a href="https://sheep.example/costs">A clinic counts its cows and its costs</a>
  <time datetime="2024-10-17">17 October 2024</time></li>
</ul></body></html>
"""


def test_headlines_of_a_text_list_find_their_pages_in_a_list_with_links(
    tmp_path: Path, post: Path
) -> None:
    page = tmp_path / "sheep.html"
    page.write_text(LINKED, encoding="utf-8")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        imported(archive, post)
        linked = imported(archive, page, "https://news.example/sheep")
        assert linked.headlines is not None
        assert linked.headlines.found == 6
        found = archive.resolve(now=NOON)
        assert [each.resolution.url for each in found if each.resolution.url] == [
            "https://meadow.example/again",
            "https://hill.example/cells",
            "https://tendon.example/time",
        ]
        assert archive.status().headlines_unresolved == 4
        # The import of the page with links has put all six of them there.
        assert archive.frontier.claimable(now=NOON + timedelta(days=10)) == 6


def test_a_text_that_is_all_list_is_no_article(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(POST.partition("after ...\n")[2], encoding="utf-8")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        done = imported(archive, path)
        assert done.headlines is not None
        assert done.headlines.found == 7
        assert done.article is None
        assert archive.status().articles == 0


def test_a_list_with_a_greeting_is_no_article(tmp_path: Path) -> None:
    path = tmp_path / "mail.txt"
    lines = "".join(f"> {line}\n" for line in POST.splitlines() if line.startswith("- "))
    path.write_text(f"> Dear flock, this week:\n>\n{lines}>\n> Yours\n> Ewe\n", encoding="utf-8")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        done = imported(archive, path)
        assert done.headlines is not None
        assert (done.headlines.found, done.article) == (7, None)


SEED = Path(__file__).parents[4] / "shared" / "seed"


@pytest.mark.skipif(not SEED.is_dir(), reason="the page the project began from is not at hand")
def test_the_page_the_project_began_from_gives_all_it_holds(tmp_path: Path) -> None:
    (path,) = SEED.glob("*.txt")
    with Archive.open(tmp_path / "archive", create=True) as archive:
        done = imported(archive, path)
        held = [stored.headline for stored in archive.headlines()]
        assert len(held) == 80
        assert all(h.published for h in held)
        assert sum(h.publisher is not None for h in held) == 44
        assert sum(h.truncated for h in held) == 17
        assert sum(h.publisher_cut for h in held) == 3
        assert sum(h.damaged for h in held) == 2
        assert done.article is not None
        assert len(archive.article(done.article.article_id).article.text) > 8000
