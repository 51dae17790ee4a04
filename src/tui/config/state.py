"""What a session leaves behind: where the analyst was, a half-filled form, what was not saved."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any, cast

from msgspec import Struct, field

from tui.config.places import absolute, places
from tui.model.ids import new_id, sha256


class State(Struct):
    """Where an analyst was in a workspace, in the user's state folder. `layout` is the screen's.

    `draft` is a half-filled form; it lies in a file of its own and is written when it changes.
    `seen` are articles that were opened, `left` is when the analyst left last (ISO, in UTC; empty
    before the first time).
    """

    file: Path
    article: str = ""
    path: str = ""  # where the article lies
    caret: int = 0
    layout: dict[str, Any] = field(default_factory=dict[str, Any])
    draft: dict[str, Any] = field(default_factory=dict[str, Any])
    seen: dict[str, None] = field(default_factory=dict[str, None])
    tour_offered: bool = False
    left: str = ""

    def save(self) -> bool:
        """Write place, layout and what was seen; False if that cannot be, which harms nothing."""
        kept = {
            "article": self.article,
            "path": self.path,
            "caret": self.caret,
            "layout": self.layout,
            "seen": list(self.seen),
            "left": self.left,
        }
        tour = _tour_file(self.file)
        toured = tour.exists() or not self.tour_offered or _write(tour, {"offered": True})
        return _write(self.file, kept) and toured

    def keep_draft(self, draft: dict[str, Any]) -> bool:
        """Keep a half-filled form; False if it could not be written.

        A signal may come in the middle of this, and has it kept again: only what was written whole
        is not written twice.
        """
        if draft == self.draft and _draft_file(self.file).exists():
            return True
        written = _write(_draft_file(self.file), draft)
        if written:
            self.draft = draft
        return written

    def forget_draft(self) -> None:
        """The form was saved or left."""
        self.draft = {}
        with contextlib.suppress(OSError):
            _draft_file(self.file).unlink(missing_ok=True)


def state_file(root: Path, analyst: str = "") -> Path:
    """The file of a workspace's state, by analyst if one is named."""
    name = sha256(f"{absolute(root)}\n{analyst}" if analyst else str(absolute(root)))[:16]
    return places().state / f"{name}.json"


def arrivals_file(root: Path, analyst: str) -> Path:
    """The file that says when what was met in a workspace, beside its state."""
    return state_file(root, analyst).with_suffix(".arrivals")


def rescue_file(root: Path, analyst: str) -> Path:
    """A new file for what could not be saved in a workspace, beside its state."""
    state = state_file(root, analyst)
    return state.with_name(f"{state.stem}.rescue-{new_id()}.jsonl")


def rescue_files(root: Path, analyst: str) -> list[Path]:
    """The files of what could not be saved in a workspace, the oldest first."""
    state = state_file(root, analyst)
    return sorted(state.parent.glob(f"{state.stem}.rescue-*.jsonl"))


def load_state(root: Path, analyst: str = "") -> State:
    """The state that was left; a new one if there is none or it cannot be read."""
    file = state_file(root, analyst)
    found, draft = _read(file), _read(_draft_file(file))
    article, path, caret = found.get("article"), found.get("path"), found.get("caret")
    layout, seen, left = found.get("layout"), found.get("seen"), found.get("left")
    return State(
        file,
        article if isinstance(article, str) else "",
        path if isinstance(path, str) else "",
        caret if isinstance(caret, int) and caret >= 0 else 0,
        cast("dict[str, Any]", layout) if isinstance(layout, dict) else {},
        draft,
        dict.fromkeys(s for s in cast("list[Any]", seen) if isinstance(s, str))
        if isinstance(seen, list)
        else {},
        _tour_file(file).exists(),
        left if isinstance(left, str) else "",
    )


def _draft_file(file: Path) -> Path:
    return file.with_suffix(".draft.json")


def _tour_file(file: Path) -> Path:
    return file.with_name("tour.json")


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _write(file: Path, data: dict[str, Any]) -> bool:
    """Write a small JSON file whole, readable by its owner alone; False if that cannot be."""
    beside = file.with_name(f".{file.name}.{new_id()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(json.dumps(data))  # `dump` is many times as slow
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(file)
    except (OSError, ValueError, TypeError):
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        return False
    return True
