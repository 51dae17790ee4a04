"""Questions to the analyst: words in a line, a pick from a list, Enter to confirm, $EDITOR."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from textual.app import SuspendNotSupported

from tui.widgets.picker import Choice, Offer, Picker
from tui.widgets.prompt import Prompt, Question

if TYPE_CHECKING:
    from tui.screens.reading import ReadingScreen


class Confirm(Struct, frozen=True):
    """Something that is done on Enter; `widen` is what Tab offers instead."""

    words: str
    do: Callable[[], object]
    widen: Callable[[], object] | None = None


class Asking:
    """Asks, and gives the answer to whoever wanted it."""

    def __init__(self, screen: ReadingScreen) -> None:
        self.screen = screen

    def ask(self, question: Question) -> None:
        """Ask for words at the foot of the screen."""
        self.screen.query_one(Prompt).ask(question)

    def confirm(
        self, words: str, do: Callable[[], object], widen: Callable[[], object] | None = None
    ) -> None:
        """Say what would be done; Enter does it, any other key does not."""
        self.screen.confirming = Confirm(words, do, widen)

    def pick(
        self,
        label: str,
        choices: Sequence[Choice],
        picked: Callable[[str], None],
        fresh: str = "",
        created: Callable[[str], None] | None = None,
        at: str | None = None,
    ) -> None:
        """Offer choices, the cursor on the value `at`; the pick, or a new word, is acted on."""

        def then(do: Callable[[str], None]) -> Callable[[str], None]:
            def run(value: str) -> None:
                self.screen.change(lambda: do(value))
                self.screen.sync()

            return run

        fresh_one = then(created) if created is not None else None
        offer = Offer(label, choices, then(picked), fresh, fresh_one, at)
        self.screen.query_one(Picker).offer(offer)

    def edit_outside(self, text: str) -> str | None:
        """The text as $EDITOR left it; None if that could not be run."""
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
        with tempfile.TemporaryDirectory(prefix="pressmark-") as folder:
            path = Path(folder, "note.md")
            path.write_text(text, encoding="utf-8")
            try:
                with self.screen.app.suspend():
                    code = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
                return path.read_text(encoding="utf-8") if code == 0 else None
            except (OSError, ValueError, SuspendNotSupported) as error:
                self.screen.say(f"{editor} could not be run ({error}): set $EDITOR")
                return None

    def hint(self, words: str) -> None:
        """Show a word of advice behind the prompt's field."""
        self.screen.query_one(Prompt).hint(words)
