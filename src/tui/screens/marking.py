"""Keys that mark: highlights, tags, notes, selections, deleting."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.desk.crossing import Occurrence
from tui.model.codebook import tag_path
from tui.model.records import Step
from tui.model.spans import Extent
from tui.model.views import SOUGHT, Placed
from tui.model.wording import counted
from tui.reading import ranges
from tui.reading.place import Target
from tui.screens.handling import Hands, does
from tui.screens.settling import highlight_of
from tui.widgets.picker import Choice
from tui.widgets.prompt import Question

LONGEST = 50  # characters of a quote in a question


class Marking(Hands):
    """What `m`, the digits, `t`, `i`, `v`, `s` and `d` do."""

    last_tag: str = ""

    @does("mark.highlight")
    def highlight(self, _argument: str) -> None:
        target = self.screen.place.target()
        if target.kind == "nothing":
            self.screen.say("nothing to mark: the article has no text")
        elif target.highlight:
            self.screen.say("that is a highlight already: 1-9 or t tag it, c makes a claim")
        elif self.same(target.extents):
            self.screen.say("that is highlighted already: ] focuses it, 1-9 or t tag it")
        else:
            self.mark(target.extents)

    def mark(self, extents: Sequence[Extent], tags: tuple[str, ...] = ()) -> None:
        """Highlight the extents and put the focus on the highlight."""
        place = self.screen.place
        step = self.screen.desk.highlight(place.article.id, extents, tags)
        place.clear_selection()
        place.focus = highlight_of(step) or self._same(extents)

    def _same(self, extents: Sequence[Extent]) -> str:
        """Id of the highlight that covers just these extents, or the empty string."""
        found = self.same(extents)
        return found.record.id if found else ""

    def same(self, extents: Sequence[Extent]) -> Placed | None:
        """The highlight that covers just these extents."""
        return self.screen.place.annotations.on(extents)

    @does("tag.slot")
    def slot(self, argument: str) -> None:
        tag = self.screen.desk.codebook.at_slot(int(argument))
        if self.screen.review is not None and self.screen.form is None:
            self.screen.say("digits do nothing in a review: t tags")
        elif tag is None:
            self.screen.say(f"no tag on slot {argument}: B opens the codebook")
        else:
            self.tag(tag.path)

    def tag(self, path: str, on: bool | None = None) -> None:
        """Tag what the next action acts on; None toggles."""
        screen, place = self.screen, self.screen.place
        self.last_tag = path
        if screen.form is not None:
            if on is None or on != (path in screen.form.tags):
                screen.form.toggle_tag(path)
            return
        target = place.target()
        same = self.same(target.extents)
        if target.kind == "nothing":
            screen.say("nothing to tag: the article has no text")
        elif target.kind == "headline":
            screen.desk.tag_article(place.article.id, path, on)
        elif target.highlight or same:
            record = target.highlight or (same.record.id if same else "")
            screen.desk.tag([record], path, on)
            place.clear_selection()
            place.focus = place.focus or record
        else:
            self.mark(target.extents, (path,))

    @does("tag.picker")
    def picker(self, _argument: str) -> None:
        self.pick_tag(self.tag)

    def pick_tag(self, then: Callable[[str], None]) -> None:
        """Have a tag picked, or a new one made, and do something with its path."""
        self.screen.asking.pick(
            "tag",
            self._choices(),
            then,
            fresh="new tag",
            created=lambda typed: self._created(typed, then),
        )

    def _choices(self) -> list[Choice]:
        counts = self.screen.desk.tag_counts()
        book = self.screen.desk.codebook
        return [
            Choice(
                tag.path,
                tag.path,
                " · ".join(filter(None, (str(counts.get(tag.path, 0)), tag.description))),
                str(tag.slot or ""),
            )
            for tag in book.tags
        ]

    def _created(self, typed: str, then: Callable[[str], None]) -> None:
        try:
            path = tag_path(typed)
        except ValueError as error:
            self.screen.say(str(error))
            return
        self.screen.desk.new_tag(path)
        then(path)
        self.screen.say(f"new tag {path}: it is in your codebook (B)")

    @does("tag.repeat")
    def repeat(self, _argument: str) -> None:
        if self.last_tag:
            self.tag(self.last_tag, True)
        else:
            self.screen.say("no tag used yet: 1-9 or t")

    @does("tag.occurrences")
    def occurrences(self, _argument: str) -> None:
        place = self.screen.place
        target = place.target()
        path = self._tag_of(target) or self.last_tag
        if not target.extents or not path:
            self.screen.say("tag something first: then , tags every place with the same words")
            return
        quote = target.extents[0].of(place.article.text)
        self._offer_occurrences(place.article.id, quote, path, everywhere=False)

    def _offer_occurrences(self, article: str, quote: str, path: str, everywhere: bool) -> None:
        """Look for the words; then say what would be tagged."""
        self.screen.working.begin_beside(
            self.screen.desk.occurring(quote, "" if everywhere else article),
            lambda found: self._offer_tagging(article, quote, path, everywhere, found),
            "stopped: nothing was tagged",
        )

    def _offer_tagging(
        self, article: str, quote: str, path: str, everywhere: bool, found: Sequence[Occurrence]
    ) -> None:
        """Say what would be tagged; Enter does it, Tab goes from this article to all."""
        screen = self.screen
        articles = list(dict.fromkeys(each.article for each in found))
        where = f"in {counted(len(articles), 'article')}" if everywhere else "in this article"
        words = " ".join(quote.split())
        words = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"

        if screen.typing:  # something else was begun meanwhile
            again = screen.keymap.label_of("tag.occurrences", "reading")
            screen.say(f"{len(found):,} places {where} have these words: {again} asks again")
            return

        def done(step: Step | None) -> None:
            screen.say(f"tagged {len(found):,} {where}" if step else "all of them have that tag")

        def do() -> None:
            steps = screen.desk.tagging_occurrences(articles, quote, path)
            screen.place.clear_selection()
            screen.working.begin_beside(steps, done, "stopped: nothing was tagged")

        screen.asking.confirm(
            f"tag “{words}” with {path}: {len(found):,} {where}"
            f" · Tab: {'this article' if everywhere else 'all articles'}",
            do,
            widen=lambda: self._offer_occurrences(article, quote, path, not everywhere),
        )

    def _tag_of(self, target: Target) -> str:
        """The first tag of the highlight that is meant, or that stands just there."""
        placed = self.screen.place.annotations.highlight(target.highlight)
        placed = placed or self.same(target.extents)
        return placed.record.tags[0] if placed and placed.record.tags else ""

    @does("mark.note")
    def note(self, _argument: str) -> None:
        owner, text = self._note()
        if "\n" in text:
            self.note_in_editor("")
        elif owner:
            self.screen.asking.ask(
                Question(
                    "note",
                    lambda value: self._noted(owner, value),
                    text,
                    cut_short=lambda value: self._noted(owner, value),
                )
            )

    @does("mark.note-editor")
    def note_in_editor(self, _argument: str) -> None:
        owner, text = self._note()
        if owner:
            edited = self.screen.asking.edit_outside(text)
            if edited is not None:
                self._noted(owner, edited.strip())

    def _note(self) -> tuple[str, str]:
        """(what the note belongs to: an id, `article` or `new`; its text)."""
        place = self.screen.place
        target = place.target()
        if self.screen.form is not None:
            return "form", self.screen.form.claim.note
        if target.kind == "headline":
            own = (r for r in place.annotations.records if r.by == self.screen.desk.analyst)
            return "article", next((r.note for r in own), "")
        claim = place.focused_claim()
        if claim is not None:
            return claim.id, claim.note
        placed = place.annotations.highlight(target.highlight) or self.same(target.extents)
        if placed is not None:
            return placed.record.id, placed.record.note
        if target.kind == "nothing":
            self.screen.say("nothing to note here: the article has no text")
            return "", ""
        return "new", ""

    def _noted(self, owner: str, text: str) -> None:
        screen, place = self.screen, self.screen.place
        if owner == "article":
            screen.change(lambda: screen.desk.note_article(place.article.id, text))
        elif owner == "form" and screen.form is not None:
            screen.form.set_field("note", text)
        elif owner == "new":
            extents = place.target().extents
            if text:
                screen.change(lambda: screen.desk.highlight(place.article.id, extents, note=text))
            place.clear_selection()
        else:
            screen.change(lambda: screen.desk.note(owner, text))
        screen.sync()

    @does("mark.delete")
    def delete(self, _argument: str) -> None:
        place = self.screen.place
        if not place.focus:
            self.screen.say("nothing is focused: ] and [ focus a highlight or claim")
            return
        if place.focused_proposal() is not None or place.focused_link() is not None:
            self.screen.say("that is only proposed: x drops it")
            return
        link = self.screen.link_row()
        if link is not None:
            step = self.screen.desk.unlink(link.id)
        else:
            step = self.screen.desk.remove(place.focus)
            place.focus = ""
        if step is not None:
            self.screen.say(f"deleted{step.label.removeprefix('delete')}: u brings it back")

    # selecting

    @does("select.grow")
    def grow(self, _argument: str) -> None:
        place = self.screen.place
        if place.piece is None:
            place.origin = place.caret
        self._select(ranges.grow(place.article.text, place.outline, place.origin, place.piece))

    @does("select.shrink")
    def shrink(self, _argument: str) -> None:
        place = self.screen.place
        if place.piece is not None:
            text = place.article.text
            self._select(ranges.shrink(text, place.outline, place.origin, place.piece))

    @does("select.quotation")
    def quotation(self, _argument: str) -> None:
        place = self.screen.place
        text = place.article.text
        found = ranges.quotation(text, place.outline, place.caret, place.piece)
        if found is None:
            self.screen.say("no quotation here")
        else:
            self._select(found)

    def _select(self, extent: Extent | None) -> None:
        place = self.screen.place
        if extent is None:
            place.clear_selection()
        else:
            self.screen.place.select(extent)

    @does("select.start")
    def start(self, _argument: str) -> None:
        place = self.screen.place
        free = self.screen.form is None and self.screen.review is None and not place.pieces
        placed = place.focused_highlight() if free else None
        if place.anchor is not None:
            place.clear_selection()
        elif placed is not None and placed.fit == SOUGHT:
            self.screen.say("its place in today's text is being sought: wait until it is there")
        elif placed is not None and not placed.extents:
            self._place_anew(placed)
        elif free and place.focused_proposal() is not None:
            place.pieces = place.target().extents[:-1]
            place.select(place.target().extents[-1])
        elif placed is not None and placed.extents:
            self.screen.respanning = placed.record.id
            place.pieces = placed.extents[:-1]
            self.screen.place.select(placed.extents[-1])
        else:
            place.anchor = place.caret
            place.by_word = True

    def _place_anew(self, placed: Placed) -> None:
        """Have what is selected next be the words of a highlight that is not in this text."""
        self.screen.placing = placed.record.id
        self.screen.place.focus = ""
        self.screen.pane = "article"
        self.say_how_to_place()

    def say_how_to_place(self) -> None:
        """Say what is to be done with an orphan that waits for its new words."""
        self.screen.say("go to where its words belong, select them (s, v), Enter; q leaves it")

    def to_place(self) -> Placed | None:
        """The orphan of this article that is being placed anew."""
        return self.screen.place.annotations.highlight(self.screen.placing)

    def let_go(self) -> bool:
        """Let go of the selection, else of the orphan to be placed; whether there was one."""
        place = self.screen.place
        if place.anchor is not None or place.pieces:
            place.clear_selection()
        elif self.to_place() is not None and not self.screen.moving.hits:
            self.screen.placing = ""
        else:
            return False
        return True

    @does("select.other-edge")
    def other_edge(self, _argument: str) -> None:
        place = self.screen.place
        if place.anchor is not None:
            place.anchor, place.caret = place.caret, place.anchor

    @does("select.add-piece")
    def add_piece(self, _argument: str) -> None:
        place = self.screen.place
        if place.anchor is None:
            self.screen.say("move on, then v begins the next piece")
            return
        place.pieces = place.selection
        place.anchor = None
        self.screen.say("piece added: move on, v selects the next one; m, a digit or c takes all")

    @does("select.keep")
    def keep(self, _argument: str) -> None:
        place, screen = self.screen.place, self.screen
        wanted = screen.respanning or (screen.placing if self.to_place() is not None else "")
        if wanted and place.selection:
            step = screen.desk.respan(wanted, place.selection)
            place.clear_selection()
            place.focus = highlight_of(step) or wanted
            self.screen.placing = ""
        elif screen.form is not None:
            screen.say("; and a letter puts these words into the claim; Esc lets go of them")
        else:
            self.highlight("")
