"""A user for tests: types keys at a real application on a real workspace, and looks at it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import wraps
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar, ParamSpec, cast

from textual import events
from textual.css.stylesheet import Stylesheet
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from tui.app import PressmarkApp
from tui.config import load_settings, load_state
from tui.desk import Desk, Event
from tui.keymap import Keymap, Run
from tui.model.records import Claim, Highlight
from tui.samples import sample_articles
from tui.widgets.echo_area import EchoArea
from tui.widgets.picker import Picker
from tui.widgets.prompt import Prompt
from tui.widgets.status_line import StatusLine

P = ParamSpec("P")
PRESSED: set[str] = set()  # ids of the actions whose keys some test says that it presses
_ran: set[str] = set()  # and of those that ran since the test that runs now began
PASTED = 8  # characters that are typed one by one
ALIASES = {"esc": "escape", "bs": "backspace", "s-tab": "shift+tab"}


def presses(
    *actions: str,
) -> Callable[[Callable[P, Awaitable[None]]], Callable[P, Awaitable[None]]]:
    """Say which actions' keys a test presses; it fails if it does not press them."""
    PRESSED.update(actions)

    def mark(test: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
        @wraps(test)
        async def run(*args: P.args, **kwargs: P.kwargs) -> None:
            _ran.clear()
            await test(*args, **kwargs)
            assert not (missed := set(actions) - _ran), f"not pressed: {missed}"

        return run

    return mark


def _logged(keymap: Keymap) -> Keymap:
    """The keymap, noting which actions its keys ran."""
    feed = keymap.feed

    def noting(mode_name: str, keys: Any, key: str) -> Any:
        result = feed(mode_name, keys, key)
        if isinstance(result, Run):
            _ran.add(result.action)
        return result

    keymap.feed = noting
    return keymap


class _Parsed(dict[Any, Any]):
    """What was parsed of the style sheets, for every application of this process.

    Each would parse the same again: a tenth of what it takes to start. Other variables (those of
    another theme) have another part of it.
    """

    shared: ClassVar[dict[frozenset[tuple[str, str]], dict[Any, Any]]] = {}

    def __init__(self, sheet: Stylesheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.clear()

    def clear(self) -> None:
        """Take up the part of the variables that the style sheet has now."""
        self.part = self.shared.setdefault(frozenset(self.sheet._variables.items()), {})

    def __getitem__(self, key: Any) -> Any:
        return self.part[key]

    def __setitem__(self, key: Any, rules: Any) -> None:
        self.part[key] = rules


def samples_in(folder: Path) -> Path:
    """A workspace with a copy of the sample articles."""
    for path in sample_articles().glob("*.txt"):
        shutil.copy(path, folder / path.name)
    return folder


def at_rest(part: MessagePump) -> bool:
    """Whether a part of the application waits to be told something, all it was told being done."""
    told = part._message_queue.ready_event
    return bool(told._waiters) and not told.is_set() and not part._next_callbacks


class Hand(Pilot[Any]):
    """Textual's pilot, which waits for what was said to be heard and not for an idle processor."""

    def __init__(self, robot: Robot) -> None:
        super().__init__(robot.app)
        self.robot = robot

    async def pause(self, delay: float | None = None) -> None:
        """Let the application settle, or give it so many seconds and draw."""
        if delay is None:
            await self.robot.settle()
        else:
            await super().pause(delay)


class Robot:
    """Presses keys as a person would, and knows where to look."""

    def __init__(self, app: PressmarkApp) -> None:
        self.app = app
        self.pilot = Hand(self)
        self.patient = True  # waits after a key for what takes long

    @property
    def screen(self):
        return self.app.reading

    @property
    def place(self):
        return self.app.reading.place

    @property
    def desk(self) -> Desk:
        return self.app.desk

    async def keys(self, *words: str) -> None:
        """Press keys: `<enter>`, `<ctrl+d>` and the like are one, any other word is typed.

        What is long and goes into the prompt is pasted but for its last character: a text field
        answers each one that is typed.
        """
        for word in words:
            if len(word) > 2 and word[0] == "<" and word[-1] == ">":
                await self.press(ALIASES.get(word[1:-1], word[1:-1]))
            elif word:
                *ahead, last = word
                if len(word) > PASTED and self.screen.query_one(Prompt).asking:
                    self.app.post_message(events.Paste("".join(ahead)))
                    ahead.clear()
                for character in ahead:  # a review decides on what was painted
                    if self.screen.review is not None:
                        await self.press(_character_to_key(character), character)
                    else:
                        self.type_ahead(_character_to_key(character), character)
                await self.press(_character_to_key(last), last)
        await self.settle()

    async def press(self, key: str, character: str | None = None) -> None:
        """Press one key, and wait until it has been acted on and, in a review, painted."""
        fields = [self.screen.query_one(Prompt), self.screen.query_one(Picker)]
        first = self.app.focused or self.screen
        self.type_ahead(key, character)
        for pump in (self.app, first, self.screen, *fields, self.screen):
            await self._heard(pump)
        if self.screen.review is not None and not self.gone:  # it decides on what was painted
            self.app.screen._on_timer_update()
            await self._heard(self.screen)
        while self.patient and self.screen.working.under_way and not self.gone:
            await self.pilot.pause()

    async def _heard(self, pump: MessagePump) -> None:
        """Wait until a part of the application has heard what was said to it so far."""
        heard = asyncio.Event()
        if self.gone or at_rest(pump) or not pump.call_later(heard.set):
            return
        for _ in range(300):
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), 0.1)
            if heard.is_set() or self.gone:
                return
        raise AssertionError(f"{pump} has heard nothing for 30 seconds")

    @property
    def gone(self) -> bool:
        """Whether the application has been left, or failed."""
        return self.app._exit or self.app._exception is not None

    def type_ahead(self, key: str, character: str | None = None) -> None:
        """Press one key and wait for nothing."""
        character = character or (key if len(key) == 1 else None)
        event = events.Key(key, character)
        event.set_sender(self.app)
        self.app.post_message(event)

    async def settle(self) -> None:
        """Wait until everything said so far has been heard and painted."""
        quiet = 0
        for _ in range(200):  # a new layout resizes parts, which then want to be painted
            await asyncio.sleep(0)
            if self.gone or quiet > 1:
                return
            self.app._check_resize()  # else a timer does, which lets storms of resizes pass
            screen = self.app.screen
            busy = [
                part
                for part in (self.app, *screen.walk_children(with_self=True))
                if not at_rest(part)
            ]
            for part in busy:
                await self._heard(part)
            owed = screen._layout_required or screen._repaint_required or screen._dirty_widgets
            owed = owed or screen._callbacks or self.app._resize_event
            quiet = 0 if busy or owed else quiet + 1
            screen._on_timer_update()
        raise AssertionError("the screen does not come to rest")

    async def paste(self, text: str) -> None:
        """Paste text as a terminal does."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def wheel(self, turns: int = 1) -> None:
        """Turn the wheel over the article: down, or up if negative."""
        kind = events.MouseScrollDown if turns > 0 else events.MouseScrollUp
        x, y = self.screen.view.region.center
        for _ in range(abs(turns)):
            event = kind(None, x, y, 0, 1, 0, False, False, False, x, y)
            self.app.post_message(event)
            await self.settle()

    def cell_of(self, words: str) -> tuple[int, int]:
        """Where words are on the screen, which must show them on one line."""
        for y, line in enumerate(self.screen._compositor.render_strips()):
            if words in line.text:
                return line.text.index(words), y
        raise AssertionError(f"{words!r} is not on the screen:\n{self.shown()}")

    async def click(self, words: str) -> None:
        """Click on the first character of words on the screen."""
        await self.pilot.click(offset=self.cell_of(words))
        await self.settle()

    async def drag(self, first: str, last: str) -> None:
        """Drag the mouse from the first character of some words to the last of others."""
        x, y = self.cell_of(last)
        await self.pilot.mouse_down(offset=self.cell_of(first))
        await self.pilot.hover(offset=(x + len(last) - 1, y))
        await self.pilot.mouse_up(offset=(x + len(last) - 1, y))
        await self.settle()

    async def proposed(self) -> None:
        """Wait until it is shown what is proposed for the open article."""
        self.screen.proposing.begin()
        for _ in range(3000):
            await self.settle()
            if self.desk.read_for_proposals(self.place.article.id):
                self.screen.sync()
                await self.settle()
                return
            await self.pilot.pause(0.01)
        raise AssertionError("nothing is proposed within 30 seconds")

    async def saved(self) -> None:
        """Wait until everything is on the disk."""
        self.desk.flush()
        await self.settle()

    async def left(self) -> bool:
        """Whether the application goes, which it does when all is saved."""
        for _ in range(500):
            if self.app._exit or not self.screen.out.until:
                break
            await self.pilot.pause(0.01)
        return self.app._exit

    async def over(self, doing: Callable[[], object]) -> None:
        """Look again and again until something is so no more; the application has the turns."""
        end = monotonic() + 30
        while monotonic() < end:
            if self.gone or not doing():
                return
            await self.pilot.pause(0.001)
        raise AssertionError("it is not over within 30 seconds")

    async def sifted(self) -> None:
        """Wait until the list has what its filter means."""
        await self.over(self.screen.sifting.doing)
        await self.settle()

    async def warmed(self) -> None:
        """Wait until it has done what waits for the first paint to be over."""
        visiting = self.screen.visiting
        await self.over(lambda: not visiting._attended or visiting.under_way)
        await self.settle()

    async def scanned(self) -> None:
        """Wait until all files were read."""
        await self.over(lambda: self.screen.scanning.under_way)
        await self.settle()

    def text(self) -> str:
        """What the caret's sentence says."""
        stop = self.place.sentence
        return " ".join(stop.extent.of(self.place.article.text).split()) if stop else ""

    def selected(self) -> str:
        """The words that are selected, pieces parted by a bar."""
        text = self.place.article.text
        return "|".join(" ".join(e.of(text).split()) for e in self.place.selection)

    def word(self) -> str:
        """The text from the caret to the next blank."""
        return self.place.article.text[self.place.caret :].split(maxsplit=1)[0]

    async def find(self, words: str) -> None:
        """Move to words by finding them, so that only their sentence is meant."""
        await self.keys("/")
        await self.paste(words)  # each letter typed would be looked for, and what it begins
        await self.keys("<enter>", "<esc>")
        assert words.casefold() in self.text().casefold()

    def message(self) -> str:
        """The sentence over the status line, and the question that is asked."""
        confirming = self.screen.confirming
        return confirming.words if confirming else self.screen.message

    def status(self) -> str:
        """The lines at the foot of the screen."""
        line = self.screen.query_one(StatusLine)
        said = [
            "".join(piece.text for piece in row) for row in self.screen.query_one(EchoArea).lines
        ]
        return "\n".join([*said, line.render_line(0).text])

    def shown(self) -> str:
        """The whole screen as text."""
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def highlights(self) -> list[Highlight]:
        """Live highlights of the open article, in text order."""
        return [p.record for p in self.desk.annotations(self.place.article.id).highlights]

    def claims(self) -> list[Claim]:
        """Live claims of the open article, in text order."""
        return list(self.desk.annotations(self.place.article.id).all_claims())

    def claim_status(self, index: int = 0) -> str:
        """The status of a claim of the open article."""
        notes = self.desk.annotations(self.place.article.id)
        return notes.status(self.claims()[index]).name


@contextmanager
def application(
    root: Path,
    *,
    analyst: str = "kim",
    paths: tuple[Path, ...] = (),
    keymap: Keymap | None = None,
    tour: bool = False,
    proposals: bool = False,
    cache: Path | None = None,
) -> Iterator[PressmarkApp]:
    """The application on a workspace, not running yet.

    Proposals come when another process has found them: only tests that want them have them.
    """
    apps: list[PressmarkApp] = []

    def notify(event: Event) -> None:
        for app in apps:
            app.heard(event)

    desk = Desk.open(
        paths or (root,),
        root=root,
        analyst=analyst,
        locks=root.parent / "locks",
        cache=cache,
        settings=load_settings(root),
        notify=notify,
    )
    keys = _logged(keymap or Keymap.default())
    state = load_state(root, analyst)
    state.layout.setdefault("proposals", proposals)
    apps.append(PressmarkApp(desk, keys, state, tour=tour))
    apps[0].stylesheet._parse_cache = cast(Any, _Parsed(apps[0].stylesheet))
    try:
        yield apps[0]
        assert apps[0].guard.stopped == 0, "text went around visible()"
    finally:
        apps.clear()
        desk.close()


@asynccontextmanager
async def reader(
    root: Path, *, size: tuple[int, int] = (120, 40), **options: Any
) -> AsyncIterator[Robot]:
    """The application on a workspace, with a robot at the keyboard; options as `application`'s."""
    with application(root, **options) as app:
        async with app.run_test(size=size):
            robot = Robot(app)
            await robot.scanned()
            yield robot
