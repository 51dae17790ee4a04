"""The reading desk: one screen whose panes show a place, and whose keys change it."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen

from tui import heap
from tui.config import State
from tui.desk import DeskError, Entry, Event
from tui.keymap import Hangul, Keymap, Nothing, Run, Wait, key_name
from tui.model.records import Claim, Step
from tui.model.spans import Extent
from tui.model.views import Placed
from tui.reading import motions
from tui.reading.place import Place
from tui.screens.areas import Areas
from tui.screens.hearing import Hearing
from tui.screens.scanning import WARMING, Scanning
from tui.screens.settling import opening_words
from tui.screens.showing import Showing
from tui.screens.touring import Touring
from tui.widgets.annotation_panel import AnnotationPanel
from tui.widgets.annotation_rows import Row
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.punctual import Punctual
from tui.widgets.rows import RowList
from tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from tui.desk import Desk
    from tui.screens.asking import Confirm
    from tui.screens.form import Form
    from tui.screens.handling import Run as Do
    from tui.screens.review_queue import Review
    from tui.widgets.foot import Foot

# Modes named after their list.
LISTS = ("list", "codebook", "help", "differences", "timeline", "claims", "search")
PAINT = 0.1  # seconds that saving waits at most for the painted answer to a key
SENT = 0.005  # seconds that it leaves to the thread that writes to the terminal


class ReadingScreen(Punctual, Areas, Screen[None]):
    """Article list, article, annotation panel; status line; over the desk, what asks or says."""

    DEFAULT_CSS = """
    ReadingScreen { layout: vertical; layers: default foot; overflow: hidden; }
    ReadingScreen #desk { height: 1fr; }
    ReadingScreen #list { width: 24; padding: 0 0 1 0; }
    ReadingScreen #article { width: 1fr; }
    ReadingScreen #side { width: 36; height: 1fr; }
    ReadingScreen #side > * { height: 1fr; padding: 0 1 1 1; }
    ReadingScreen.leafing #side { align-horizontal: center; }
    ReadingScreen #differences { max-width: 82; }
    ReadingScreen #timeline { max-width: 110; }
    ReadingScreen.roomy #list { width: 38; }
    ReadingScreen.roomy #side { width: 56; }
    ReadingScreen.leafing #side { width: 1fr; }
    ReadingScreen.narrow #list, ReadingScreen.narrow #side { width: 1fr; }
    ReadingScreen #desk.stacked { layout: vertical; }
    ReadingScreen #desk.stacked #side { height: 60%; }
    """
    BINDINGS = []

    def __init__(self, desk: Desk, keymap: Keymap, state: State, *, tour: bool = False) -> None:
        super().__init__()
        self.touring_samples = tour
        self.exported_to = ""
        self.desk = desk
        self.keymap = keymap
        self.state = state
        self.place = Place()
        pane = state.layout.get("pane")
        self.pane = str(pane) if pane in ("list", "panel") else "article"
        self.text_only = bool(state.layout.get("text_only"))
        self.waiting: Wait | None = None  # a prefix that wants another key
        self.key = ""  # the key that was pressed last
        self.action = ""  # id of the action that runs
        self.form: Form | None = None
        self.left_form: Form | None = None  # the last one that was left without saving
        self.review: Review | None = None
        self.confirming: Confirm | None = None
        self.grading = ""  # what is graded: see Grading
        self.respanning = ""  # id of the highlight whose span is being changed
        self.placing = ""  # id of the orphan that is placed anew by what is selected next
        self.jumps: list[tuple[str, int]] = []
        self.message = ""
        self.carets: dict[str, int] = {}  # where an article was left
        self.side = "panel"  # panel (or the form over it), or one of LISTS
        self.under_help = "panel"  # what was at the side when the help was opened
        self.foot: Foot | None = None  # what takes words; made after the first paint
        self.key_time = 0.0  # when the newest key was pressed, in the time of events
        self.recent: Step | None = None  # the newest step, as long as its article was not left
        self._last_step: Step | None = None
        self._last_article = ""
        self.hearing = Hearing(self)
        self.scanning = Scanning(self)
        self.showing = Showing(self)
        self.touring = Touring(self)
        self.runs: dict[str, Do] = {}  # what does an action; there once it is furnished

    def compose(self) -> ComposeResult:
        with Horizontal(id="desk"):
            yield ArticleList(id="list")
            yield ArticleView(id="article")
            with Vertical(id="side"):
                yield AnnotationPanel(id="panel")
        yield StatusLine()

    async def furnish(self) -> None:
        """Put in, once, what takes words and what opens at the side: no key is acted on before.

        It stands empty until something is asked, so the first paint does not wait for it.
        """
        if self.foot is not None:
            return
        from tui.screens.furnishing import panes_at_side
        from tui.widgets.foot import Foot

        await self.query_one("#side").mount(*panes_at_side())
        foot = Foot(self.keymap, self.asking.edit_outside)
        await self.mount(foot)
        self.foot = foot
        self.runs = self.all_runs()
        if self.form is not None:  # a draft was brought back
            self.sync()
        self.showing.show_foot()
        self.set_timer(WARMING, self.proposing.begin_between_keys)
        heap.keep_little()
        if not gc.isenabled():  # the start is over; what it made is not looked through again
            gc.freeze()
            gc.enable()

    # the panes

    @property
    def view(self) -> ArticleView:
        """The article."""
        return self.query_one(ArticleView)

    @property
    def panel(self) -> AnnotationPanel:
        """The annotation panel."""
        return self.query_one(AnnotationPanel)

    @property
    def list(self) -> ArticleList:
        """The article list."""
        return self.query_one(ArticleList)

    @property
    def rows(self) -> RowList:
        """The list that has the cursor in the present mode."""
        return self.query_one(f"#{self.mode}" if self.mode in LISTS else "#panel", RowList)

    @property
    def mode(self) -> str:
        """The mode of the keyboard; what was opened last takes the keys."""
        if self.confirming is not None:
            return "confirm"
        if self.grading:
            return "grade"
        if self.side != "panel":
            return self.side
        if self.place.anchor is not None or self.place.pieces:
            return "select"
        if self.form is not None:
            return "form"
        if self.review is not None:
            return "review"
        return {"article": "reading"}.get(self.pane, self.pane)

    @property
    def typing(self) -> str:
        """The mode of the text field that is open; empty if none is."""
        if self.foot is None:
            return ""
        return "picker" if self.foot.picker.offering else self.foot.prompt.mode

    def on_mount(self) -> None:
        self.showing.lay_out()
        self.set_interval(2.0, self.poll)
        self.scanning.begin()
        self.call_after_refresh(self.furnish)

    # keys

    @property
    def quiet(self) -> float:
        """Seconds since the newest key."""
        return Message().time - self.key_time

    async def on_key(self, event: events.Key) -> None:
        """Give a key to the trie of the present mode; an open text field has them first.

        What the field leaves goes on to the application, where its own editing keys are found.
        """
        await self.furnish()
        if self.foot is not None and self.typing:
            self.foot.hear(event)
            return
        event.stop()
        event.prevent_default()
        self.key_time = event.time
        self.desk.hold(PAINT)
        self.press(key_name(event.key, event.character))
        if not self.desk.pending:  # else `painted` does
            self.desk.release()

    def painted(self) -> None:
        """A frame is on its way to the terminal: saving goes on, once its bytes had time to go."""
        self.desk.release(SENT)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.say("pasted text is not typed: open a field first")
        self.sync()

    def press(self, key: str) -> None:
        """Run, wait or say, as the trie has it."""
        self.message = ""
        self.key = key
        self.out.until = 0.0  # any key stays
        mode = self.mode
        before = self.waiting.keys if self.waiting else ()
        self.waiting = None
        match self.keymap.feed(mode, before, key):
            case Run(action, argument):
                self.run(action, argument)
            case Wait() as waiting:
                self.waiting = waiting
            case Hangul(message):
                self.say(f"{message}: the input method is on; keys are Latin letters")
            case Nothing():
                self._unbound(mode, key)
        self.sync()

    def _unbound(self, mode: str, key: str) -> None:
        """A key that means nothing here ends a confirmation or a grade."""
        if key == "ctrl+c":
            self.say("q leaves; everything is saved")
        if mode == "confirm":
            self.confirming = None
            self.say("nothing done")
        elif mode != "grade" and not self.message and len(key) == 1 and key != " ":
            keys = self.keymap.label_of("app.keys", mode)
            self.say(f"{key} does nothing here: {keys} shows the keys")
        elif mode == "grade":
            over = self.grading.endswith("+")
            self.change(self.grades.end)
            if over:  # the letter is given; what follows is an ordinary key
                self.press(key)

    def run(self, action: str, argument: str = "") -> None:
        """Do what an action does, and say it if that cannot be."""
        self.action = action
        do = self.runs.get(action)
        if do is None:
            self.say(f"{action} does nothing here")
            return
        self.change(lambda: do(argument))
        self.touring.watch(self.desk.last_step)

    def change(self, do: Callable[[], object]) -> None:
        """Call the desk; its refusal is a sentence on the status line."""
        try:
            do()
        except DeskError as error:
            self.say(str(error))

    def near(self, words: str) -> str:
        """The words with paths as they are seen from the workspace."""
        return words.replace(f"{self.desk.root}{os.sep}", "")

    def say(self, words: str) -> None:
        """Show a sentence until the next key."""
        self.message = words

    def sync(self) -> None:
        """Bring every pane in line with the place."""
        if self.desk.last_step is not self._last_step:
            self._last_step = self.recent = self.desk.last_step
        elif self.place.article.id != self._last_article:
            self.recent = None
        self._last_article = self.place.article.id
        if self.place.anchor is None and not self.place.pieces:
            self.respanning = ""
        self.showing.sync()

    def on_resize(self) -> None:
        self.showing.lay_out()
        self.showing.fit_foot()

    # what is open

    def listed(self) -> Sequence[Entry]:
        """The articles that the list shows, in its order."""
        return cast(Sequence[Entry], self.list.shown)

    def go_to(
        self, article: str, *, caret: int | None = None, focus: str = "", jump: bool = True
    ) -> None:
        """Open an article, or move in the open one; `focus` puts the focus on a record."""
        place = self.place
        if article != place.article.id:
            if self.form is not None:
                self.say("a claim is open: Enter saves it, q leaves it")
                return
            if place.article.id:
                self.moving.forget()
                if jump:
                    self.remember_jump()
            self._open(article)
        if caret is not None:
            self.place.caret = max(0, min(caret, len(self.place.article.text)))
        if focus:
            self.place.focus_on(focus)

    def _open(self, article: str) -> None:
        """Show an article where it was left, else from its first stop on."""
        opened = self.desk.article(article)
        self.place = place = Place(opened, self.desk.outline(article))
        place.annotations = self.desk.annotations(article)
        left = self.carets.get(article, motions.first_stop(place.outline))
        place.caret = min(left, len(opened.text))
        self.showing.forget()
        self.look_around()
        self.view.show(opened, place.outline, caret=place.caret)
        self.list.set_open(article)
        self.desk.visit(article)
        self.state.seen[article] = None
        self.message = opening_words(place.annotations) or self.message
        if opened.replaced:
            from tui.screens.encoding import replaced_words

            self.say(replaced_words(opened, self.keymap.label_of("article.encoding", "reading")))

    def look_around(self, offset: int | None = None) -> None:
        """Have paragraphs and sentences found around the caret, or an offset, in a long article."""
        place = self.place
        if place.outline.rough:
            at = place.caret if offset is None else offset
            place.outline = self.desk.outline(place.article.id, Extent(at, at))
            self.view.set_outline(place.outline)

    def remember_jump(self, caret: int | None = None) -> None:
        """Keep the place, or the one where the caret was, for the backtick."""
        here = (self.place.article.id, self.place.caret if caret is None else caret)
        if here[0] and self.jumps[-1:] != [here]:
            self.jumps = [*self.jumps[-99:], here]
        self.carets[here[0]] = here[1]

    def reviewed(self) -> Claim | None:
        """The claim under review."""
        if self.review is None or self.review.over:
            return None
        meant = self.review.current[1]
        return self.place.annotations.claim(meant) or self.place.annotations.came_of(meant)

    # what comes from elsewhere

    def poll(self) -> None:
        """Look for what another process changed, and try again what could not be saved."""
        self.scanning.poll()
        self.hearing.read_again()
        self.forms.keep()
        self.sync()

    class Heard(Message):
        """The desk said something, perhaps from its writer thread."""

        def __init__(self, event: Event) -> None:
            super().__init__()
            self.event = event

    def on_reading_screen_heard(self, message: Heard) -> None:
        """Take it in."""
        self.hearing.hear(message.event)

    @on(ArticleView.Pointed)
    def point(self, event: ArticleView.Pointed) -> None:
        """A click puts the caret there, and the focus on what is marked there."""
        self.pane = "article"
        self.place.clear_selection()
        self.place.caret, self.place.by_word = event.offset, True
        here = self.place.annotations.at(Extent(event.offset, event.offset + 1))
        self.place.focus = min(here, key=_size).record.id if here else ""
        self.sync()

    @on(ArticleView.Dragged)
    def drag(self, event: ArticleView.Dragged) -> None:
        """What was dragged over is the selection."""
        self.pane = "article"
        self.place.select(event.extent)
        self.sync()

    @on(RowList.Moved)
    def row_moved(self, event: RowList.Moved) -> None:
        """Moving in the panel moves the article; a key may have moved it on since."""
        if event.rows is self.panel and event.index == self.panel.cursor:
            self.follow_panel()
            self.sync()

    def link_row(self) -> Row | None:
        """The link under the panel's cursor, while keys go to the panel."""
        row = self.panel.row if self.mode == "panel" else None
        return row if row is not None and row.kind == "link" else None

    def follow_panel(self) -> None:
        """Put the focus on the panel's row; that of the whole article stands for its headline."""
        row = self.panel.row
        if row is not None and row.kind != "article":
            self.place.focus_on(row.claim if row.kind == "link" else row.id)
        elif row is not None:
            self.place.focus = ""
            self.place.caret = motions.first_stop(self.place.outline)

    @on(RowList.Chosen)
    async def row_chosen(self, event: RowList.Chosen) -> None:
        """A click on a row opens what it stands for."""
        await self.furnish()
        if event.rows is self.list:
            self.panes.open_listed()
        elif event.rows is self.panel and event.kind in ("claim", "link"):
            self.follow_panel()
            self.run("focus.open")
        elif event.rows.id in ("timeline", "claims", "search"):
            self.run(f"{event.rows.id}.go")
        elif event.rows.id == "form" and self.form is not None:
            field = self.form.field_named(event.record_id)
            if field is not None:
                self.claiming.edit(field)
        self.sync()

    def on_picker_closed(self) -> None:
        self.sync()

    def on_prompt_closed(self) -> None:
        self.sync()


def _size(placed: Placed) -> int:
    return sum(end - start for start, end in placed.extents)
