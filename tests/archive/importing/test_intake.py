"""What an archive gives as lines, another takes in, and gives the same lines again."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from archive import Archive
from archive.errors import ArchiveTooNew
from archive.importing import intake
from archive.records import UrlState
from tests.archive.lives import PAGES, Event, lines, lived, lives, take_lines
from tests.archive.making import LIST, NOW, article, headline, list_page, new_archive, reading


@settings(max_examples=40)
@given(lives)
def test_lines_out_and_in_again_are_the_same_and_twice_is_once(life: list[Event]) -> None:
    with TemporaryDirectory() as folder:
        told = lines(lived(Path(folder) / "one", life))
        other = Path(folder) / "other"
        assert take_lines(other, told).faults == 0
        assert lines(other) == told
        again = take_lines(other, told)
        assert lines(other) == told
        assert (again.articles, again.changed, again.headlines) == (0, 0, 0)
        assert again.changed_headlines == 0


def filled(folder: Path) -> list[str]:
    with new_archive(folder) as archive:
        archive.store(
            reading(article(PAGES[0])), asked_url=PAGES[0], claim=None, source_id=None, now=NOW
        )
        source = archive.add_source(LIST, name="Lists", now=NOW)
        archive.store_list(
            list_page(headline("Held", PAGES[0]), headline("Missing", PAGES[1])),
            source_id=source.id,
            claim=None,
            now=NOW,
            follow=None,
            follow_older=False,
        )
    return lines(folder)


def test_a_malformed_record_is_told_and_keeps_no_other_back(tmp_path: Path) -> None:
    told = filled(tmp_path / "one")
    broken = ["no JSON\n", "[1]\n", '{"record": "poem"}\n', '{"record": "article"}\n']
    taken = take_lines(tmp_path / "other", [*told[:1], *broken, "\n", *told[1:]])
    assert taken.faults == 4
    assert [one.partition(":")[0] for one in taken.told] == [f"record {n}" for n in (2, 3, 4, 5)]
    assert taken.told[3] == "record 5: article: asked_url is missing"
    assert lines(tmp_path / "other") == told


def test_a_headline_of_no_source_is_malformed(tmp_path: Path) -> None:
    told = filled(tmp_path / "one")
    taken = take_lines(
        tmp_path / "other", [line for line in told if '"record":"source"' not in line]
    )
    assert taken.faults == 2
    assert "its source 'lists.example/news' is not among" in taken.told[0]


def test_records_of_a_newer_format_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveTooNew, match="format 2"):
        take_lines(tmp_path / "other", ['{"record": "backfile", "format": 2}'])


def test_what_is_missing_is_fetched_by_the_next_crawl(tmp_path: Path) -> None:
    told = filled(tmp_path / "one")
    assert take_lines(tmp_path / "other", told, follow=True).queued == 1
    assert take_lines(tmp_path / "other", told, follow=True).queued == 0
    with Archive.open(tmp_path / "other") as archive:
        assert archive.frontier.counts()[UrlState.DUE] == 1
        claim = archive.frontier.find(PAGES[1])
    assert claim is not None
    assert claim.found_on == LIST


def test_what_was_forgotten_does_not_come_back(tmp_path: Path) -> None:
    told = filled(tmp_path / "one")
    take_lines(tmp_path / "other", told)
    with Archive.open(tmp_path / "other") as archive:
        archive.forget(PAGES[0], now=NOW)
    assert take_lines(tmp_path / "other", told).kept_out == 2
    assert PAGES[0] not in "".join(lines(tmp_path / "other"))


def test_each_batch_is_whole_and_an_interrupted_import_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "BATCH", 2)
    told = filled(tmp_path / "one")
    take_lines(tmp_path / "other", told[:2])
    assert len(lines(tmp_path / "other")) == 2
    take_lines(tmp_path / "other", told)
    assert lines(tmp_path / "other") == told


def test_a_copy_of_what_was_held_joins_its_story(tmp_path: Path) -> None:
    told = filled(tmp_path / "one")
    with new_archive(tmp_path / "other") as archive:
        copy = article("https://other.example/copy")
        archive.store(reading(copy), asked_url=copy.url, claim=None, source_id=None, now=NOW)
    take_lines(tmp_path / "other", told)
    with Archive.open(tmp_path / "other") as archive:
        (member,) = archive.article(PAGES[0]).members
    assert member.url == "https://other.example/copy"


def test_lines_are_those_of_any_program_that_reads_lines(tmp_path: Path) -> None:
    for line in filled(tmp_path / "one"):
        assert len(line.splitlines()) == 1
        assert json.loads(line)["record"]
