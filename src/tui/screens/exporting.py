"""What `:export` does: it says what it would write and where, and writes it a moment at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui.desk import DeskError
from tui.desk.outgoing import ALL
from tui.model.filters import Filter, parse_filter
from tui.model.wording import counted, format_list
from tui.screens.handling import Hands

if TYPE_CHECKING:
    from tui.desk.outgoing import Held
    from tui.desk.transfer import Exported

STOPPED = "stopped: nothing was written"


class Wanted(Struct, frozen=True):
    """An export as it was asked for. Without a `name` it goes where exports of the desk go."""

    format: str
    name: str  # of a file or folder
    words: str  # a filter
    workspace: bool  # or this article alone

    @property
    def chosen(self) -> Filter:
        """The filter; raises ValueError, with a sentence, if the words make none."""
        return parse_filter(self.words)


class ExportHands(Hands):
    """Exports from the reader."""

    def offer(self, wanted: Wanted) -> None:
        """Say what would be written and where; Enter writes it, Tab changes how much."""
        screen = self.screen
        screen.working.begin(
            screen.desk.previewing(wanted.chosen, self._scope(wanted)),
            lambda held: self._confirm(wanted, held),
            STOPPED,
        )

    def _scope(self, wanted: Wanted) -> tuple[str, ...]:
        """The articles that are meant; none: all."""
        return () if wanted.workspace else (self.screen.place.article.id,)

    def _confirm(self, wanted: Wanted, held: Held) -> None:
        screen, chosen, scope = self.screen, wanted.chosen, self._scope(wanted)
        whole = "" if wanted.format == ALL else wanted.format  # a folder for all of them
        named = Path(wanted.name).expanduser() if wanted.name else None
        path = named or screen.desk.export_path(whole, scope)
        over = " over the one that is there" if path.exists() else ""
        here, other = ("workspace", "this article")[:: 1 if wanted.workspace else -1]
        where = f"{chosen.describe()}, {here}" if chosen else here
        to = screen.near(str(path))
        write = self._write_all if wanted.format == ALL else self._write
        screen.asking.confirm(
            f"export {wanted.format}, {held.words}, {where} (Tab: {other}), to {to}{over}",
            lambda: write(wanted, path, scope, held),
            widen=lambda: self.offer(replace(wanted, workspace=not wanted.workspace)),
        )

    def _write(self, wanted: Wanted, path: Path, scope: tuple[str, ...], held: Held) -> None:
        """Write one format."""

        def written(done: Exported) -> None:
            lost = "".join(f"; {sentence}" for sentence in done.lost)
            self._say(str(done.path), f"wrote {done.path}: {done.words}{lost}")

        steps = self.screen.desk.exporting(
            wanted.format, wanted.chosen, path, articles=scope, held=held
        )
        self.screen.working.begin(steps, written, STOPPED)

    def _write_all(self, wanted: Wanted, path: Path, scope: tuple[str, ...], held: Held) -> None:
        """Write every format into a folder; stopped, those that were done stay."""
        came: list[Exported | DeskError] = []

        def written(_: None) -> None:
            done = [each for each in came if not isinstance(each, DeskError)]
            failed = "".join(f"; not written: {e}" for e in came if isinstance(e, DeskError))
            lossy = format_list([each.format for each in done if each.lost])
            lost = f"; not all has a place in {lossy}: :export FORMAT says what" if lossy else ""
            said = f"wrote {counted(len(done), 'format')} to {path}: {held.words}"
            self._say(str(path), f"{said}{failed}{lost}")

        desk = self.screen.desk
        steps = desk.exporting_all(wanted.chosen, path, came.append, articles=scope, held=held)
        self.screen.working.begin(steps, written, f"stopped: what was done by then is in {path}")

    def _say(self, path: str, words: str) -> None:
        """Say what was written; the tour names it at its end."""
        self.screen.exported_to = path
        self.screen.say(words)
        self.screen.touring.watch(None)
