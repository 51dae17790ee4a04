"""Keys of the panes and lists: Tab, `z`, `F`, the rows, filters, themes."""

from __future__ import annotations

from collections.abc import Callable

from tui.desk.events import DeskError
from tui.desk.sifting import KEYS, STATES
from tui.model.filters import PROPOSALS, parse_filter
from tui.model.views import STATUSES
from tui.screens.handling import Hands, does
from tui.widgets.prompt import Question
from tui.widgets.rows import RowList


class Panes(Hands):
    """What Tab, `z`, `F` and the keys of a list do; which words filter which pane."""

    filter_words: str = ""

    @does("pane.next")
    def next_pane(self, _argument: str) -> None:
        self.turn_pane(1)

    @does("pane.previous")
    def previous_pane(self, _argument: str) -> None:
        self.turn_pane(-1)

    @does("pane.text-only")
    def text_only(self, _argument: str) -> None:
        self.screen.text_only = not self.screen.text_only
        if self.screen.text_only:
            self.screen.pane = "article"
        self.screen.showing.lay_out()

    @does("pane.filter")
    def filter_pane(self, _argument: str) -> None:
        told = ("claims", "tag:military status:draft source:NIS words · empty shows all")
        what, hint = {
            "list": (
                "articles",
                "words · tag: source: by: after: · is:open is:new is:done · empty shows all",
            ),
            "codebook": ("tags", "words · empty shows all"),
            "timeline": told,
            "claims": told,
        }.get(
            self.screen.mode,
            ("annotations", "tag:military status:draft by:kim words · empty shows all"),
        )
        self.screen.asking.ask(
            Question(
                f"filter {what}",
                self.filter_by,
                self.pane_filter(),
                hint=hint,
                complete=self.filter_completions,
            )
        )

    def _row(self, move: Callable[[RowList], object]) -> None:
        """Move the cursor of the list that has the keys; in the panel the focus goes with it."""
        move(self.screen.rows)
        if self.screen.mode == "panel":
            self.screen.follow_panel()

    @does("list.next")
    def next_row(self, _argument: str) -> None:
        self._row(lambda rows: rows.move(1))

    @does("list.previous")
    def previous_row(self, _argument: str) -> None:
        self._row(lambda rows: rows.move(-1))

    @does("list.page-down")
    def page_down(self, _argument: str) -> None:
        self._row(lambda rows: rows.page(1))

    @does("list.page-up")
    def page_up(self, _argument: str) -> None:
        self._row(lambda rows: rows.page(-1))

    @does("list.half-page-down")
    def half_page_down(self, _argument: str) -> None:
        self._row(lambda rows: rows.page(0.5))

    @does("list.half-page-up")
    def half_page_up(self, _argument: str) -> None:
        self._row(lambda rows: rows.page(-0.5))

    @does("list.first")
    def first_row(self, _argument: str) -> None:
        self._row(lambda rows: rows.first())

    @does("list.last")
    def last_row(self, _argument: str) -> None:
        self._row(lambda rows: rows.last())

    @does("list.open")
    def open_row(self, _argument: str) -> None:
        self.open_listed()

    def turn_pane(self, direction: int) -> None:
        """Give the keys to the next pane; where only one fits it is the one shown."""
        panes = ("article", "panel", "list")
        self.screen.pane = panes[(panes.index(self.screen.pane) + direction) % len(panes)]
        if self.screen.text_only and self.screen.pane != "article":
            self.screen.text_only = False
        if self.screen.pane == "panel":
            self.screen.panel.follow(self.screen.place.caret)

    def pane_filter(self) -> str:
        """The filter of the pane that has the keys, as typed."""
        telling = self.screen.telling
        return {
            "list": self.screen.sifting.words,
            "codebook": self.screen.codebook.words,
        }.get(self.screen.mode, telling.words if telling is not None else self.filter_words)

    def filter_by(self, words: str) -> None:
        """Filter the pane that has the keys; `@NAME` stands for what is saved under it."""
        try:
            self._filter_by(self.screen.desk.expanded(words))
        except (ValueError, DeskError) as error:
            self.screen.say(str(error))
        self.screen.sync()

    def _filter_by(self, words: str) -> None:
        telling = self.screen.telling
        if self.screen.mode == "list":
            self.screen.sifting.filter_by(words)
        elif self.screen.mode == "codebook":
            self.screen.codebook.words = words
        elif telling is not None:
            telling.filter_by(words)
        else:
            wanted = parse_filter(words)
            self.filter_words = words
            self.screen.panel.set_filter(wanted)

    def filter_completions(self, typed: str) -> tuple[str, ...]:
        """The last word of a filter completed: its name, a tag, a status."""
        head, blank, last = typed.rpartition(" ")
        tags = [tag.path for tag in self.screen.desk.codebook.tags]
        values = [f"tag:{path}" for path in tags if " " not in path]
        if self.screen.mode == "list":
            names = [*STATES, *(f"{key}:" for key in KEYS), *values]
            names += [f"status:{name}" for name in STATUSES]
        elif self.screen.mode == "codebook":
            names = tags
        else:
            names = ["tag:", "status:", "by:", "source:", "after:", "before:", "assessment:"]
            names += [*values, *(f"status:{name}" for name in (*STATUSES, PROPOSALS))]
        if last.startswith("@"):
            names = [f"@{saved.name}" for saved in self.screen.desk.saved]
        return tuple(f"{head}{blank}{name}" for name in names if name.startswith(last))

    def open_listed(self) -> None:
        """Open the article under the list's cursor and read."""
        key = self.screen.list.key
        if key is not None:
            self.screen.pane = "article"
            self.screen.go_to(key[0])

    def change_theme(self, name: str) -> None:
        """Use another theme; without a name, the next one."""
        themes = sorted(self.screen.app.available_themes)
        if not name:
            name = themes[(themes.index(self.screen.app.theme) + 1) % len(themes)]
        if name not in themes:
            self.screen.say(f"no theme {name}: {', '.join(themes)}")
            return
        self.screen.app.theme = name
        self.screen.state.layout["theme"] = name
        self.screen.say(f"theme {name}")
