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
    walked every few seconds, which `word` says. `known` gives the files that were read already, as
    they were then: absolute path to size and mtime, or None if they were passed over. `folders` are
    those in which there may be files.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        files: Callable[[], Iterable[tuple[str, Stamp]]],
        known: Callable[[], Mapping[str, Stamp]],
        folders: Callable[[], Iterable[str]],
    ) -> None:
        self._paths = paths
        self._folders = folders
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
        before = dict(self._files())
        self._compare(known, before)
        try:
            self._listen(before)
        except Exception:
            self.word = LOOKING
            self._look(before)

    def _listen(self, before: Stamps) -> None:
        """Have the system tell of each folder of articles.

        All below the paths would be asked for at once otherwise, annotations too, and nothing else
        could run meanwhile: a second in a large workspace. A new folder is listened to as well.
        """
        from watchfiles import watch

        more = True
        while more:
            folders = {*(str(path.absolute()) for path in self._paths), *self._folders()}
            changes = watch(
                *folders,
                watch_filter=None,
                debounce=SETTLE,
                rust_timeout=ARMED,
                yield_on_timeout=True,
                stop_event=self._stop,
                raise_interrupt=False,
                recursive=False,
            )
            more = False
            for number, found in enumerate(changes):
                names = [name for _, name in found]
                self._add(names)
                if not number:  # what changed before it listened
                    self._compare(before, dict(self._files()))
                more = any(name not in folders and Path(name).is_dir() for name in names)
                if more:
                    break

    def _look(self, before: Stamps) -> None:
        while not self._stop.wait(EVERY):
            now = dict(self._files())
            self._compare(before, now)
            before = now

    def _compare(self, before: Mapping[str, Stamp], now: Stamps) -> None:
        known = {name: stamp or now.get(name) for name, stamp in before.items()}
        self._add(n for n in known.keys() | now.keys() if known.get(n) != now.get(n))

    def _add(self, names: Iterable[str]) -> None:
        with self._lock:
            self._changed.update(names)
