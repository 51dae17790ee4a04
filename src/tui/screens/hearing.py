"""What the desk says, perhaps from its writer's thread: painted, and put in words where needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk import Changed, Event, Saved, SaveFailed
from tui.screens.handling import Hands
from tui.screens.settling import opening_words

if TYPE_CHECKING:
    from tui.model.views import Annotations
    from tui.screens.reading import ReadingScreen

NOT_SAVED = "not saved: "  # what stands before the reason
DAMAGED = "the index for search was damaged: until it is built anew not all is found"


class Hearing(Hands):
    """Takes in what a save, another process or a file changed; whoever changes something syncs."""

    def __init__(self, screen: ReadingScreen) -> None:
        super().__init__(screen)
        self._told_where = screen.desk.annotations_dir.exists()  # said when it is made

    def hear(self, event: Event) -> None:
        """Act on an event of the desk."""
        if isinstance(event, Changed):
            self._changed(event.origin)
        screen = self.screen
        if isinstance(event, SaveFailed):
            screen.say(f"{NOT_SAVED}{screen.near(event.why)}")
        elif screen.message.startswith(NOT_SAVED) and not screen.desk.failed:
            screen.say("saved after all")
        elif isinstance(event, Saved) and not (self._told_where or self._said()):
            self._told_where = True
            screen.say(f"annotations are kept in {screen.desk.annotations_dir}")
        screen.sync()

    def _changed(self, origin: str) -> None:
        """Act on a change that came from elsewhere; see `Changed` for what there is."""
        screen = self.screen
        match origin:
            case "file":
                self.read_again()
            case "compared":
                screen.change(screen.differing.arrived)
            case "proposals":
                screen.change(screen.reviewing.read_on)
            case "index":
                screen.say(DAMAGED)
            case "encoding":
                screen.encoding.arrived()
            case "other":
                if screen.telling is not None:
                    screen.telling.changed()
                screen.proposing.heard()
            case _:  # of the codebook, sources and learner all that is shown is asked anew
                pass

    def read_again(self) -> None:
        """Show the open article as it is now, if its text is another one."""
        from tui.screens.rereading import read_again

        read_again(self.screen)

    def placed(self, before: Annotations, now: Annotations) -> None:
        """Say what became of highlights that were sought, whoever saw it first."""
        if any(p.unknown for p in before.highlights) and not any(p.unknown for p in now.highlights):
            found = opening_words(now) or "what is marked here is where its words are now"
            self.screen.say(found)

    def _said(self) -> bool:
        """Whether something stands over the status line."""
        screen = self.screen
        return bool(screen.message or screen.confirming or screen.touring.words())
