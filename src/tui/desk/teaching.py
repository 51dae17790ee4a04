"""What a step decides on proposals teaches the learner; what it takes back is unlearned."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.desk.events import DeskError
from tui.desk.proposing import Proposing
from tui.model.records import Change, Decision, Record, Step

if TYPE_CHECKING:
    from tui.analysis import Suggestion


class Teaching(Proposing):
    """Every way to a decision and back comes through here: keys, `:accept`, undo and redo."""

    def _commit(self, step: Step, texts: dict[str, str]) -> Step:
        done = super()._commit(step, texts)
        self._teach(done.changes)
        return done

    def _teach(self, changes: Iterable[Change]) -> None:
        taken_back: list[str] = []
        decided: list[tuple[Suggestion, bool]] = []
        for before, after in changes:
            if not isinstance(after, Decision) or after.by != self.analyst:
                continue
            if _stands(after):
                proposal = self._decided_on(after)
                decided += [(proposal, after.decision == "accept")] if proposal is not None else []
            elif isinstance(before, Decision) and _stands(before):
                taken_back.append(before.suggestion)
        self.unlearn(taken_back)
        self.learn(decided)

    def _decided_on(self, decision: Decision) -> Suggestion | None:
        """The proposal of a decision, as the rules make it of today's text; None if they do not.

        Whoever decides has what is proposed at hand: no text is read anew for this.
        """
        if not decision.quote:  # on a link
            return None
        with suppress(DeskError):
            article = self.article(decision.article)
            found = self._at_hand(self._suggestions_key(article))
            for proposal in found.proposals if found is not None else ():
                if proposal.id == decision.suggestion:
                    return proposal
        return None


def _stands(record: Record) -> bool:
    return (
        isinstance(record, Decision)
        and not record.deleted
        and record.decision in ("accept", "reject")
    )
