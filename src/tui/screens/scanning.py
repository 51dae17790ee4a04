"""Files are read bit by bit while the analyst reads; what changes on the disk comes in."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from tui.desk.events import DeskError
from tui.model.wording import bar
from tui.screens.handling import Hands

SLICE = 0.012  # seconds of reading files between two looks at the keyboard
BETWEEN = 0.003  # seconds for the keyboard between two slices
LOOK = 0.1  # seconds between two looks into folders of shards for what others wrote
TYPED = 0.5  # seconds after a key in which slices are shorter and pauses longer
WARMING = 0.4  # seconds after the last file is read, so that the first paint has the processor
LIST_PAUSE = 0.25  # seconds between two looks of the list while files are read ...
LIST_SHARE = 10  # ... or so many times what the last one took, ...
LIST_RARELY = 40  # ... of a long list that is only just being put together this many
LONG = 0.5  # seconds of reading from which it is said how far it is


class Scanning(Hands):
    """Reads files in slices, and can be stopped."""

    under_way = True
    _since = 0.0
    _stage = ""
    _list_at = 0.0  # when the list is looked at next
    _warmed = False
    _looking = False  # there are folders that are looked into before the next poll

    def begin(self) -> None:
        """Open the article that was left open, else the first; read the others in slices."""
        screen = self.screen
        self._since = monotonic()
        screen.desk.scan(SLICE)
        screen.desk.seen_before(screen.state.seen)
        left = self._left_open()
        entries = screen.desk.listed()
        if left:
            screen.go_to(left, caret=screen.state.caret, jump=False)
        elif entries:
            screen.go_to(entries[0].id, jump=False)
        if screen.state.draft:
            screen.forms.restore()
        screen.touring.offer()
        screen.sync()
        screen.call_after_refresh(self._go_on_with_all)

    def _go_on_with_all(self) -> None:
        """Read all the rest, now that the first article is there."""
        self.screen.desk.take_up()
        self.go_on()

    def _left_open(self) -> str:
        """The id of the article that was left open, if it can be had without reading all files."""
        state, desk = self.screen.state, self.screen.desk
        for path in filter(None, (state.path,)):
            try:
                desk.find(path)
            except DeskError:
                break  # it lies elsewhere now, or its file holds several
        try:
            return desk.entry(state.article).id if state.article else ""
        except DeskError:
            return ""

    def go_on(self) -> None:
        """Read some more files, then give the keyboard a chance."""
        screen = self.screen
        typed = screen.quiet < TYPED
        self.under_way = screen.desk.scan(SLICE / 2 if typed else SLICE)
        if not screen.place.article.id and screen.desk.listed():
            screen.go_to(screen.desk.listed()[0].id, jump=False)
            screen.sync()
        stage, before = screen.desk.stage, self._stage
        self._stage = stage
        if stage != before and before == "listing":
            self._list_at = 0.0
        begun = monotonic()
        if self.list_due:
            screen.showing.show_progress()
            now, share = monotonic(), LIST_RARELY if stage == "listing" else LIST_SHARE
            self._list_at = now + max(LIST_PAUSE, share * (now - begun))
        if self.under_way:
            screen.set_timer(4 * BETWEEN if typed else BETWEEN, self.go_on)
        elif not self._warmed:
            self._warmed = True
            if not screen.desk.listed():
                screen.say(nothing_read(str(screen.desk.root), screen.desk.troubles))
                screen.sync()
            screen.set_timer(WARMING, self._warm)

    @property
    def list_due(self) -> bool:
        """Whether the list is to be looked at: while files are read, not after every key."""
        return not self.under_way or monotonic() > self._list_at

    def _warm(self) -> None:
        """Begin what can wait until the first paint is over: it would hold that up."""
        self.screen.desk.watch()
        self.screen.visiting.begin()

    def poll(self) -> None:
        """Look for what changed on the disk, and read it."""
        self.screen.desk.poll()
        if not self._looking:
            self._looking = True
            self.screen.set_timer(LOOK, self._look_on)
        self.resume()
        if not self.under_way and self._warmed:
            self.screen.visiting.look()

    def _look_on(self) -> None:
        self._looking = self.screen.desk.look_on()
        if self._looking:
            self.screen.set_timer(LOOK, self._look_on)

    def resume(self) -> None:
        """Go on reading, if there is something to be read again."""
        if not self.under_way and not self.screen.desk.exhausted:
            self._since = monotonic()
            self.under_way = True
            self.go_on()

    def stop(self) -> bool:
        """Stop comparing, else leave the files that were not read yet; whether there was any."""
        if self.screen.desk.stop_comparing():
            self.screen.say("stopped: the texts are not compared")
            return True
        indexing = self.screen.desk.stage == "indexing"
        left = self.screen.desk.stop_reading() if self.under_way else 0
        if left:
            self.under_way = False
            what = "are not read; :passed lists what is left out"
            if indexing:
                what = "or annotated articles are not looked at: open the folder again for that"
            self.screen.say(f"stopped: {left:,} files {what}")
        return bool(left)

    def words(self) -> str:
        """What takes long, how far it is, and the key that stops it; empty if nothing does."""
        if self.screen.desk.comparing:
            return "comparing two texts · Esc stops"
        progress = self.progress()
        if progress is None or not progress[1]:
            return ""
        read, found = progress
        return f"{self.screen.desk.stage} {bar(read, found)} {read:,} of {found:,} · Esc stops"

    def progress(self) -> tuple[int, int] | None:
        """Files read and files found, while reading takes long; else None."""
        if not self.under_way or monotonic() - self._since < LONG:
            return None
        return self.screen.desk.progress


def nothing_read(folder: str, troubles: Sequence[str]) -> str:
    """Why no article is open, once everything in the folder was looked at."""
    if not troubles:
        return f"no article in {folder}: `pressmark formats` lists what is read"
    more = "; :passed lists all that was passed over" if len(troubles) > 1 else ""
    return f"no article in {folder}: {troubles[0]}{more}"
