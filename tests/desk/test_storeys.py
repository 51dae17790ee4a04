"""The storeys of the desk share one object."""

from __future__ import annotations

import ast
import inspect
from collections import defaultdict

from tui.desk import Desk


def declared(storey: type) -> set[str]:
    """The attributes that a class declares: annotated in its body, or on `self`."""
    (tree,) = ast.parse(inspect.getsource(storey)).body
    assert isinstance(tree, ast.ClassDef)
    everywhere = [ast.unparse(n.target) for n in ast.walk(tree) if isinstance(n, ast.AnnAssign)]
    in_body = {ast.unparse(node.target) for node in tree.body if isinstance(node, ast.AnnAssign)}
    return in_body | {n.removeprefix("self.") for n in everywhere if n.startswith("self.")}


def test_no_two_storeys_declare_one_attribute() -> None:
    # A name that two of them mean differently breaks both, and nothing else tells.
    owners: dict[str, list[str]] = defaultdict(list)
    for storey in Desk.__mro__[:-1]:
        for name in declared(storey):
            owners[name].append(storey.__name__)
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}
