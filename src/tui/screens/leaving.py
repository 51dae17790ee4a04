"""Keys that lead out: one layer back, and from the desk out of Pressmark when all is saved."""

from __future__ import annotations

from time import monotonic

from tui.model.wording import counted
from tui.screens.handling import Hands, does

PATIENCE = 5.0  # seconds to wait for the last save
LOOK = 0.02  # seconds between two looks whether it is done


class Leaving(Hands):
    """What `q`, Escape and `ZZ` do. `until` is when waiting for a save ends; 0 for who stays."""

    until: float = 0.0

    @does("app.leave")
    def back(self, _argument: str) -> None:
        """One layer back; at the desk `q` leaves. Escape stops what takes long first."""
        screen = self.screen
        stops = screen.key == "escape" and screen.confirming is None
        if not (stops and screen.working.stop()):
            self._layer_back()

    def _layer_back(self) -> None:
        screen, place = self.screen, self.screen.place
        if screen.confirming is not None:
            screen.confirming = None
        elif screen.grading:
            screen.change(screen.grades.end)
        elif screen.side != "panel":
            self._leave_side()
        elif screen.marking.let_go():
            screen.respanning = ""
        elif screen.form is not None:
            self._leave_form()
        elif screen.review is not None:
            screen.reviewing.finish()
        elif place.focus and screen.pane == "article":
            place.focus = ""
        elif screen.searching.walking.end() or screen.moving.hits:
            screen.moving.forget()
        elif screen.key == "escape" and (screen.sifting.stop() or self._stopped_reading()):
            screen.showing.show_list()
        elif screen.pane != "article":
            screen.pane = "article"
        else:
            self._leave_desk()

    def _leave_desk(self) -> None:
        if self.screen.key == "escape":
            self.screen.say("q leaves; everything is saved")
        else:
            self.leave()

    def _stopped_reading(self) -> bool:
        """Whether files were still being read, and are not any more; in a list that comes later."""
        return self.screen.pane == "article" and self.screen.scanning.stop()

    def _leave_side(self) -> None:
        """Close what is at the side, or take back the last thing done in its list."""
        screen = self.screen
        if screen.side == "search" and screen.searching.back(screen.key):
            return
        if screen.telling is None or not screen.telling.back(screen.key):
            screen.side = screen.under_help if screen.side == "help" else "panel"

    def _leave_form(self) -> None:
        """Close the open claim; what was edited is there again for `c` at the same place."""
        screen = self.screen
        edited = screen.form is not None and screen.form.edited
        screen.left_form = screen.form if edited else None
        screen.forms.close()
        screen.say("left without saving: c here opens it as it was" if edited else "")

    @does("app.quit")
    def quit(self, _argument: str) -> None:
        self.leave()

    def leave(self) -> None:
        """Leave; what is not on the disk yet is waited for, and asked about if it cannot be."""
        screen = self.screen
        if screen.working.under_way:
            screen.say("something is still under way: Esc stops it, then q leaves")
            return
        screen.forms.keep()
        self.remember_place()
        self.until = monotonic() + PATIENCE
        if screen.desk.failed:
            screen.change(lambda: screen.desk.flush(timeout=PATIENCE))
        self._when_saved()

    def _when_saved(self) -> None:
        """Leave as soon as everything is on the disk, unless a key was pressed meanwhile."""
        screen = self.screen
        if not self.until:
            return
        pending, why = screen.desk.pending, screen.desk.failed
        if not pending:
            screen.app.exit(0)
            return
        if why or monotonic() > self.until:
            screen.asking.confirm(
                f"{counted(pending, 'change')} not saved · Enter leaves and keeps it aside, any "
                f"other key stays{f' · {screen.near(why)}' if why else ''}",
                lambda: screen.app.exit(3, return_code=3),
            )
        else:
            screen.say("leaving when all is saved; any key stays")
            screen.set_timer(LOOK, self._when_saved)
        screen.sync()

    def remember_place(self) -> None:
        """Keep where the analyst is for the next start."""
        screen, state = self.screen, self.screen.state
        state.article = screen.place.article.id
        state.path = screen.place.article.path
        state.caret = screen.place.caret
        state.layout["text_only"] = screen.text_only
        state.layout["pane"] = screen.pane
        screen.visiting.leave()
        state.save()
