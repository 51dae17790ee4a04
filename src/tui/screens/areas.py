"""The areas of keys of the desk, each imported when it is first wanted.

The first paint wants hardly any of them; what all keys do is put together right after it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from tui.screens.accepting import Accepting
    from tui.screens.asking import Asking
    from tui.screens.claiming import Claiming
    from tui.screens.claims import ClaimsHands
    from tui.screens.codebook import CodebookHands
    from tui.screens.commanding import Commanding
    from tui.screens.differing import Differing
    from tui.screens.encoding import EncodingHands
    from tui.screens.exporting import ExportHands
    from tui.screens.forms import Forms
    from tui.screens.going import Going
    from tui.screens.grading import Grading
    from tui.screens.handling import Run
    from tui.screens.importing import ImportHands
    from tui.screens.leaving import Leaving
    from tui.screens.marking import Marking
    from tui.screens.moving import Moving
    from tui.screens.panes import Panes
    from tui.screens.proposing import Proposing
    from tui.screens.reading import ReadingScreen
    from tui.screens.reviewing import Reviewing
    from tui.screens.saving import SavingNames
    from tui.screens.searching import SearchHands
    from tui.screens.sifting import Sifting
    from tui.screens.telling import Telling
    from tui.screens.timeline import TimelineHands
    from tui.screens.visiting import Visiting
    from tui.screens.working import Working


class Areas:
    """A part of the reading screen: who does what a key says."""

    @property
    def _screen(self) -> ReadingScreen:
        return cast("ReadingScreen", self)

    @cached_property
    def asking(self) -> Asking:
        """Questions, offers and the user's own editor."""
        from tui.screens.asking import Asking

        return Asking(self._screen)

    @cached_property
    def working(self) -> Working:
        """What takes long, in slices."""
        from tui.screens.working import Working

        return Working(self._screen)

    @cached_property
    def moving(self) -> Moving:
        """Motions and search."""
        from tui.screens.moving import Moving

        return Moving(self._screen)

    @cached_property
    def panes(self) -> Panes:
        """Which pane has the keys, and the lists."""
        from tui.screens.panes import Panes

        return Panes(self._screen)

    @cached_property
    def sifting(self) -> Sifting:
        """Filter and order of the article list."""
        from tui.screens.sifting import Sifting

        return Sifting(self._screen)

    @cached_property
    def saving(self) -> SavingNames:
        """Filters that are kept under names."""
        from tui.screens.saving import SavingNames

        return SavingNames(self._screen)

    @cached_property
    def visiting(self) -> Visiting:
        """What came since the last visit."""
        from tui.screens.visiting import Visiting

        return Visiting(self._screen)

    @cached_property
    def out(self) -> Leaving:
        """The ways out."""
        from tui.screens.leaving import Leaving

        return Leaving(self._screen)

    @cached_property
    def forms(self) -> Forms:
        """The claim form as it opens and closes."""
        from tui.screens.forms import Forms

        return Forms(self._screen)

    @cached_property
    def marking(self) -> Marking:
        """Highlights, tags, notes, selections."""
        from tui.screens.marking import Marking

        return Marking(self._screen)

    @cached_property
    def claiming(self) -> Claiming:
        """Claims, their fields and links."""
        from tui.screens.claiming import Claiming

        return Claiming(self._screen)

    @cached_property
    def grades(self) -> Grading:
        """Grades of sources and of what they say."""
        from tui.screens.grading import Grading

        return Grading(self._screen)

    @cached_property
    def reviewing(self) -> Reviewing:
        """One key a decision."""
        from tui.screens.reviewing import Reviewing

        return Reviewing(self._screen)

    @cached_property
    def accepting(self) -> Accepting:
        """Many claims accepted at once."""
        from tui.screens.accepting import Accepting

        return Accepting(self._screen)

    @cached_property
    def proposing(self) -> Proposing:
        """What the machine proposes."""
        from tui.screens.proposing import Proposing

        return Proposing(self._screen)

    @cached_property
    def going(self) -> Going:
        """Articles, records, and confirming."""
        from tui.screens.going import Going

        return Going(self._screen)

    @cached_property
    def commanding(self) -> Commanding:
        """What stands behind `:`, and the help."""
        from tui.screens.commanding import Commanding

        return Commanding(self._screen)

    @cached_property
    def codebook(self) -> CodebookHands:
        """The codebook as it is edited."""
        from tui.screens.codebook import CodebookHands

        return CodebookHands(self._screen)

    @cached_property
    def encoding(self) -> EncodingHands:
        """The encoding that an article is read in."""
        from tui.screens.encoding import EncodingHands

        return EncodingHands(self._screen)

    @cached_property
    def exporting(self) -> ExportHands:
        """What is written for others."""
        from tui.screens.exporting import ExportHands

        return ExportHands(self._screen)

    @cached_property
    def importing(self) -> ImportHands:
        """What others have written."""
        from tui.screens.importing import ImportHands

        return ImportHands(self._screen)

    @cached_property
    def differing(self) -> Differing:
        """How the revisions of an article differ."""
        from tui.screens.differing import Differing

        return Differing(self._screen)

    @cached_property
    def timeline(self) -> TimelineHands:
        """The claims by the time they are about."""
        from tui.screens.timeline import TimelineHands

        return TimelineHands(self._screen)

    @cached_property
    def claims(self) -> ClaimsHands:
        """The claims as a table."""
        from tui.screens.claims import ClaimsHands

        return ClaimsHands(self._screen)

    @cached_property
    def searching(self) -> SearchHands:
        """Search in all articles."""
        from tui.screens.searching import SearchHands

        return SearchHands(self._screen)

    @property
    def telling(self) -> Telling | None:
        """The list of claims that is open at the side."""
        side = self._screen.side
        return self.timeline if side == "timeline" else self.claims if side == "claims" else None

    def close_lists(self) -> None:
        """No list of claims is at the side: of what they hold only little is kept."""
        for name in ("claims", "timeline"):
            opened: Telling | None = self.__dict__.get(name)
            if opened is not None:
                opened.close()

    def all_runs(self) -> dict[str, Run]:
        """The method of each action; raises ValueError if two claim one."""
        from tui.screens.handling import gathered

        return gathered(
            (
                self.moving,
                self.marking,
                self.claiming,
                self.grades,
                self.reviewing,
                self.going,
                self.panes,
                self.sifting,
                self.out,
                self.commanding,
                self.codebook,
                self.encoding,
                self.differing,
                self.timeline,
                self.claims,
                self.searching,
            )
        )
