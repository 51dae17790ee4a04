"""Many claims at once, in one step: reviewed, or graded alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from msgspec import Struct, field

from tui.desk import edits, sealing
from tui.desk.conflicting import Conflicting
from tui.desk.events import DeskError
from tui.desk.queueing import Waiting
from tui.model.ids import new_id
from tui.model.records import Change, Claim, Highlight, Step
from tui.model.steps import Far, Steps, through
from tui.model.views import Annotations, graded_hop
from tui.model.wording import counted

_AT_ONCE = 100  # claims of a step


class Meant(Struct, frozen=True):
    """One claim of many, its highlight, the annotations of its article, and the outlet of that."""

    claim: Claim
    highlight: Highlight
    notes: Annotations
    outlet: str = ""


class Done(Struct):
    """What is done to many at once, until it is kept: sealed changes at a time, in some articles.

    `since` counts the steps of this session before, `count` the claims, and `off` says that
    something is taken off all.
    """

    time: str
    articles: frozenset[str]
    since: int
    count: int
    off: bool
    changes: list[Change] = field(default_factory=list[Change])
    texts: dict[str, str] = field(default_factory=dict[str, str])
    first: Meant | None = None

    @property
    def named(self) -> str:
        """The claims in a few words: the only one by its own."""
        only = self.first if self.count == 1 else None
        return edits.named(only.claim) if only is not None else counted(self.count, "claim")


Make = Callable[[Meant], Change | None]


class Bulk(Conflicting):
    """What is done to many claims is one step: `undo` takes it back whole.

    No text is read for it, unless an article gets its first annotation of this analyst. Where there
    are very many, it is done in steps, of which nothing is left if they are closed before the last.
    """

    def review_all(
        self, claim_ids: Sequence[str], decision: str, reason: str = "", flag: bool | None = None
    ) -> Step | None:
        """Decide on claims as they are now, as `review` does on one.

        Raises DeskError (code 1), and changes nothing, if one is not there any more.
        """
        return through(self.reviewing(claim_ids, decision, reason, flag))

    def reviewing(
        self, claim_ids: Sequence[str], decision: str, reason: str = "", flag: bool | None = None
    ) -> Steps[Step | None]:
        """The same in steps."""
        verb = decision if decision != "none" else "unflag" if flag is False else "flag"
        done = yield from self._to_all(
            claim_ids, lambda each: self._decided(each, decision, reason, flag)
        )
        return self._kept_as(f"{verb} {done.named}", done)

    def accept_all(self, chosen: Sequence[Waiting]) -> Step | None:
        """Accept drafts, and take proposals, all in one step."""
        return through(self.accepting(chosen))

    def accepting(self, chosen: Sequence[Waiting]) -> Steps[Step | None]:
        """The same in steps."""
        places: dict[str, list[Waiting]] = {}
        for each in chosen:
            places.setdefault(self._known.canonical(each.article), []).append(each)
        done = Done(sealing.now(), frozenset(places), len(self._session), len(chosen), off=False)
        taken, total = list[Claim](), 0
        for article, some in places.items():
            with self._memory.borrowing():
                drafts = [each.id for each in some if each.kind == "draft"]
                changes = [self._decided(each, "accept") for each in self._meant(article, drafts)]
                proposed = [each.id for each in some if each.kind == "proposal"]
                for _, proposal in self._chosen_proposals({article: proposed} if proposed else {}):
                    taken.append(self.proposed_claim(article, proposal))
                    changes += self._accepted(taken[-1], proposal)
                done.changes += self._sealed(changes, done.time, done.texts)
            total += len(some)
            yield Far("accepting", total, len(chosen), "claims")
        what = edits.named(taken[0]) if len(chosen) == len(taken) == 1 else done.named
        step = self._kept_as(f"accept {what}", done)
        self._meet_sources(taken)
        return step

    def flagging(self, claim_ids: Sequence[str]) -> Steps[Step | None]:
        """Flag claims, in steps; where all of them are flagged, the flags are taken off."""
        done = yield from self._to_all(
            claim_ids,
            lambda each: self._decided(each, "none", flag=True),
            lambda each: each.notes.status(each.claim).flagged,
            lambda each: self._decided(each, "none", flag=False),
        )
        return self._kept_as(f"{'unflag' if done.off else 'flag'} {done.named}", done)

    def grade_all(self, claim_ids: Sequence[str], letter: str = "", digit: str = "") -> Step | None:
        """Give claims the same grade; where all of them have it, it is taken off.

        The letter goes to the graded hop of each, and a half that is not given stays. Raises
        DeskError (code 1), and changes nothing, if one names no source to hold the letter.
        """
        return through(self.grading(claim_ids, letter, digit))

    def grading(
        self, claim_ids: Sequence[str], letter: str = "", digit: str = ""
    ) -> Steps[Step | None]:
        """The same in steps."""
        letter, nameless, several = letter.upper(), 0, len(claim_ids) > 1

        def put(each: Meant) -> Change:
            nonlocal nameless
            if letter and several and not (each.claim.chain or each.outlet):
                nameless += 1
                return Change(each.claim, each.claim)
            half = letter if letter_of(each.claim) != letter else ""
            other = digit if each.claim.credibility != digit else ""
            return Change(each.claim, edits.graded(each.claim, half, other, each.outlet))

        done = yield from self._to_all(
            claim_ids,
            put,
            lambda each: _has(each.claim, letter, digit),
            lambda each: Change(each.claim, edits.graded(each.claim, letter, digit, each.outlet)),
        )
        if nameless:
            raise DeskError(
                f"{nameless} of {counted(done.count, 'claim')} name no source to hold the letter: "
                "fill that in, or leave them out",
                1,
            )
        grade = f"{letter}{digit}"
        label = f"take {grade} off {done.named}" if done.off else f"grade {done.named} {grade}"
        return self._kept_as(label, done)

    def tagging(
        self, claim_ids: Sequence[str], path: str, on: bool | None = None
    ) -> Steps[Step | None]:
        """Put a tag on all highlights that claims rest on, or take it off, in steps.

        None takes it off if all of them have it.
        """
        book, seen = self.codebook, set[str]()
        path = book.resolve(path)

        def toggled(each: Meant, on: bool) -> Change | None:
            new = each.highlight.id not in seen
            seen.add(each.highlight.id)
            return edits.toggled([each.highlight], path, on, book)[0] if new else None

        done = yield from self._to_all(
            claim_ids,
            lambda each: toggled(each, on is not False),
            lambda each: on is None and path in book.resolved(each.highlight.tags),
            lambda each: toggled(each, False),
        )
        gone = done.off or on is False
        first = done.first.highlight if done.first is not None else None
        what = edits.named(first) if first and len(seen) == 1 else counted(len(seen), "highlight")
        return self._kept_as(
            f"{'take' if gone else 'put'} {path} {'off' if gone else 'on'} {what}", done
        )

    def _decided(
        self, each: Meant, decision: str, reason: str = "", flag: bool | None = None
    ) -> Change:
        reviews = each.notes.reviews_of(each.claim.id)
        return self._reviewed(each.claim, reviews, decision, reason, flag)

    def _to_all(
        self,
        claim_ids: Iterable[str],
        put: Make,
        has: Callable[[Meant], bool] = lambda _: False,
        off: Make | None = None,
    ) -> Steps[Done]:
        """What `put` makes of claims, or `off` of them if all have it; an article at a time.

        Raises DeskError (code 1) if one is not there as it is shown to the analyst.
        """
        there, total = (yield from self._where_they_are(claim_ids)), 0
        count = sum(map(len, there.values()))
        done = Done(sealing.now(), frozenset(there), len(self._session), count, off is not None)
        for article, names in there.items():
            changes: list[Change | None] = []
            coming = self._meant(article, names)
            for start in range(0, len(names), _AT_ONCE):
                with self._memory.borrowing():
                    for each in islice(coming, _AT_ONCE):
                        done.first = done.first or each
                        if done.off and not has(each):  # those that have it stay as they are
                            done.off, done.changes = False, []
                            changes.clear()
                        changes.append(off(each) if done.off and off is not None else put(each))
                total += len(names[start : start + _AT_ONCE])
                yield Far("reading", total, count, "claims")
            with self._memory.borrowing():
                real = (change for change in changes if change is not None)
                done.changes += self._sealed(real, done.time, done.texts)
        return done

    def _kept_as(self, label: str, done: Done) -> Step | None:
        """Make one step of it, unless something of it was changed meanwhile."""
        self._refuse_changed(done.articles, done.since)
        if not done.changes:
            return None
        return self._commit(Step(new_id(), label, done.time, tuple(done.changes)), done.texts)

    def _where_they_are(self, claim_ids: Iterable[str]) -> Steps[dict[str, list[str]]]:
        """Claims by their articles, each once."""
        names, found = list(dict.fromkeys(claim_ids)), dict[str, list[str]]()
        for start in range(0, len(names), _AT_ONCE):
            some = names[start : start + _AT_ONCE]
            known = self._articles_of(some)
            for name in some:
                article = known.get(name) or self._record(name).article
                found.setdefault(self._known.canonical(article), []).append(name)
            yield Far("looking", start, len(names), "claims")
        return found

    def _articles_of(self, claim_ids: Iterable[str]) -> Mapping[str, str]:
        """The articles of claims, as far as that is known without reading any."""
        known = ((name, self._memory.article_of(name)) for name in claim_ids)
        return {name: article for name, article in known if article is not None}

    def _meant(self, article: str, claim_ids: Iterable[str]) -> Iterator[Meant]:
        self._state(article)
        notes, outlet = self._unplaced(article), self._head(article).outlet
        resting = {claim.id: name for name, claims in notes.claims.items() for claim in claims}
        for name in claim_ids:
            self._record(name)  # which says so if it has been deleted
            claim = notes.claim(name)
            if claim is None:
                raise DeskError("one of these claims is not there as it is shown: look again", 1)
            yield Meant(claim, notes.places[resting[name]].record, notes, outlet)


def letter_of(claim: Claim) -> str:
    """The letter that a claim shows."""
    index = graded_hop(claim.chain)
    return claim.chain[index].reliability if index is not None else ""


def _has(claim: Claim, letter: str, digit: str) -> bool:
    return letter in ("", letter_of(claim)) and digit in ("", claim.credibility)
