"""What the learner was told, on the disk: `learner.json` in each analyst's folder.

One weight a line, one decision a line, the newest last. The file may come with somebody else's, so
nothing in it is trusted: one that does not fit is named and passed over whole, and overwritten only
on demand, with its bytes set aside.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from tui.model.codec import MisshapenError, from_json, to_json
from tui.model.learned import Learned, Lesson, Weight
from tui.store.durable import Signature, sentence, set_aside, signature
from tui.store.inside import read_inside, write_inside
from tui.store.lines import canonical
from tui.store.protocol import StoreError

FILE = "learner.json"
_VERSION = 1
_LIMIT = 1000  # log odds: no weight comes near it
_LINES = 2048  # that are remembered as they are written


_ODD = (ValueError, TypeError, AttributeError, RecursionError)  # what comes of odd JSON


class UnreadableError(StoreError):
    """The file is there and cannot be used; it was left as it is."""


class _NewerError(ValueError):
    """A newer version wrote it."""


class LearnerFile:
    """One analyst's `learner.json`; read when asked for, and again if it is another one since.

    Whoever changes it holds the lock of the analyst's folder (`Store.alone`).
    """

    def __init__(self, annotations: Path, folder: str) -> None:
        self._annotations = annotations
        self.path = annotations / folder / FILE
        self._read = False
        self._seen: Signature | None = None
        self._learned = Learned()
        self._trouble = ""

    def load(self) -> Learned:
        """What the file holds, nothing if it is not there. Raises UnreadableError."""
        look = self._look()
        if not self._read or look != self._seen:
            self._seen, self._read = look, True
            self._trouble = self._read_again()
        if self._trouble:
            raise UnreadableError(self._trouble)
        return self._learned

    def _read_again(self) -> str:
        """Read the file; returns a sentence if it cannot be used."""
        try:
            found = self._bytes()
            self._learned = _learned(found[0]) if found is not None else Learned()
        except OSError as error:
            return sentence("read", self.path, error)
        except _NewerError:
            return (
                f"{self.path} was written by a newer Pressmark: update to use it; it stays as it is"
            )
        except _ODD as error:
            why = str(error).partition("\n")[0]
            return f"{self.path} is passed over: {why}; correct it or move it away"
        self._seen = found[1] if found is not None else None
        return ""

    def stale(self) -> bool:
        """Whether the file is not as it was when it was last read or written here."""
        return not self._read or self._look() != self._seen

    def change(self, edit: Callable[[Learned], Learned]) -> None:
        """Put in its place what `edit` makes of it; nothing is written if that is the same.

        Raises UnreadableError, or StoreError if it cannot be written.
        """
        before = self.load()
        after = edit(before)
        if after != before:
            self._write(after)

    def renew(self, learned: Learned) -> str:
        """Put something else in its place, whatever it holds; a sentence if that was set aside.

        Raises StoreError if it cannot be written, or is there and cannot be used because a newer
        version wrote it: that one stays.
        """
        kept = ""
        try:
            self.load()
        except UnreadableError as error:
            try:
                found = self._bytes()
            except OSError as refused:
                raise error from refused
            if found is not None:
                if _is_newer(found[0]):
                    raise
                kept = f"what {self.path} held is kept in {set_aside(self.path, found[0]).name}"
        self._write(learned)
        return kept

    def _write(self, learned: Learned) -> None:
        try:
            data = _serialised(learned)
        except ValueError as error:
            raise StoreError(f"{self.path} was not written: {error}") from error
        self._seen = write_inside(self._annotations, self.path, data)
        self._learned, self._trouble, self._read = learned, "", True

    def _bytes(self) -> tuple[bytes, Signature] | None:
        return read_inside(self._annotations, self.path)

    def _look(self) -> Signature | None:
        try:
            return signature(self.path.lstat())
        except OSError:
            return None


def _serialised(learned: Learned) -> bytes:
    head = canonical({**learned.extra, "v": _VERSION, "on": learned.on, "folded": learned.folded})
    lists = (
        b'"%s":[\n%s]' % (name, b"\n,".join(map(_line, entries)) + b"\n" * bool(entries))
        for name, entries in ((b"base", learned.base), (b"lessons", learned.lessons))
    )
    return head[:-1] + b"," + b",".join(lists) + b"}\n"


@lru_cache(maxsize=_LINES)
def _line(entry: Lesson | Weight) -> bytes:
    return canonical(to_json(entry))


def _learned(data: bytes) -> Learned:
    """What the bytes say; raises one of `_ODD`."""
    given = json.loads(data.decode(), parse_constant=_no_number)
    if not isinstance(given, dict):
        raise MisshapenError("it is no JSON object")
    fields = cast("dict[str, Any]", given)
    version = fields.pop("v", _VERSION)
    if not isinstance(version, int):
        raise MisshapenError("v is no number")
    if version > _VERSION:
        raise _NewerError
    found = from_json(Learned, fields)
    if found.folded < 0:
        raise MisshapenError("learned.folded is below 0")
    for weight in found.base:
        if not (-_LIMIT <= weight.mean <= _LIMIT and 0 <= weight.variance <= 1):
            raise MisshapenError("weight.mean or weight.variance is out of range")
    for lesson in found.lessons:
        if not (lesson.id and 0 <= lesson.rank <= 1):
            raise MisshapenError("lesson.id is empty, or lesson.rank not from 0 to 1")
    return found


def _no_number(name: str) -> None:
    raise MisshapenError(f"{name} is no number of JSON")


def _is_newer(data: bytes) -> bool:
    try:
        _learned(data)
    except _NewerError:
        return True
    except _ODD:
        pass
    return False
