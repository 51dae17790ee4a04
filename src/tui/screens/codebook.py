"""The codebook's keys: rename, merge, re-parent, slots, colours, descriptions."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tui.model.codebook import COLOURS, Codebook, Tag, covers, tag_path
from tui.model.wording import counted
from tui.screens.handling import Hands, does
from tui.widgets.codebook_list import CodebookList
from tui.widgets.picker import Choice
from tui.widgets.prompt import Question


class CodebookHands(Hands):
    """What `B`, and in the codebook the digits, Enter, `t`, `i`, `d` and `;` do."""

    words: str = ""

    @property
    def list(self) -> CodebookList:
        """The tags."""
        return self.screen.query_one(CodebookList)

    def show(self) -> None:
        """Show the codebook as it is now."""
        self.list.show(self.screen.desk.codebook, self.screen.desk.tag_counts(), self.words)

    def tag(self) -> Tag | None:
        """The tag under the cursor."""
        key = self.list.key
        found = self.screen.desk.codebook.get(key[0]) if key else None
        if found is None:
            self.screen.say("no tag here: t makes one")
        return found

    @does("codebook.open")
    def open(self, _argument: str) -> None:
        self.words = ""
        self.screen.side = "codebook"

    def _change(self, make: Callable[[], Codebook], label: str) -> None:
        try:
            codebook = make()
        except ValueError as error:
            self.screen.say(str(error))
        else:
            self.screen.change(lambda: self.screen.desk.change_codebook(codebook, label))
        self.screen.sync()

    def _with(self, tag: Tag, label: str) -> None:
        self._change(lambda: self.screen.desk.codebook.with_tag(tag), label)

    @does("codebook.rename")
    def rename(self, _argument: str) -> None:
        tag = self.tag()
        if tag is not None:
            self.screen.asking.ask(
                Question("rename", lambda text: self._moved(tag, text), tag.path, "words/words")
            )

    def _moved(self, tag: Tag, typed: str) -> None:
        """Rename, merge or re-parent, after a preview by count."""
        book, desk = self.screen.desk.codebook, self.screen.desk
        try:
            new = tag_path(typed)
            moved = book.moved(tag.path, new)
        except ValueError as error:
            self.screen.say(str(error))
            self.screen.sync()
            return
        if new == tag.path:
            return
        counts = desk.tag_counts()
        marked = sum(count for path, count in counts.items() if covers(tag.path, path))
        children = sum(1 for t in book.tags if t.path != tag.path and covers(tag.path, t.path))
        verb = "merge" if book.get(new) is not None else "rename"
        below = f" and {children} below it" if children else ""
        label = f"{verb} {tag.path} to {new}"
        self.screen.asking.confirm(
            f"{verb} {tag.path}{below} to {new}: it is on {counted(marked, 'highlight')}",
            lambda: self._change(lambda: moved, label),
        )
        self.screen.sync()

    @does("codebook.merge")
    def merge(self, _argument: str) -> None:
        self._pick_other("join into", self._moved)

    @does("codebook.parent")
    def parent(self, _argument: str) -> None:
        self._pick_other("lay under", lambda tag, other: self._moved(tag, f"{other}/{tag.name}"))

    def _pick_other(self, label: str, do: Callable[[Tag, str], None]) -> None:
        tag = self.tag()
        if tag is None:
            return
        others = [t for t in self.screen.desk.codebook.tags if not covers(tag.path, t.path)]
        choices = [Choice(t.path, t.path, t.description, str(t.slot or "")) for t in others]
        self.screen.asking.pick(label, choices, lambda other: do(tag, other))

    @does("codebook.colour")
    def colour(self, _argument: str) -> None:
        tag = self.tag()
        if tag is not None:
            choices = [Choice(c, c, "", "██", f"sign:{c}") for c in COLOURS]
            self.screen.asking.pick(
                "colour",
                choices,
                lambda colour: self._with(
                    replace(tag, colour=colour), f"colour of {tag.path}: {colour}"
                ),
                at=tag.colour,
            )

    @does("codebook.description")
    def description(self, _argument: str) -> None:
        tag = self.tag()
        if tag is not None:
            self.screen.asking.ask(
                Question(
                    "description",
                    lambda text: self._with(
                        replace(tag, description=" ".join(text.split())),
                        f"description of {tag.path}",
                    ),
                    tag.description,
                )
            )

    @does("codebook.slot")
    def slot(self, argument: str) -> None:
        tag = self.tag()
        if tag is not None:
            slot = 0 if tag.slot == int(argument) else int(argument)
            self._with(replace(tag, slot=slot), f"slot {slot or 'none'} for {tag.path}")

    @does("codebook.new")
    def new(self, _argument: str) -> None:
        self.screen.asking.ask(Question("new tag", self._created, hint="words or words/words"))

    def _created(self, typed: str) -> None:
        if not typed.strip():
            return
        try:
            path = tag_path(typed)
        except ValueError as error:
            self.screen.say(str(error))
        else:
            self._with(Tag(path), f"new tag {path}")
            self.list.to(self.list.index_of(path) or 0)
        self.screen.sync()

    @does("codebook.remove")
    def remove(self, _argument: str) -> None:
        tag = self.tag()
        if tag is not None:
            self._change(lambda: self.screen.desk.codebook.without(tag.path), f"remove {tag.path}")
