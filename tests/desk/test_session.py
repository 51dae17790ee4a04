"""What a session remembers of its steps, and what it leaves to the shards."""

from __future__ import annotations

from tui.desk.session import Session
from tui.store import PastChange, PastStep


def step(number: int, *articles: str, changes: int = 1) -> PastStep:
    name = f"{number:05}"
    made = tuple(PastChange(f"{name}-{n}", articles[0], None, 1) for n in range(changes))
    return PastStep(name, "mark", f"2026-01-01T00:00:{number:05}", "do", "", articles, made)


def test_the_last_steps_stay_whole_and_all_that_is_not_saved() -> None:
    unsaved = {"00003"}
    session = Session(lambda: unsaved)
    for number in range(3_000):
        session.enter(step(number, "a"))
    held = [number for number in range(3_000) if session.whole(f"{number:05}") is not None]
    assert len(session) == 3_000
    assert held[0] == 3
    assert held[1] > 900
    assert held[-1] == 2_999
    assert [s.id for s in session.touching("a")] == [f"{number:05}" for number in held]


def test_the_very_last_step_stays_whole_however_long_it_is() -> None:
    session = Session(set)
    session.enter(step(1, "a"))
    session.enter(step(2, "b", changes=5_000))
    assert session.whole("00001") is None
    assert session.whole("00002") is not None
    session.enter(step(3, "a"))
    assert session.whole("00002") is None
    assert session.whole("00003") is not None


def test_it_knows_of_all_steps_where_and_when() -> None:
    session = Session(set)
    session.enter(step(1, "a", "b", changes=1_500))
    session.enter(step(2, "a", changes=1_500))
    session.enter(step(3, "c"))
    times = {"b": "00001", "a": "00002", "c": "00003"}
    assert session.times() == {name: f"2026-01-01T00:00:{at}" for name, at in times.items()}
    assert [*session.since(0)] == ["c", "a", "b"]
    assert [*session.since(1)] == ["c", "a"]
    assert [*session.since(3)] == []


def test_a_step_that_was_merged_takes_the_place_of_what_it_was() -> None:
    session = Session(set)
    session.enter(step(1, "a"))
    session.mend(step(1, "a", changes=3))
    session.mend(step(2, "a"))
    held = session.whole("00001")
    assert held is not None
    assert len(held.changes) == 3
    assert session.whole("00002") is None
    assert len(session) == 1
