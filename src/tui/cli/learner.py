"""`pressmark learner`: what was learned from the proposals that were taken and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import SETTINGS, Place, json_option, place_options
from tui.cli.output import note, put, put_json

if TYPE_CHECKING:
    from tui.analysis.learning import Influence, Learner
    from tui.desk import Desk

_STRONGEST = 12  # weights of each kind that are shown
_SHOWN = 0.005  # log odds: what is less would be shown as nothing


@click.command(context_settings=SETTINGS)
@json_option("Print JSON: on, decisions, folded, weights, log.")
@click.option("--on", is_flag=True, help="Rank proposals by it, and learn on.")
@click.option("--off", is_flag=True, help="Rank by the rules alone; learn nothing.")
@click.option("--reset", is_flag=True, help="Forget everything it has learned.")
@place_options()
def command(as_json: bool, on: bool, off: bool, reset: bool, place: Place) -> int:
    """Say what was learned from the proposals that you took and dropped here.

    Weights above 0 speak for a proposal, those below 0 against it, in log odds. They change the
    rank of proposals, and nothing else. What was learned is yours, and this workspace's.

    A decision that you take back is unlearned. --reset cannot be taken back; --json before it
    keeps a copy.
    """
    from tui.cli.opening import opened

    wishes = [name for name, given in (("on", on), ("off", off), ("reset", reset)) if given]
    if len(wishes) > 1:
        raise click.UsageError(f"--{wishes[0]} and --{wishes[1]}: one of them at a time")
    with opened((), place, read=False) as desk:
        done = _done(desk, wishes[0]) if wishes else ""
        learner = desk.learner
    if done:
        note(done) if as_json else put(f"{done}\n")
    if as_json:
        put_json(learner_json(learner))
    elif not done:
        put(_drawn(learner))
    return 0


def _done(desk: Desk, wish: str) -> str:
    """Do what is wished; returns a sentence that says so."""
    from tui.model.wording import counted

    if wish == "reset":
        forgotten = counted(desk.learner.decisions, "decision")
        kept = desk.reset_learner()
        return f"{forgotten} forgotten: {kept or 'proposals have the rank of the rules again'}"
    desk.set_learning(wish == "on")
    desk.flush()
    return _state(desk.learner)


def _state(learner: Learner) -> str:
    if learner.on:
        return "the learner is on"
    return "the learner is off: proposals have the rank of the rules, and nothing is learned"


def learner_json(learner: Learner) -> dict[str, Any]:
    """All that the learner knows: the weights, and the decisions they follow from."""
    return {
        "on": learner.on,
        "decisions": learner.decisions,
        "folded": learner.learned.folded,
        "weights": [each._asdict() for each in learner.influences()],
        "log": [
            {
                "id": lesson.id,
                "accepted": lesson.accepted,
                "rank": lesson.rank,
                "features": list(lesson.features),
            }
            for lesson in learner.learned.lessons
        ],
    }


def _drawn(learner: Learner) -> str:
    """Whether it is on, how many decisions there were, and the strongest weights."""
    from tui.cli.typography import styled

    found = learner.influences()
    parts = (
        ("SPEAKS FOR A PROPOSAL", [each for each in found if each.weight > _SHOWN]),
        ("SPEAKS AGAINST IT", [each for each in reversed(found) if each.weight < -_SHOWN]),
    )
    text = f"{_counts(learner)}\n"
    for title, influences in parts:
        if influences:
            text += f"\n{styled(title, 'bold')}\n{_table(influences[:_STRONGEST])}"
            left = len(influences) - _STRONGEST
            text += f"and {left} weaker: --json has all\n" if left > 0 else ""
    return text


def _counts(learner: Learner) -> str:
    from tui.model.wording import counted

    lessons = learner.learned.lessons
    if not learner.decisions:
        return f"{_state(learner)}; nothing was decided yet"
    taken = sum(lesson.accepted for lesson in lessons)
    older = learner.learned.folded
    words = f"{_state(learner)}; {counted(len(lessons), 'decision')}"
    words += f": {taken} taken, {len(lessons) - taken} dropped"
    return f"{words}; {older} older ones, which stay" if older else words


def _table(influences: list[Influence]) -> str:
    from tui.cli.typography import Column, table

    columns = (
        Column("weight", right=True),
        Column("what the proposal is like", flexible=True),
        Column("decisions", right=True, spare=True),
    )
    rows = [(f"{each.weight:+.2f}", each.feature, each.decisions or "") for each in influences]
    return table(columns, rows)
