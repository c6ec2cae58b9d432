import pytest

from crawler.extract.fields.statedata import state_objects
from tests.crawler.extract.pages import page


@pytest.mark.parametrize(
    "script",
    [
        '<script>{"a": [{"b": 1}]}</script>',
        '<script id=__NEXT_DATA__ type="application/json">{"a": [{"b": 1}]}</script>',
        '<script>window.__STATE__ = {"a": [{"b": 1}]};</script>',
        '<script>window[\'data\'] = {"a": [{"b": 1}]};</script>',
    ],
)
def test_objects_of_any_state_are_given_outer_before_inner(script: str) -> None:
    assert list(state_objects(page(script).root)) == [{"a": [{"b": 1}]}, {"b": 1}]


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/ld+json">{"a": 1}</script>',
        '<script>var a = {"a": 1};</script>',
        '<script>{"a": </script>',
        "<script>" + "[" * 50_000 + "</script>",
        '<script>{"a": 1}</script>'.replace("1", '"' + "x" * 2_000_000 + '"'),
    ],
)
def test_other_scripts_hold_no_state(script: str) -> None:
    assert list(state_objects(page(script).root)) == []
