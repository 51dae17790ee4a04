"""Two statements beside each other: words, figures, times and sources that they share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from tui.analysis.accounts import Account
from tui.analysis.content_words import Weigh, shared
from tui.analysis.figure_words import SAMPLES
from tui.analysis.figures import Figure, comparable
from tui.analysis.origins import known_apart, same_origin
from tui.analysis.shingles import Likeness, likeness
from tui.model.wording import counted

_ALIKE = 0.5  # of the shingles of two statements that are the same word for word, or
_CONTAINED = 0.8  # of the shorter one, if it is long enough
_FEWEST, _LONG = 3, 8  # shingles that both share at least; that a longer text may hold
_UNTOLD = 6  # shingles that both share at least where the words alone tell the source
_SLOT = 0.5  # of the words beside two figures that stand in the same place of the same words
_NEAR_ALIKE = 0.3  # of those beside two figures in other words
_SLOTTED = 2  # such words at least
_NAMED = 0.2  # of the names in two statements, their sentences and titles
_TOLD = 0.2  # of the telling words of two statements
_NAMELESS = 0.35  # of those, where one names nobody
_LONG_APART = 100  # days between two articles, if it is not told what time they are about
# How much each part of two statements tells of whether they are about the same thing.
_NEAR, _OWN, _AROUND, _NAMES = 3.0, 2.0, 2.0, 2.0
_MEASURED, _ABOUT, _PLACE, _SOURCE, _TIME = 0.15, 0.3, 0.1, 0.1, 0.1
_NO_WORDS = 0.3  # in place of these where two languages leave no words to compare


class Pair:
    """A later and an earlier statement; what they share is worked out once, when asked for."""

    def __init__(self, one: Account, other: Account, weigh: Weigh) -> None:
        self.one = one
        self.other = other
        self._weigh = weigh

    @property
    def within_article(self) -> bool:
        """Whether both stand in one article."""
        return self.one.article == self.other.article

    @cached_property
    def words_alike(self) -> Likeness:
        """How alike their words are, run by run."""
        return likeness(self.one.shingles, self.other.shingles)

    @cached_property
    def word_for_word(self) -> bool:
        """Whether they are much the same text.

        Where they are not known to be of one source it has to be a longer run of words.
        """
        alike = self.words_alike
        if alike.shared < (_FEWEST if self.same_source else _UNTOLD):
            return False
        shorter = min(len(self.one.shingles), len(self.other.shingles))
        contained = shorter >= _LONG and alike.containment >= _CONTAINED
        return contained or alike.resemblance >= _ALIKE

    @cached_property
    def own_alike(self) -> float:
        """How much of their telling words they share."""
        return shared(self.one.own, self.other.own, self._weigh)

    @cached_property
    def same_source(self) -> str:
        """Why they go back to the same source, in words; empty if that cannot be said."""
        return same_origin(self.one.origin, self.other.origin)

    @property
    def other_source(self) -> bool:
        """Whether they go back to two sources that are known to be different."""
        return known_apart(self.one.origin, self.other.origin)

    # figures

    @cached_property
    def figures_same(self) -> tuple[tuple[Figure, Figure], ...]:
        """Figures of the same kind that say the same, those with the likest words first."""
        return self._sorted((f, g) for f, g in self.comparable if f.says_as(g))

    @cached_property
    def figures_apart(self) -> tuple[tuple[Figure, Figure], ...]:
        """Figures of the same kind that cannot both be true, those with the likest words first.

        One that the other statement says too is not among them.
        """
        return self._sorted((f, g) for f, g in self._unmatched() if f.contradicts(g))

    @cached_property
    def figures_open(self) -> tuple[tuple[Figure, Figure], ...]:
        """Figures that differ and can both be true: `> 3,000` and `4,000`."""
        return self._sorted((f, g) for f, g in self._unmatched() if not f.contradicts(g))

    def _sorted(self, pairs: Iterator[tuple[Figure, Figure]]) -> tuple[tuple[Figure, Figure], ...]:
        return tuple(sorted(pairs, key=lambda pair: -self._near(*pair)))

    @cached_property
    def comparable(self) -> list[tuple[Figure, Figure]]:
        """Figures of the same kind; former ones only where both are the same text."""
        mine, theirs = self.one.figures, self.other.figures
        found = [(f, g) for f in mine for g in theirs if comparable(f, g)]
        return found if self.word_for_word else [(f, g) for f, g in found if not f.former]

    def _unmatched(self) -> Iterator[tuple[Figure, Figure]]:
        for figure, other in self.comparable:
            mine = any(figure.says_as(each) for each in self.other.figures)
            theirs = any(other.says_as(each) for each in self.one.figures)
            if not mine and not theirs:
                yield figure, other

    def slots_alike(self, figure: Figure, other: Figure) -> bool:
        """Whether two figures of statements in the same words stand in the same place of them."""
        return self._near(figure, other) >= _SLOT or figure.stands_as(other)

    def _near(self, figure: Figure, other: Figure) -> float:
        return shared(figure.near, other.near, self._weigh)

    @property
    def two_samples(self) -> bool:
        """Whether both tell of polls, not known to be one: two may differ and be right."""
        one, other = self.one.around & SAMPLES, self.other.around & SAMPLES
        return bool(one and other) and not self.same_source

    # the thing

    def same_thing(self, figure: Figure, other: Figure) -> float:
        """How much tells that two figures are of the same thing, from 0 to 1: no probability.

        0 where something that has to be there is not: like words beside the figures, or a measure;
        names or words that both statements have; no other country.
        """
        if not self._same_subject(figure, other):
            return 0.0
        one, two = self.one, self.other
        score = self._words(figure, other) + _MEASURED * figure.measured
        score += _ABOUT * bool(one.about & two.about) + _PLACE * bool(one.place & two.place)
        score += _SOURCE * bool(self.same_source) + _TIME * self._times_overlap
        return max(0.0, min(1.0, score))

    def _same_subject(self, figure: Figure, other: Figure) -> bool:
        one, two = self.one, self.other
        if one.about & two.about:
            return True
        if one.countries and two.countries and not one.countries & two.countries:
            return False
        if self._no_words:
            return figure.measured and bool(self.same_source)
        if not figure.measured and not self._told_alike(figure, other):
            return False
        if self.within_article:
            return self.own_alike >= _NAMELESS
        if figure.measured and one.named and two.named and not one.named & two.named:
            return False
        if figure.measured and (self._around_alike >= _TOLD or self.own_alike >= _SLOT):
            return True
        if one.names and two.names:
            return self._names_alike >= _NAMED and self.own_alike >= _TOLD
        return self.own_alike >= _NAMELESS

    def _told_alike(self, figure: Figure, other: Figure) -> bool:
        """Whether two figures that only a unit tells of have words in common beside them."""
        if not figure.kind[0] or len(figure.near & other.near) < _SLOTTED:
            return False
        return self._near(figure, other) >= _NEAR_ALIKE

    @property
    def _no_words(self) -> bool:
        """Whether two languages leave no words to compare."""
        one, other = self.one, self.other
        return one.hangul != other.hangul and not one.own & other.own

    @cached_property
    def _around_alike(self) -> float:
        return shared(self.one.around, self.other.around, self._weigh)

    @cached_property
    def _names_alike(self) -> float:
        return shared(self.one.names, self.other.names, self._weigh)

    def _words(self, figure: Figure, other: Figure) -> float:
        if self._no_words:
            return _NO_WORDS
        parts = [(_OWN, self.own_alike)]
        if figure.near and other.near:
            parts.append((_NEAR, self._near(figure, other)))
        if not self.within_article:
            parts.append((_AROUND, self._around_alike))
            if self.one.names and self.other.names:
                parts.append((_NAMES, self._names_alike))
        return sum(weight * part for weight, part in parts) / sum(weight for weight, _ in parts)

    @property
    def about_differs(self) -> bool:
        """Whether an analyst says of both what they are about, or where, and it is not the same."""
        one, other = self.one, self.other
        subject = one.about and other.about and not one.about & other.about
        return bool(subject or (one.place and other.place and not one.place & other.place))

    # times

    @cached_property
    def _bounds(self) -> tuple[tuple[str, str], tuple[str, str]] | None:
        """Earliest and latest day of each, where both are on the calendar."""
        whens = [account.when for account in (self.one, self.other)]
        found = [(w.earliest[:10], w.latest[:10]) for w in whens if w is not None and w.edtf]
        return (found[0], found[1]) if len(found) == 2 else None

    @property
    def _times_overlap(self) -> bool:
        return self._bounds is not None and not self.times_differ

    @cached_property
    def times_differ(self) -> bool:
        """Whether they cannot be about the same time, as far as that is known."""
        if self._bounds is not None:
            (low, high), (other_low, other_high) = self._bounds
            before = high and other_low and high < other_low
            return bool(before or (other_high and low and other_high < low))
        for kind in ("month", "year", "part"):
            mine = {p for p in self.one.periods if p.startswith(kind)}
            theirs = {p for p in self.other.periods if p.startswith(kind)}
            if mine and theirs and not mine & theirs:
                return True
        return self.days_apart is not None and self.days_apart > _LONG_APART

    @cached_property
    def days_apart(self) -> int | None:
        """Days between their publications; None where one is not known."""
        try:
            days = [date.fromisoformat(a.published[:10]) for a in (self.one, self.other)]
        except ValueError:
            return None
        return abs((days[0] - days[1]).days)

    @cached_property
    def later(self) -> str:
        """How much later the first was said than the second; empty if that is not known."""
        one, other = self.one, self.other
        if one.said and other.said:
            days = one.said[:10], other.said[:10]
            return f"said {days[0]}, after {days[1]}" if days[0] > days[1] else ""
        if not self.days_apart or one.published < other.published:
            return ""
        return f"published {counted(self.days_apart, 'day')} later"

    def circumstances(self) -> Iterator[str]:
        """What is known of subject and time beside the figures, and what is not."""
        one, other = self.one, self.other
        common = sorted(one.about & other.about)
        if common:
            yield f"both about: {' '.join(common)}"
        if self._bounds is not None:
            yield "times overlap"
        elif any(account.when is not None and account.when.edtf for account in (one, other)):
            yield "time: told of one only"
        else:
            yield "time: not told"
