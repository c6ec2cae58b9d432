"""Files with their fields before them, under names that every system takes."""

import re

import yaml  # type: ignore[import-untyped]  # it has no types of its own

from archive.connection import Connection
from archive.exporting.markdown import write
from archive.exporting.selecting import EVERYTHING


def test_a_file_an_article_with_its_fields(connection: Connection) -> None:
    first, second = write(connection.raw, EVERYTHING)
    assert re.fullmatch(r"2024-11-07-ferry-sails-on-sundays-[0-9a-f]{10}\.md", first.name)
    # No letter of it is ASCII; its key tells it from others.
    assert re.fullmatch(r"2024-12-31-[0-9a-f]{10}\.md", second.name)
    front, _, text = first.text.removeprefix("---\n").partition("\n---\n")
    fields = yaml.safe_load(front)
    assert fields["title"] == "Ferry sails on Sundays"
    assert fields["byline"] == ["Ann Lee", "Bo Day"]
    assert fields["partial"] is False
    assert "description" not in fields
    assert text.startswith("\n# Ferry sails on Sundays\n\nThe ferry sails.\n\n\\* Islanders")
    assert "\\<b\\>rejoice" in text
    assert second.text.endswith("渡轮**再次**起航。\n")


def test_names_are_the_same_each_time(connection: Connection) -> None:
    first, second = ([file.name for file in write(connection.raw, EVERYTHING)] for _ in range(2))
    assert first == second
