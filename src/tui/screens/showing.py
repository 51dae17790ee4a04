"""What the panes show of the place: brought in line after every key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from tui.keymap import Offer, Wait
from tui.model.codebook import Codebook
from tui.model.records import ArticleRecord
from tui.model.spans import joined_quote
from tui.model.views import Annotations, Placed, grade_of
from tui.reading.place import quoted
from tui.widgets.annotation_lines import status_words
from tui.widgets.annotation_rows import OtherClaim
from tui.widgets.article_list import Standing
from tui.widgets.article_rows import Mark
from tui.widgets.proposal_rows import Proposed
from tui.widgets.rows import RowList
from tui.widgets.status_line import Hint, Situation, SlotHint, StatusLine, few_keys

if TYPE_CHECKING:
    from tui.analysis import Suggestion
    from tui.analysis.proposed_links import ProposedLink
    from tui.screens.reading import ReadingScreen
    from tui.widgets.claim_form import ClaimForm

THREE_PANES, TWO_PANES = 120, 100  # cells of width from which so many fit
NO_SLOTS = (
    "review",
    "confirm",
    "grade",
    "help",
    "list",
    "differences",
    "timeline",
    "search",
    "query",
)  # modes in which no digit tags
OWN_FIELD = "claim.field-own"
BLANK = 1  # rows that a list leaves free at its end, for what is said in one
ROOMY = 160  # cells of width from which the lists are wider


class Showing:
    """Paints the place; changes nothing but what is on the screen."""

    def __init__(self, screen: ReadingScreen) -> None:
        self.screen = screen
        self._marked: tuple[Annotations, Codebook] | None = None
        self._proposed: Mapping[str, Suggestion] = {}
        self._listed_proposals: Mapping[str, Suggestion] = {}
        self._listed_links: Mapping[str, Sequence[ProposedLink]] = {}
        self._listed: object = None  # what the list showed last

    def forget(self) -> None:
        """Another article is open: its marks have not been given to the view yet."""
        self._marked = None
        self._proposed = {}

    def sync(self) -> None:
        """Bring every pane in line with the place; each redraws only what changed."""
        place = self.screen.place
        if place.article.id:
            self._sync_article()
        self._sync_side()
        self.show_list()
        self.show_status()

    def _sync_article(self) -> None:
        """Bring article and panel in line with the place."""
        place = self.screen.place
        with self.screen.view.at_once(), self.screen.panel.at_once():
            self.screen.look_around()
            before, place.annotations = (
                place.annotations,
                self.screen.desk.annotations(place.article.id),
            )
            if place.annotations is not before:
                self.screen.hearing.placed(before, place.annotations)
            if self.screen.foot is not None:  # the first paint has no time for it
                self.screen.proposing.sync()
            if place.focus not in place.proposals and place.focused_highlight() is None:
                place.focus = ""
            self._show_annotations()
            self._show_focus()

    def _show_annotations(self) -> None:
        """Give article and panel what is marked and proposed, where that is not what they show."""
        screen, place = self.screen, self.screen.place
        marks = (place.annotations, screen.desk.codebook)
        listed, links = place.proposals, place.links
        if listed:
            listed = screen.proposing.in_panel()
        if (
            self._marked == marks
            and self._proposed is place.proposals
            and self._listed_proposals is listed
            and self._listed_links is links
        ):
            return
        self._listed_proposals, self._listed_links = listed, links
        self._sync_marks(*marks)
        self._sync_proposals(place.proposals)
        screen.panel.show(
            place.annotations,
            place.article,
            screen.desk.codebook,
            screen.desk.sources,
            analyst=screen.desk.analyst,
            proposed=Proposed(listed, links),
            other=self._other,
            own={spec.name: spec.label or spec.name for spec in screen.desk.settings.fields},
        )

    def _show_focus(self) -> None:
        """Put caret, selection and the cursor of the panel where the place has them."""
        place, view, panel = self.screen.place, self.screen.view, self.screen.panel
        row = panel.row
        if self.screen.mode == "panel" and not place.focus and row and row.kind != "article":
            self.screen.follow_panel()  # in the panel, actions mean the row of the cursor
        focused = place.focused_highlight()
        view.set_selection(place.selection)
        view.set_focus_mark(focused.record.id if focused else place.focus or None)
        view.move_to(place.caret, caret_shown=place.by_word or place.anchor is not None)
        link = self.screen.link_row()
        if place.focus and (link is None or place.focus not in (link.claim, link.id)):
            panel.focus_record(place.focus)
        elif place.sentence is not None:
            panel.follow(place.sentence.start, place.sentence.end)

    def _sync_marks(self, notes: Annotations, book: Codebook) -> None:
        """Give the view the marks that are others than before; all of them where it may be any."""
        before, self._marked = self._marked, (notes, book)
        if before is None or before[1] != book or before[0].records != notes.records:
            self.screen.view.set_marks(self._marks(notes.highlights, notes.records))
            self._proposed = {}  # with all others they were taken away
            return
        changed = notes.changed_since(before[0])
        highlights = [placed for name in changed if (placed := notes.highlight(name)) is not None]
        heads = [head for head in notes.records if head.id in changed]
        self.screen.view.replace_marks(changed, self._marks(highlights, heads))

    def _sync_proposals(self, now: Mapping[str, Suggestion]) -> None:
        """Give the view the proposals that came, and take those away that went."""
        before, self._proposed = self._proposed, now
        if now is not before:
            marks = [
                Mark(name, tuple(span.extent for span in each.spans), sign="?")
                for name, each in now.items()
                if before.get(name) is not each
            ]
            gone = {name for name in before if now.get(name) is not before[name]}
            self.screen.view.replace_marks(gone | {m.id for m in marks}, marks)

    def _marks(self, highlights: Sequence[Placed], heads: Sequence[ArticleRecord]) -> list[Mark]:
        """What the article view draws: of each highlight one mark a tag, in the tag's colour."""
        book, unsaved = self.screen.desk.codebook, self.screen.place.annotations.unsaved
        found: list[Mark] = []
        looks: dict[str, tuple[str, int]] = {}  # of each tag once, however many carry it
        for placed in highlights:
            record = placed.record
            sign = "changed" if placed.fit == "changed" else ""
            sign = "hollow" if record.id in unsaved else sign
            for tag in record.tags or ("",):
                if tag not in looks:
                    looks[tag] = book.colour(tag), book.slot(tag)
                found.append(Mark(record.id, placed.extents, *looks[tag], sign))
        headline = self.screen.place.article.headline
        if headline is not None:
            for head in heads:
                looked = ((book.colour(tag), book.slot(tag)) for tag in head.tags)
                found += [Mark(head.id, (headline,), *look, "whole") for look in looked]
        return found

    def _other(self, claim: str) -> OtherClaim | None:
        """What the panel says of the claim at the other end of a link."""
        found = self.screen.desk.claim_of(claim)
        if found is None:
            return None
        record, entry = found
        source = record.chain[-1].source.text if record.chain else ""
        return OtherClaim(record.statement, source, entry.id, entry.published)

    def _sync_side(self) -> None:
        """Show the panel, the form, the codebook or the help at the side."""
        side = self.screen.side
        if side == "panel" and self.screen.form is not None:
            side = "form"
        for pane in self.screen.query_one("#side").children:
            pane.display = pane.id == side
            if pane.id == "form" and self.screen.form is not None:
                cast("ClaimForm", pane).show(self.screen.form, self._field_keys())
        if side == "codebook":
            self.screen.codebook.show()
        elif side == "panel":
            self.screen.close_lists()
        mode = self.screen.mode
        for rows in self._lists():
            rows.active = rows.id == mode
        self.lay_out()

    def _field_keys(self) -> dict[str, str]:
        """The keys of the open claim's rows, as this keymap has them."""
        keymap, form = self.screen.keymap, self.screen.form
        rows = {"chain": "claim.chain", "grade": "grade.start", "tags": "tag.picker"}
        found = {name: keymap.label_of(action, "form") for name, action in rows.items()}
        own = keymap.label_of("claim.field-own", "form")
        for field in form.fields if form else ():
            if field.name.startswith("field:"):
                found[field.name] = own + field.letter if field.letter else ""
            else:
                found[field.name] = keymap.label_of(f"claim.field-{field.name}", "form")
        return found

    def show_list(self, *, asked: bool = False) -> None:
        """Show the articles read so far; while many are read, now and then, or where `asked`."""
        screen, scanning = self.screen, self.screen.scanning
        if not (asked or scanning.list_due):
            return
        entries, passed = screen.desk.listed(), len(screen.desk.passed)
        stamp = screen.sifting.stamp if screen.foot is not None else None
        now = (entries, scanning.under_way, scanning.progress(), passed, stamp)
        if now == self._listed:
            return
        self._listed = now
        standing = Standing(scanning.under_way, scanning.progress(), passed)
        if screen.foot is None:  # the first paint has no time for filter and order
            screen.list.show(entries, standing, opened=screen.place.article.id)
        else:
            screen.sifting.show(entries, standing)

    def show_progress(self) -> None:
        """Show the articles read so far, and on the status line how far that is."""
        self.show_list()
        self.show_doing()

    def show_doing(self) -> None:
        """Say on the status line what takes long, and what a key means by now."""
        line = self.screen.query_one(StatusLine)
        line.show(replace(line.situation, target=self._target(), doing=self._doing()))

    def _doing(self) -> str:
        if self.screen.foot is None:
            return self.screen.scanning.words()
        working, sifting = self.screen.working, self.screen.sifting
        return working.words() or self.screen.scanning.words() or sifting.doing()

    def lay_out(self) -> None:
        """As many panes as fit: three from 120 cells, two from 100, else one at a time."""
        width = (self.screen.size or self.screen.app.size).width  # none before the first layout
        beside = self.screen.form is not None or self.screen.review is not None
        side_open = self.screen.side != "panel" or beside
        if self.screen.text_only and not side_open:
            shown = {"article"} if self.screen.pane == "article" else {self.screen.pane}
        elif self.screen.side != "panel":
            alone = width < ROOMY or self.screen.side == "claims"  # a table wants width
            shown = {"side"} if alone else {"article", "side"}
        elif width >= THREE_PANES:
            shown = {"list", "article", "side"}
        elif width >= TWO_PANES:
            listing = self.screen.pane == "list" and not beside
            shown = {"list", "article"} if listing else {"article", "side"}
        elif beside:
            shown = {"article", "side"}  # over and under: the text is what a claim is judged by
        else:
            shown = {"side" if self.screen.pane == "panel" else self.screen.pane}
        shown = {"side" if name == "panel" else name for name in shown}
        for name in ("list", "article", "side"):
            self.screen.query_one(f"#{name}").display = name in shown
        narrow = width < TWO_PANES
        stacked = narrow and {"article", "side"} <= shown
        self.screen.query_one("#desk").set_class(stacked, "stacked")
        self.screen.set_class(narrow, "narrow")
        self.screen.set_class(width >= ROOMY, "roomy")
        self.screen.set_class(self.screen.side != "panel", "leafing")

    # the status line

    def show_status(self) -> None:
        """Say the mode, what the next key acts on, and whether all is saved."""
        line = self.screen.query_one(StatusLine)
        mode = self.screen.typing or self.screen.mode
        line.show(
            Situation(
                mode=mode,
                target=self._target(),
                pending=self.screen.desk.pending,
                failed=self.screen.desk.failed,
                analyst=self.screen.desk.analyst,
                slots=() if mode in NO_SLOTS else self._slots(),
                keys=self._few_keys(mode),
                doing=self._doing(),
            )
        )
        self.show_foot()

    def _few_keys(self, mode: str) -> tuple[Hint, ...]:
        """The few keys that matter now; that more of it can be done only where it can."""
        confirming = self.screen.confirming
        kind = self._focus_kind()
        if confirming is not None and mode == "confirm":
            kind = "" if confirming.widen else "single"
        return few_keys(self.screen.keymap, mode, kind)

    def show_foot(self) -> None:
        """Say what is to be said, once there is a foot to say it, and keep what matters above."""
        screen, foot = self.screen, self.screen.foot
        if foot is None:
            return
        said = screen.confirming.words if screen.confirming else screen.message
        foot.say(said, self._waiting(), screen.touring.words())
        stacked = screen.query_one("#desk").has_class("stacked")  # then the form lies below
        screen.view.cover(0 if stacked else foot.reach)
        used = self._list_in_use()
        for rows in self._lists():
            rows.cover(max(0, foot.reach - BLANK) if rows.id == used else 0)

    def _lists(self) -> Iterator[RowList]:
        """The lists of the desk; looking through all that is on the screen takes a millisecond."""
        yield self.screen.list
        for pane in self.screen.query_one("#side").children:
            if isinstance(pane, RowList):
                yield pane

    def _list_in_use(self) -> str:
        """The list that the analyst looks at while keys go elsewhere; empty: the article."""
        if self.screen.side != "panel":
            return self.screen.side
        if self.screen.form is not None:
            return "form"
        return "panel" if self.screen.review is not None else self.screen.pane

    def fit_foot(self) -> None:
        """Bring what is said in line with a new size of the screen."""
        if self.screen.foot is not None:
            self.screen.foot.fit()
            self.show_status()

    def _waiting(self) -> Wait | None:
        """What a waiting prefix may be followed by: own fields by their names, or not at all."""
        screen = self.screen
        if screen.grading and screen.grading != "nothing" and not screen.message:
            waiting = screen.keymap.waiting("grade", ())
            grades = tuple(c for c in waiting.choices if c.action.startswith("grade."))
            return replace(waiting, choices=grades)  # the others are those of every mode
        waiting = screen.waiting
        if waiting is None:
            return None
        offers: list[Offer] = []
        for offer in waiting.choices:
            offers += self._own_fields(offer) if offer.action == OWN_FIELD else [offer]
        return replace(waiting, choices=tuple(offers))

    def _own_fields(self, offer: Offer) -> Iterator[Offer]:
        """The workspace's own fields that an offer of all their digits, or of one, stands for."""
        first, several, _ = offer.key.partition("–")
        fields = self.screen.desk.settings.fields[:9]
        for number, spec in enumerate(fields, 1):
            if several or first.endswith(str(number)):
                label = spec.label or spec.name
                yield replace(offer, key=f"{first[:-1]}{number}", label=label)

    def _target(self) -> str:
        """What the next key acts on."""
        screen = self.screen
        mode = screen.mode
        if screen.grading:
            return screen.grades.words()
        if mode in ("help", "confirm"):  # what is to be confirmed says itself what it is about
            return ""
        if mode in ("list", "codebook"):
            return self._row_words()
        if mode == "differences":
            return screen.differing.words()
        if mode == "search":
            return screen.searching.target()
        if screen.telling is not None:
            return screen.telling.target()
        if screen.review is not None:
            return screen.review.words()
        orphan = screen.place.annotations.highlight(screen.placing)
        if orphan is not None:
            return f"words for {quoted(joined_quote(orphan.record.spans))}"
        if screen.form is not None and screen.place.anchor is None:
            return "new claim, not saved yet" if screen.form.new else "open claim"
        if screen.query_one("#side").display:
            return screen.place.words()
        return screen.place.words(self._standing())

    def _standing(self) -> str:
        """What the panel would say of what is in focus: status and grade of a claim, or tags."""
        place = self.screen.place
        claim, placed = place.focused_claim(), place.focused_highlight()
        if claim is not None:
            status, _ = status_words(place.annotations.status(claim))
            return " · ".join(filter(None, (status, grade_of(claim))))
        return ", ".join(self.screen.desk.codebook.resolved(placed.record.tags)) if placed else ""

    def _row_words(self) -> str:
        """The row under the cursor: a tag by its path, an article by its title."""
        key = self.screen.rows.key
        if key is None:
            return "nothing"
        if self.screen.mode == "codebook":
            return key[0]
        entry = self.screen.list.entry
        return entry.title or entry.path if entry is not None else "nothing"

    def _focus_kind(self) -> str:
        focus = self.screen.place.focus
        if focus and focus in self.screen.place.annotations.altered:
            return "altered"
        placed = self.screen.place.annotations.highlight(focus)
        if placed is not None and placed.unsettled:
            return placed.fit
        if focus in self.screen.place.proposals:
            return "proposal"
        if self.screen.place.focused_link() is not None:
            return "link"
        return ("claim" if self.screen.place.focused_claim() else "highlight") if focus else ""

    def _slots(self) -> tuple[SlotHint, ...]:
        book = self.screen.desk.codebook
        tags = sorted((tag for tag in book.tags if tag.slot), key=lambda tag: tag.slot)
        return tuple(SlotHint(tag.slot, tag.name, book.colour(tag.path)) for tag in tags)
