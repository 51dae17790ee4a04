"""Many claims at once, in one step: reviewed, or graded alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from tui.desk import edits
from tui.desk.conflicting import Conflicting
from tui.desk.events import DeskError
from tui.model.records import Change, Claim, Step
from tui.model.views import Annotations, graded_hop
from tui.model.wording import counted


class Meant(Struct, frozen=True):
    """One claim of many, the annotations of its article, and the outlet of that."""

    claim: Claim
    notes: Annotations
    outlet: str = ""


class Bulk(Conflicting):
    """What is done to many claims is one step: `undo` takes it back whole.

    No text is read for it, unless an article gets its first annotation of this analyst.
    """

    def review_all(
        self, claim_ids: Sequence[str], decision: str, reason: str = "", flag: bool | None = None
    ) -> Step | None:
        """Decide on claims as they are now, as `review` does on one.

        Raises DeskError (code 1), and changes nothing, if one is not there any more.
        """
        meant = self._meant(claim_ids)
        changes = [
            self._reviewed(each.claim, each.notes.reviews_of(each.claim.id), decision, reason, flag)
            for each in meant
        ]
        verb = decision if decision != "none" else "unflag" if flag is False else "flag"
        return self._do(f"{verb} {_named(meant)}", changes)

    def flagged(self, claim_ids: Sequence[str]) -> bool:
        """Whether all of some claims are flagged."""
        meant = self._meant(claim_ids)
        return bool(meant) and all(each.notes.status(each.claim).flagged for each in meant)

    def grade_all(self, claim_ids: Sequence[str], letter: str = "", digit: str = "") -> Step | None:
        """Give claims the same grade; where all of them have it, it is taken off.

        The letter goes to the graded hop of each, and a half that is not given stays. Raises
        DeskError (code 1), and changes nothing, if one names no source to hold the letter.
        """
        meant = self._meant(claim_ids)
        letter = letter.upper()
        off = all(_has(each.claim, letter, digit) for each in meant)
        changes = graded_alike(meant, letter, digit, off=off)
        grade = f"{letter}{digit}"
        label = f"take {grade} off {_named(meant)}" if off else f"grade {_named(meant)} {grade}"
        return self._do(label, changes)

    def _resting_of(self, claim_ids: Sequence[str]) -> list[str]:
        """The highlights that claims rest on as they are shown, each once."""
        shown = {
            claim.id: highlight
            for notes in {id(each.notes): each.notes for each in self._meant(claim_ids)}.values()
            for highlight, claims in notes.claims.items()
            for claim in claims
        }
        return list(dict.fromkeys(shown[name] for name in claim_ids))

    def _meant(self, claim_ids: Iterable[str]) -> list[Meant]:
        """Claims as they are shown to the analyst; DeskError (code 1) if one is not there."""
        return list(self._each(dict.fromkeys(claim_ids)))

    def _each(self, claim_ids: Iterable[str]) -> Iterator[Meant]:
        self._catch_up()
        known: dict[str, tuple[Annotations, str]] = {}
        for name in claim_ids:
            article = self._known.canonical(self._record(name).article)
            if article not in known:
                known[article] = self._unplaced(article), self._head(article).outlet
            notes, outlet = known[article]
            claim = notes.claim(name)
            if claim is None:
                raise DeskError("one of these claims is not there as it is shown: look again", 1)
            yield Meant(claim, notes, outlet)


def graded_alike(meant: Sequence[Meant], letter: str, digit: str, *, off: bool) -> list[Change]:
    """The same grade for all claims; with `off`, which all of them have, taken off them.

    Raises DeskError for a letter or digit that there is not, or where a claim has no hop for it.
    """
    nameless = sum(not (each.claim.chain or each.outlet) for each in meant) if letter else 0
    if nameless and len(meant) > 1:
        raise DeskError(
            f"{nameless} of {counted(len(meant), 'claim')} name no source to hold the letter: "
            "fill that in, or leave them out",
            1,
        )
    changes: list[Change] = []
    for each in meant:
        half = letter if off or letter_of(each.claim) != letter else ""
        other = digit if off or each.claim.credibility != digit else ""
        changes.append(Change(each.claim, edits.graded(each.claim, half, other, each.outlet)))
    return changes


def letter_of(claim: Claim) -> str:
    """The letter that a claim shows."""
    index = graded_hop(claim.chain)
    return claim.chain[index].reliability if index is not None else ""


def _has(claim: Claim, letter: str, digit: str) -> bool:
    return letter in ("", letter_of(claim)) and digit in ("", claim.credibility)


def _named(meant: Sequence[Meant]) -> str:
    """Claims in a few words: the only one by its own."""
    return edits.named(meant[0].claim) if len(meant) == 1 else counted(len(meant), "claim")
