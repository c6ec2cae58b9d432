"""Every field of the article is described in docs/fields.md, and nothing else is."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from archive.records import Article
from crawler.extract.fields.metadata import Metadata

TEXT = (Path(__file__).parent.parent / "docs" / "fields.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `(\w+)`\n(.+?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))
FIELDS = [field.name for field in fields(Article)]


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_is_described(name: str) -> None:
    assert len(SECTIONS.get(name, "")) > 60


def test_no_other_field_is_described() -> None:
    assert sorted(SECTIONS) == sorted(FIELDS)


def test_what_is_read_as_metadata_is_a_field_of_the_article_or_serves_to_judge_it() -> None:
    judging = {"canonical_elsewhere", "free", "article_body", "types", "heading"}
    read = {field.name for field in fields(Metadata)}
    assert read - judging <= set(FIELDS)
