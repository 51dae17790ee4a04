"""When an analyst's Pressmark first met the texts and annotations of a workspace.

A file of lines that only grows, in the user's state folder. `@TIME` begins what was met then; an
`a` line has the id of an article, the SHA-256 of its text and a hash of its path and title; an `n`
line the id of an article, the stamp of its shards, and of each analyst the newest time in their
records, as JSON, or under no name the time up to which everybody's are known; an `m` line an id
and the one that the article goes by from then on. Parts are parted by tabs. A line that makes no
sense, such as a torn last one, is passed over.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

_PART = 2_000  # lines that are read between two looks at the clock

Marks = Mapping[str, str]  # analyst -> the newest time in their records
EVERYBODY = ""  # stands for all analysts that are not named


def known_until(marks: Marks, analyst: str) -> str:
    """The time up to which an analyst's records are known; empty if none is."""
    return marks.get(analyst, marks.get(EVERYBODY, ""))


class Arrivals:
    """What was met, and what of it after a time.

    `texts` has the newest text of each article; `new` are articles that were not there at that
    time, `old` has the text of then of those that have another one since. `marks` and `before`
    are the same for annotations: as they are, and as they were then, where others came.
    """

    def __init__(self, file: Path, since: str) -> None:
        self.since = since
        self.texts: dict[str, str] = {}
        self.new: set[str] = set()
        self.old: dict[str, str] = {}
        self.marks: dict[str, Marks] = {}
        self.before: dict[str, Marks] = {}
        self.stamps: dict[str, str] = {}
        self.places: dict[str, str] = {}  # the article that was met last at a place
        self._file = file
        self._lines: list[str] = []

    def read(self, *, opening: bool = False) -> Iterator[None]:
        """Read the file, part by part. One that is not there, or cannot be read, holds nothing.

        With `opening` all of it is past: it is of a first visit that was broken off.
        """
        try:
            with self._file.open(encoding="utf-8", errors="replace", newline="\n") as lines:
                yield from self._read(lines, opening)
        except OSError:
            return

    def _read(self, lines: Iterable[str], opening: bool) -> Iterator[None]:
        past = opening
        for number, line in enumerate(lines, start=1):
            kind, _, rest = line.rstrip("\n").partition("\t")
            parts = rest.split("\t")
            if kind.startswith("@"):
                past = opening or kind[1:] <= self.since
            elif kind == "a" and len(parts) == 3:
                self._text(parts[0], parts[1], past=past)
                self.places[parts[2]] = parts[0]
            elif kind == "m" and len(parts) == 2:
                self._follow(*parts)
            elif kind == "n" and len(parts) == 3:
                with contextlib.suppress(ValueError):
                    self._marks(parts[0], parts[1], _marks(parts[2]), past=past)
            if not number % _PART:
                yield

    def meet_text(self, article: str, revision: str, place: str, *, past: bool = False) -> None:
        """An article has this text today; with `past` as if it had then."""
        if self.texts.get(article) != revision:
            self._lines.append(f"a\t{article}\t{revision}\t{place}")
            self._text(article, revision, past=past)

    def follow(self, before: str, article: str) -> None:
        """An article goes by another id than before."""
        self._lines.append(f"m\t{before}\t{article}")
        self._follow(before, article)

    def meet_marks(self, article: str, stamp: str, marks: Marks, *, past: bool = False) -> None:
        """An article has annotations up to these times."""
        if self.stamps.get(article) != stamp or self.marks.get(article) != marks:
            told = json.dumps(marks, ensure_ascii=True, sort_keys=True)
            self._lines.append(f"n\t{article}\t{stamp}\t{told}")
            self._marks(article, stamp, marks, past=past)

    def save(self, time: str) -> bool:
        """Write what was met since; False if that cannot be, which harms nothing."""
        if not self._lines:
            return True
        batch = "\n".join([f"\n@{time}", *self._lines, ""]).encode()
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
            handle = os.open(self._file, flags, 0o600)
            with os.fdopen(handle, "ab") as file:
                file.write(batch)
        except OSError:
            return False
        self._lines.clear()
        return True

    def _text(self, article: str, revision: str, *, past: bool) -> None:
        known = self.texts.get(article)
        self.texts[article] = revision
        if past:
            return
        if known is None:
            self.new.add(article)
        elif known != revision:
            self.old.setdefault(article, known)

    def _follow(self, before: str, article: str) -> None:
        if before not in self.texts or article in self.texts:
            return
        self.texts[article] = self.texts[before]
        if before in self.new:
            self.new.add(article)
        if before in self.old:
            self.old[article] = self.old[before]

    def _marks(self, article: str, stamp: str, marks: Marks, *, past: bool) -> None:
        known = self.marks.get(article, {})
        self.marks[article], self.stamps[article] = marks, stamp
        if not past and known != marks:
            self.before.setdefault(article, known)


def _marks(told: str) -> Marks:
    found = json.loads(told)
    if not isinstance(found, dict):
        raise ValueError(told)
    given = cast("dict[object, object]", found)
    return {str(by): str(time) for by, time in given.items()}
