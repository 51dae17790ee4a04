"""What came since the last visit is looked for while the analyst reads."""

from __future__ import annotations

from collections.abc import Mapping

from tui.config import arrivals_file
from tui.desk.sealing import now
from tui.screens.handling import Hands

SLICE = 0.012  # seconds of looking between two looks at the keyboard, ...
PAUSE = 0.01  # ... for so many seconds


class Visiting(Hands):
    """Looks once when all files are read, and after every change from then on."""

    _attended: bool = False
    under_way: bool = False
    _seen: tuple[object, object] = (None, None)

    @property
    def news(self) -> Mapping[str, str]:
        """What is new about an article, in a word, by id."""
        return self.screen.desk.news

    @property
    def ranks(self) -> Mapping[str, int]:
        """How early an article is to be read, by id: see `sifting.Queue`."""
        return self.screen.desk.ranks

    @property
    def stamp(self) -> int:
        """Another number when there is other news."""
        return id(self.screen.desk.news)

    def begin(self) -> None:
        """Look for the first time; what is open counts as opened."""
        screen = self.screen
        if self._attended:
            return
        self._attended = True
        file = arrivals_file(screen.desk.root, screen.desk.analyst)
        screen.desk.attend(file, screen.state.left, opening=True)
        for article in filter(None, (screen.place.article.id, *screen.carets)):
            screen.desk.visit(article)
        self.look()

    def look(self) -> None:
        """Look for what changed, if something did."""
        if not self._attended or self.under_way:
            return
        there = self.screen.desk.listed(), self.screen.desk.changes
        if there != self._seen:
            self._seen = there
            self._go_on()

    def _go_on(self) -> None:
        screen = self.screen
        self.under_way = screen.desk.look(SLICE)
        if self.under_way:
            screen.set_timer(PAUSE, self._go_on)
        else:
            screen.showing.show_list()

    def leave(self) -> None:
        """Keep that the analyst was here until now, if all that there is was looked at."""
        if self._attended and self.screen.desk.meet():
            self.screen.state.left = now()
