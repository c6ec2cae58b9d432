"""The steps that a database is asked for; what is refused is tested with the schema."""

import sqlite3

from archive import schema, vetting


def test_the_names_of_the_steps_are_those_of_the_steps() -> None:
    assert tuple(step.__name__ for step in schema.STEPS) == vetting.STEPS


def test_a_new_database_has_seen_none() -> None:
    raw = sqlite3.connect(":memory:")
    assert vetting.applied(raw) == ()
    raw.close()
