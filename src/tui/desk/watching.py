"""What changes in the opened folders while the desk is open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

EVERY = 5.0  # seconds between two looks where nothing tells of changes
SETTLE = 300  # milliseconds in which changes are taken together
ARMED = 1000  # milliseconds after which it surely listens, and looks whether it is to stop

_MEND = "pip install 'pressmark[watch]' has them noticed at once"
LOOKING = f"new files are looked for every {EVERY:.0f} s: {_MEND}"

Stamp = tuple[int, int] | None
Stamps = dict[str, Stamp]


class Watch:
    """Collects paths under the opened ones that appeared, changed or went, in a thread of its own.

    With watchfiles the system tells of them; without it, or where the system cannot, `files` is
    walked every few seconds, which `word` says. `files` adds the folders that it goes through to
    what it is given. `known` gives the files that were read already, as they were then: absolute
    path to size and mtime, or None if they were passed over.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        files: Callable[[set[str]], Iterable[tuple[str, Stamp]]],
        known: Callable[[], Mapping[str, Stamp]],
    ) -> None:
        self._paths = paths
        self._known = known
        self._files = files
        self._changed: set[str] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self.word = ""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def taken(self) -> list[Path]:
        """What changed since the last call, in the order of names."""
        with self._lock:
            found, self._changed = self._changed, set()
        return [Path(name) for name in sorted(found)]

    def stop(self) -> None:
        """Watch no more."""
        self._stop.set()

    def _run(self) -> None:
        known = self._known()
        before, folders = self._look()
        self._compare(known, before)
        try:
            self._listen(before, folders)
        except Exception:
            self.word = LOOKING
            while not self._stop.wait(EVERY):
                now, _ = self._look()
                self._compare(before, now)
                before = now

    def _listen(self, before: Stamps, folders: set[str]) -> None:
        """Have the system tell of each folder of articles.

        All below the paths would be asked for at once otherwise, annotations too, and nothing else
        could run meanwhile: a second in a large workspace. A new folder is listened to as well.
        """
        from watchfiles import watch

        tops = {str(path.absolute()) for path in self._paths}
        while not self._stop.is_set():
            changes = watch(
                *(tops | folders),
                watch_filter=None,
                debounce=SETTLE,
                rust_timeout=ARMED,
                yield_on_timeout=True,
                stop_event=self._stop,
                raise_interrupt=False,
                recursive=False,
            )
            for number, found in enumerate(changes):
                names = {name for _, name in found}
                self._add(names)
                is_new = any(name not in folders and Path(name).is_dir() for name in names)
                if is_new or not number:  # at first for what changed before it listened
                    now, there = self._look()
                    self._compare(before, now)
                    before = now
                    if there - folders:
                        folders = there
                        break

    def _look(self) -> tuple[Stamps, set[str]]:
        """The files that there are now, and the folders in which there may be some."""
        folders: set[str] = set()
        return dict(self._files(folders)), folders

    def _compare(self, before: Mapping[str, Stamp], now: Stamps) -> None:
        known = {name: stamp or now.get(name) for name, stamp in before.items()}
        self._add(n for n in known.keys() | now.keys() if known.get(n) != now.get(n))

    def _add(self, names: Iterable[str]) -> None:
        with self._lock:
            self._changed.update(names)
