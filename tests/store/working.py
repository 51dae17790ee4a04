"""A process that saves all that an analyst saves, until it is killed; run by test_power_loss.py.

    python -m tests.store.working FOLDER [careless]

It prints a line for everything that was acknowledged. A careless one leaves out every fsync, so
that the trials can show that they notice it.
"""

from __future__ import annotations

import json
import os
import random
import sys
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from tests.store.saving import highlight, opened, say, step_of
from tinydb import TinyDB

from tui.model.codebook import Codebook, Tag
from tui.model.ids import sha256
from tui.model.records import Highlight
from tui.model.sources import Source
from tui.store import (
    keep_revision,
    load_codebook,
    load_sources,
    save_codebook,
    save_source,
)


def main(folder: Path) -> None:
    store, annotations = opened(folder), folder / "annotations"
    known: list[Highlight] = []
    for number in range(1_000_000):
        if number % 10 == 0:
            text = f"Text number {number}.\n" * random.randrange(1, 500)
            keep_revision(annotations, sha256(text), text)
            say(text=sha256(text))
        if number % 25 == 5:
            save_source(annotations, "kim", Source(f"Source {number}"))
            say(source=f"Source {number}")
        if number % 40 == 7:
            save_codebook(annotations, "kim", Codebook((Tag(f"tag{number}", 1, "red"),)))
            say(book=number)
        # A new article now and then, so that shards stay small and folders are made.
        article = sha256(str(number // 40))[:16]
        changes: list[tuple[Highlight | None, Highlight]] = [(None, highlight(article))]
        if known and random.random() < 0.5:
            before = known.pop(random.randrange(len(known)))
            changes.append((before, replace(before, rev=before.rev + 1, note="edited")))
        step = step_of(*changes)
        store.put(step)
        say(saved={change.after.id: change.after.rev for change in step.changes})
        known = [*known, *(after for _, after in changes)][-40:]


class Promised:
    """What a working process has acknowledged so far."""

    def __init__(self) -> None:
        self.records: dict[str, int] = {}
        self.texts: set[str] = set()
        self.sources: set[str] = set()
        self.book = 0

    def take(self, line: bytes) -> None:
        found: dict[str, Any] = json.loads(line)
        self.records |= found.get("saved", {})
        self.texts |= {found["text"]} if "text" in found else set()
        self.sources |= {found["source"]} if "source" in found else set()
        self.book = found.get("book", self.book)

    def broken(self, folder: Path) -> list[str]:
        """What of it is not there, and what cannot be read."""
        return [*self._records(folder), *self._texts(folder), *self._books(folder)]

    def _records(self, folder: Path) -> list[str]:
        store = opened(folder)
        shelves = list(store.heads())
        wrong = [*store.troubles, *(t for shelf in shelves for t in shelf.troubles)]
        wrong += [f"altered: {shelf.altered}" for shelf in shelves if shelf.altered]
        found = {record.id: record.rev for shelf in shelves for record in shelf.records}
        wrong += [f"lost {i}" for i, rev in self.records.items() if found.get(i, 0) < rev]
        for path in (folder / "annotations" / "kim").glob("??/*.json"):
            try:
                with TinyDB(path, encoding="utf-8", access_mode="r") as db:
                    same = all(found.get(doc["id"]) == doc["rev"] for doc in db)
            except ValueError as error:
                wrong.append(f"stock TinyDB cannot read {path.name}: {error}")
                continue
            wrong += [] if same else [f"stock TinyDB reads something else in {path.name}"]
        return wrong

    def _texts(self, folder: Path) -> list[str]:
        texts = {p.stem: p.read_bytes() for p in folder.glob("annotations/revisions/*.txt")}
        wrong = [f"lost text {name}" for name in self.texts - texts.keys()]
        return wrong + [f"broken text {n}" for n, data in texts.items() if sha256(data) != n]

    def _books(self, folder: Path) -> list[str]:
        annotations = folder / "annotations"
        sources, troubles = load_sources(annotations, "kim")
        names = {source.name for source in sources.sources}
        book, more = load_codebook(annotations, "kim")
        wrong = [*troubles, *more, *(f"lost {name}" for name in self.sources - names)]
        newest = max((int(t.path[3:]) for t in book.tags if t.path.startswith("tag")), default=0)
        if newest < self.book:
            wrong.append(f"an old codebook: {newest}, not {self.book}")
        return wrong


if __name__ == "__main__":
    if "careless" in sys.argv:
        os.fsync = lambda _handle: None
    main(Path(sys.argv[1]))
