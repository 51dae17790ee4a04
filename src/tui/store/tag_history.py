"""The steps of an analyst's codebook on the disk: `codebook.history.json`, one step a line.

It is written before the codebook itself. So a program that ends between the two leaves a step in
the history that the codebook does not show yet, and `settled` puts it where it belongs.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any, cast

from msgspec import Struct

from tui.model.codebook import Codebook
from tui.model.codec import MisshapenError, from_json, to_json
from tui.model.tag_steps import TagStep
from tui.store.durable import sentence, set_aside
from tui.store.inside import read_inside, write_inside
from tui.store.lines import canonical
from tui.store.protocol import StoreError

FILE = "codebook.history.json"
STEPS_KEPT = 200
_VERSION = 1


class TagHistory(Struct, frozen=True):
    """Steps that are in force, and those taken back since, each with the newest last."""

    done: tuple[TagStep, ...] = ()
    undone: tuple[TagStep, ...] = ()

    def settled(self, book: Codebook) -> TagHistory:
        """The history as the codebook bears it out: its newest steps were not all saved."""
        done, undone = list(self.done), list(self.undone)
        while undone and not undone[-1].fits(book) and undone[-1].inverse().fits(book):
            done.append(undone.pop())
        while done and not done[-1].inverse().fits(book) and done[-1].fits(book):
            undone.append(done.pop())
        return TagHistory(tuple(done), tuple(undone))


def load_tag_history(annotations: Path, folder: str) -> tuple[TagHistory, tuple[str, ...]]:
    """The steps of the codebook in an analyst's folder, and a sentence if they cannot be read."""
    path = annotations / folder / FILE
    try:
        found = read_inside(annotations, path)
        return (_history(found[0]) if found else TagHistory()), ()
    except OSError as error:
        return TagHistory(), (sentence("read", path, error),)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        why = str(error).partition("\n")[0]
        return TagHistory(), (f"{path} is passed over: {why}; changes of tags begin anew there",)


def save_tag_history(annotations: Path, folder: str, history: TagHistory) -> None:
    """Write the steps durably; one that could not be read is set aside. Raises StoreError."""
    path = annotations / folder / FILE
    try:
        found = read_inside(annotations, path)
    except OSError as error:
        raise StoreError(sentence("read", path, error)) from error
    if found is not None:
        try:
            _history(found[0])
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            set_aside(path, found[0])
    lists = {"done": history.done[-STEPS_KEPT:], "undone": history.undone[-STEPS_KEPT:]}
    parts = [
        b'"%s":[\n%s]' % (name.encode(), b"".join(_lines(steps))) for name, steps in lists.items()
    ]
    write_inside(annotations, path, b'{"v":%d,%s}\n' % (_VERSION, b",\n".join(parts)))


def _lines(steps: tuple[TagStep, ...]) -> list[bytes]:
    """One line a step; the comma leads, so that one more step is one more line in a diff.

    A step is left out if JSON has no word for something in it (a date in a field of one's own):
    that the codebook is saved matters more.
    """
    rows: list[bytes] = []
    for step in steps:
        with contextlib.suppress(ValueError):
            rows.append(canonical(to_json(step)))
    return [(b"," if index else b"") + row + b"\n" for index, row in enumerate(rows)]


def _history(data: bytes) -> TagHistory:
    given = json.loads(data.decode())
    if not isinstance(given, dict):
        raise MisshapenError("it is no JSON object")
    found = cast("dict[str, Any]", given)
    done, undone = (
        tuple(from_json(TagStep, entry) for entry in cast("list[Any]", found[name]))
        for name in ("done", "undone")
    )
    return TagHistory(done, undone)
