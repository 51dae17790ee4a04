"""Learning from what the analyst took and dropped: at once in memory, then by the writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.desk.events import Changed, DeskError
from tui.desk.revising import Revising
from tui.model.ids import folder_of
from tui.store import StoreError

if TYPE_CHECKING:
    from tui.analysis import Suggestion
    from tui.analysis.learning import Learner
    from tui.model.learned import Learned
    from tui.store.learners import LearnerFile


class Learning(Revising):
    """The learner of one analyst and workspace; its file is read when it is first asked for."""

    _learner: Learner | None = None

    @property
    def learner(self) -> Learner:
        """What it is now, changes that are still to be saved included.

        Where its file cannot be used it begins anew, for this session; `troubles` says why.
        """
        if self._learner is None:
            from tui.analysis.learning import Learner
            from tui.model.learned import Learned

            try:
                learned = self._learner_file.load()
            except StoreError as error:
                self._tell_once(str(error))
                learned = Learned()
            self._learner = Learner.of(learned)
        return self._learner

    def ranked(self, proposals: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
        """The same proposals in the same order, each with the rank that the learner gives it.

        It is that of the rules while nothing was decided yet, and while the learner is off.
        """
        if not proposals or not (self.learner.on and self.learner.decisions):
            return tuple(proposals)
        from tui.analysis.features import features_of

        score = self.learner.score
        return tuple(replace(p, rank=round(score(features_of(p)), 4)) for p in proposals)

    def learn(self, decisions: Sequence[tuple[Suggestion, bool]]) -> None:
        """Learn from proposals as the rules gave them, each with whether it was taken.

        One that was learned from before is learned anew. Nothing while the learner is off.
        """
        if not (decisions and self.learner.on):
            return
        from tui.analysis.features import features_of
        from tui.analysis.learning import lesson_of, told

        lessons = [lesson_of(p.id, features_of(p), accepted) for p, accepted in decisions]
        self._learner = self.learner.taught(lessons)
        self._save_learned(partial(told, lessons=lessons))

    def unlearn(self, ids: Sequence[str]) -> None:
        """Be as if these proposals had never been decided on; those not learned from are none.

        Also while the learner is off: what was taken back must not come back with it.
        """
        if not ids:
            return
        from tui.analysis.learning import untold

        self._learner = self.learner.forgotten(*ids)
        self._save_learned(partial(untold, ids=tuple(ids)))

    def set_learning(self, on: bool) -> None:
        """Turn the learner on or off; what it has learned stays.

        Raises DeskError if its file cannot be used, and so cannot say it either.
        """
        self._usable()
        self._learner = self.learner.switched(on)
        self._save_learned(lambda learned: replace(learned, on=on))

    def reset_learner(self) -> str:
        """Forget everything, at once on the disk too; it stays on or off.

        Returns a sentence if the file could not be used and was set aside. Raises DeskError if it
        cannot be written, or was written by a newer version.
        """
        from tui.analysis.learning import Learner
        from tui.model.learned import Learned

        self.flush()
        fresh = Learned(on=self.learner.on)
        try:
            with self._store.alone():
                kept = self._learner_file.renew(fresh)
        except StoreError as error:
            raise DeskError(str(error), 3) from error
        self._learner = Learner.of(fresh)
        return kept

    def poll(self) -> None:
        """Look for what other processes learned too."""
        super().poll()
        if self._learner is None or self.pending:
            return
        try:
            learned = self._learner_file.load()
        except StoreError as error:
            self._tell_once(str(error))
            return
        if learned != self._learner.learned:
            from tui.analysis.learning import Learner

            self._learner = Learner.of(learned)
            self._writer.post(Changed("", frozenset(), "learner"))

    @cached_property
    def _learner_file(self) -> LearnerFile:
        from tui.store.learners import LearnerFile

        return LearnerFile(self.annotations_dir, folder_of(self.analyst))

    def _save_learned(self, edit: Callable[[Learned], Learned]) -> None:
        """Have the writer make the change in the file as it is then: others may have changed it."""
        self._save_later(lambda: self._change_learned(edit))

    def _change_learned(self, edit: Callable[[Learned], Learned]) -> None:
        from tui.store.learners import UnreadableError

        try:
            self._learner_file.change(edit)
        except UnreadableError as error:  # annotations must not wait for it to be mended
            self._tell_once(str(error))

    def _usable(self) -> None:
        try:
            self._learner_file.load()
        except StoreError as error:
            raise DeskError(str(error)) from error

    def _tell_once(self, trouble: str) -> None:
        if trouble not in self.troubles:
            self.troubles.append(trouble)
