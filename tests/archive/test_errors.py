"""The drawn tree is the tree."""

import inspect
import re

from archive import errors


def test_the_docstring_draws_every_error_with_its_parent_and_code() -> None:
    drawn = re.findall(
        r"^([│├└─ ]*)(\w+) {2,}.*?(?:\(exit code (\d)\))?$", errors.__doc__ or "", re.MULTILINE
    )
    parents: list[str] = []
    seen: dict[str, tuple[str | None, str]] = {}
    for indent, name, code in drawn:
        depth = len(indent) // 4
        parents[depth:] = [name]
        seen[name] = (parents[depth - 1] if depth else None, code)
    members: dict[str, type[errors.BackfileError]] = dict(
        inspect.getmembers(errors, inspect.isclass)
    )
    real = {name: error for name, error in members.items() if error.__module__ == errors.__name__}
    assert seen.keys() == real.keys()
    for name, (parent, code) in seen.items():
        base = real[name].__bases__[0]
        assert base.__name__ == (parent or "Exception")
        assert not code or int(code) == real[name].exit_code
