"""The claim form as it opens and closes, and its draft, which outlives a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk import DeskError
from tui.screens.form import Form

if TYPE_CHECKING:
    from tui.screens.reading import ReadingScreen


class Forms:
    """Opens and closes the form; what is half filled lies in the user's state folder."""

    def __init__(self, screen: ReadingScreen) -> None:
        self.screen = screen

    def open(self, form: Form) -> None:
        """Open a claim; the reading keys go on working in the text."""
        screen = self.screen
        screen.form = form
        screen.side = "panel"
        if screen.pane == "list":
            screen.pane = "article"
        self.keep()

    def close(self) -> None:
        """Close the claim, saved or left."""
        self.screen.form = None
        self.screen.state.forget_draft()

    def keep(self) -> None:
        """Keep a half-filled form where a crash does not reach it."""
        form = self.screen.form
        if form is not None:
            self.screen.state.keep_draft(form.to_json())

    def cut_short(self) -> None:
        """Take what is half typed in a field: the program has to end."""
        if self.screen.foot is not None:
            self.screen.foot.prompt.cut_short()

    def restore(self) -> None:
        """Open the form again that was left half filled."""
        screen, data = self.screen, self.screen.state.draft
        if not data:
            return
        try:
            screen.go_to(screen.desk.find(str(data.get("article", ""))), jump=False)
        except DeskError:
            return
        form = screen.form = Form.from_json(screen.desk, screen.place, data)
        if form is None:
            return
        if form.extents:
            screen.place.caret = form.extents[0].start
        else:
            screen.place.focus_on(form.claim.id)
        screen.say("the claim you left open is here again: Enter saves it, q leaves it")
