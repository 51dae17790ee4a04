"""`:save` and `:saved`: filters and searches that are kept under names, and used again."""

from __future__ import annotations

from tui.desk.events import DeskError
from tui.model.saved import Saved
from tui.screens.handling import Hands
from tui.widgets.picker import Choice

_PANES = {
    "search": "search",
    "list": "articles",
    "claims": "claims",
    "timeline": "claims",
    "codebook": "tags",
}
_DELETE = "delete"
_WHERE = {
    "search": "search",
    "articles": "article list",
    "claims": "claims",
    "annotations": "panel",
    "tags": "codebook",
}


class SavingNames(Hands):
    """What is behind `:save NAME` and `:saved`."""

    def save(self, words: list[str]) -> None:
        """Keep the filter of the pane that has the keys; further words are kept instead of it."""
        screen = self.screen
        if not words:
            screen.say(":save NAME")
            return
        kind = _PANES.get(screen.mode, "annotations")
        at_hand = screen.searching.words if kind == "search" else screen.panes.pane_filter()
        typed = " ".join(words[1:]) or at_hand
        found = screen.desk.save_filter(words[0], kind, typed)
        screen.say(f"saved as @{found.name} ({_WHERE[kind]}): {found.words}")

    def saved(self, words: list[str]) -> None:
        """Use what is saved under a name, or take it away; without a name, offer all."""
        screen = self.screen
        if words[:1] == [_DELETE]:
            if not words[1:]:
                screen.say(":saved delete NAME")
                return
            gone = screen.desk.forget_filter(words[1])
            screen.say(f"@{gone.name} is not kept any more; it was: {gone.words}")
        elif words:
            self._use(words[0])
        elif screen.desk.saved:
            choices = [
                Choice(each.name, f"@{each.name}", f"{_WHERE[each.kind]} · {each.words}")
                for each in screen.desk.saved
            ]
            screen.asking.pick("saved", choices, self._use)
        else:
            screen.say("nothing is saved yet: filter with F, then :save NAME")

    def names(self, head: str, typed: str) -> tuple[str, ...]:
        """What a word behind `:save` or `:saved` can be completed to."""
        names = [each.name for each in self.screen.desk.saved]
        if head.lstrip(":").split() == ["saved"]:
            names.append(_DELETE)
        return tuple(name for name in names if name.startswith(typed.removeprefix("@")))

    def _use(self, name: str) -> None:
        """Filter with what is saved under a name, in the pane that it was saved in, or search."""
        screen, wanted = self.screen, name.removeprefix("@").casefold()
        found = next((each for each in screen.desk.saved if each.name == wanted), None)
        if found is None:
            raise DeskError(f"nothing is saved as @{wanted}: :saved shows what is", 1)
        if screen.form is not None:
            screen.say("a claim is open: Enter saves it, q leaves it")
            return
        if found.kind == "search":
            screen.searching.search_for(found.words)
            return
        self._open(found)
        screen.panes.filter_by(found.words)

    def _open(self, found: Saved) -> None:
        """Have the pane at hand that something is to be filtered in."""
        screen = self.screen
        if found.kind == "claims":
            if screen.telling is None:
                screen.side = screen.claims.SIDE
            return
        screen.side = "panel"
        if found.kind == "tags":
            screen.run("codebook.open")
        else:
            screen.pane = "panel" if found.kind == "annotations" else "list"
