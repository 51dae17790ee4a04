"""What the tests of the store share: a workspace, and builders of records and steps."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from msgspec.structs import replace

from tui.model.ids import new_id
from tui.model.records import Change, Highlight, Record, Step
from tui.model.spans import Span
from tui.store import Store, open_store

ARTICLE = "abcdefghij234567"
OTHER = "zyxwvutsrq765432"

Open = Callable[..., Store]

settings.register_profile(
    "store", max_examples=int(os.environ.get("PRESSMARK_EXAMPLES", "60")), deadline=None
)


@pytest.fixture(autouse=True, scope="module")
def _more_examples() -> Iterator[None]:
    """What holds annotations is tried with more examples than the rest of the suite."""
    settings.load_profile("store")
    yield
    settings.load_profile("suite")


class Maker:
    """Builds records and steps as the desk would."""

    article = ARTICLE
    other = OTHER

    def highlight(self, article: str = ARTICLE, by: str = "kim", **fields: Any) -> Highlight:
        return Highlight(
            id=new_id(),
            article=article,
            rev=1,
            by=by,
            created="2025-02-05T10:00:00Z",
            modified="2025-02-05T10:00:00Z",
            **{"revision": "0" * 64, "spans": (Span(0, 5, "Kyiv "),), "tags": ("military",)}
            | fields,
        )

    def edited(self, record: Any, **fields: Any) -> Any:
        later = f"2025-02-05T1{record.rev}:30:00Z"
        return replace(record, **{"rev": record.rev + 1, "modified": later} | fields)

    def step(self, *changes: tuple[Record | None, Record], label: str = "edit") -> Step:
        made = tuple(Change(before, after) for before, after in changes)
        return Step(new_id(), label, "2025-02-05T10:00:00Z", made)

    def put(self, store: Store, *records: Any) -> Any:
        """Put new records in one step; returns the first."""
        store.put(self.step(*((None, record) for record in records)))
        return records[0]

    def shard(self, annotations: Path, analyst: str = "kim", article: str = ARTICLE) -> Path:
        return annotations / analyst / article[-2:] / f"{article}.json"


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture(name="annotations")
def annotations_folder(tmp_path: Path) -> Path:
    return tmp_path / "annotations"


@pytest.fixture
def open_as(tmp_path: Path, annotations: Path) -> Open:
    """Opens the workspace anew, as another process would see it."""

    def opened(analyst: str = "kim") -> Store:
        return open_store(annotations, analyst, locks=tmp_path / "locks")

    return opened
