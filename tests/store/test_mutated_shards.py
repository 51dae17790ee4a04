"""Shards whose bytes something else changed: nothing changed unnoticed, nothing else lost."""

from __future__ import annotations

import json
import os
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.store.mutating import MUTATIONS, a_record, flipped, grown
from tests.store.saving import ARTICLE, opened, step_of
from tinydb import TinyDB

from tui.model.records import Record
from tui.store import Shelf


def shelf_of(folder: Path) -> Shelf:
    return opened(folder).of_article(ARTICLE)


def by_id(shelf: Shelf) -> dict[str, Record]:
    return {record.id: record for record in shelf.records}


def lines_by_id(data: bytes) -> dict[str, bytes]:
    """The object of each record in the file as it was, by the record's id."""
    found: dict[str, bytes] = {}
    for line in data.partition(b'"history"')[0].split(b"\n"):
        if hit := re.search(rb'"id":"(\w{26})"', line):
            found[hit[1].decode()] = line[line.index(b"{") :]
    return found


def same(doc: bytes, files: list[bytes]) -> bool:
    """Whether a file holds the same object in other bytes: one with a field twice, say."""
    there = [object_of(line.partition(b":")[2]) for data in files for line in data.split(b"\n")]
    found = object_of(doc)
    return found is not None and found in there


def object_of(data: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(data)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


class Trial:
    """One shard, mutated, read, and saved to again."""

    def __init__(self, folder: Path, path: Path, data: bytes, whole: dict[str, Record]) -> None:
        self._folder, self._path, self._data, self._whole = folder, path, data, whole
        self.wrong: list[str] = []
        self.undamaged = self.back = 0

    def run(self, mutated: bytes) -> None:
        self._path.write_bytes(mutated)
        before = shelf_of(self._folder)
        self._look(before)
        for name, line in lines_by_id(self._data).items():
            if line in mutated:
                self.undamaged += 1
                self.back += by_id(before).get(name) == self._whole[name]
        if self._path.read_bytes() != mutated:
            self.wrong.append("reading changed the file")
        added = a_record()
        opened(self._folder).put(step_of((None, added)))
        after = shelf_of(self._folder)
        if by_id(after) != by_id(before) | {added.id: added}:
            self.wrong.append("the next save changed records")
        if after.altered != before.altered or after.newer != before.newer:
            self.wrong.append("the next save changed what counts as altered")
        self._keep(mutated)
        for path in self._path.parent.iterdir():
            path.unlink()

    def _look(self, shelf: Shelf) -> None:
        found = by_id(shelf)
        noticed = shelf.altered | shelf.newer
        for name, record in found.items():
            if record != self._whole.get(name) and name not in noticed:
                self.wrong.append(f"{name} silently changed")
        if self._whole.keys() - found.keys() and not (shelf.troubles or noticed):
            self.wrong.append("records silently lost")

    def _keep(self, mutated: bytes) -> None:
        """Each line of the mutated file that holds anything is in some file still."""
        files = [path.read_bytes() for path in self._path.parent.iterdir()]
        for line in mutated.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
            core = line.strip(b" \t\r\x0b\x0c,{}").removeprefix(b'"_default":{')
            if not re.fullmatch(rb'("(_default|history)":|},"history":|(<{7}|={7}|>{7}).*)?', core):
                doc = line[line.find(b"{") :].rstrip(b" \t\r\x0b\x0c,") if b":{" in line else core
                if not any(core in data or doc in data for data in files) and not same(doc, files):
                    self.wrong.append(f"bytes lost: {core[:200]!r}")


def mutate(tmp_path: Path, count: int) -> tuple[Counter[str], int, int]:
    wrong: Counter[str] = Counter()
    undamaged = back = number = 0
    while number < count:
        folder = tmp_path / f"shard{number}"
        path = grown(folder, random.randrange(3, 40))
        data, whole = path.read_bytes(), by_id(shelf_of(folder))
        for _ in range(26):
            how = MUTATIONS[number % len(MUTATIONS)]
            seed = random.randrange(1 << 30)
            random.seed(seed)
            mutated = how(data)
            trial = Trial(folder, path, data, whole)
            try:
                trial.run(mutated)
            except Exception as error:
                trial.wrong.append(repr(error))
            wrong.update(f"{how.__name__}: {text}" for text in trial.wrong)
            undamaged, back = undamaged + trial.undamaged, back + trial.back
            number += 1
            if number == count:
                break
    return wrong, undamaged, back


def hold(tmp_path: Path, count: int) -> str:
    wrong, undamaged, back = mutate(tmp_path, count)
    assert dict(wrong) == {}
    assert back >= 0.99 * undamaged
    return f"{count} mutated shards, {back} of {undamaged} undamaged records back"


def test_mutated_shards_lose_and_change_nothing_in_silence(tmp_path, record_property):
    record_property("trials", hold(tmp_path, 130))


@pytest.mark.faults
def test_1000_mutated_shards_lose_and_change_nothing_in_silence(tmp_path, record_property):
    record_property("trials", hold(tmp_path, int(os.environ.get("PRESSMARK_MUTATIONS", "1000"))))


def stock(path: Path) -> dict[str, Any] | None:
    """What stock TinyDB reads; None if it says that the file is broken."""
    try:
        with TinyDB(path, encoding="utf-8", access_mode="r") as db:
            return {str(doc.doc_id): dict(doc) for doc in db}
    except (ValueError, TypeError, AttributeError):
        return None


def test_a_flipped_bit_is_noticed(tmp_path, record_property):
    path = grown(tmp_path, 20)
    data, whole, there = path.read_bytes(), by_id(shelf_of(tmp_path)), stock(path)
    records = data.index(b'},"history"')
    by_stock = by_us = 0
    for _ in range(200):
        mutated = flipped(data[:records]) + data[records:]
        path.write_bytes(mutated)
        by_stock += stock(path) not in (None, there)
        shelf = shelf_of(tmp_path)
        if by_id(shelf) != whole:
            by_us += not (shelf.troubles or shelf.altered or shelf.newer)
    record_property("trials", f"200 flipped bits: {by_us} unnoticed (stock TinyDB: {by_stock})")
    assert by_us == 0
    assert by_stock > 20
