"""Long texts are compared apart: what is not known until then is not made up, and keys go on."""

from __future__ import annotations

from pathlib import Path
from threading import Event as Flag

import pytest
from tests.desk.conftest import Opener
from tests.desk.marking import FILES, NIS, claim, mark, spot
from tests.gate import held_back

from tui.desk import Changed, Desk, DeskError, Event
from tui.model.steps import through
from tui.model.views import Placed

PADDING = "".join(f"In year {n} the ministry counted {n * 7} ships in port.\n" for n in range(1500))
LONG = f"{NIS}\n{PADDING}"
LATER = (
    LONG.replace("수정 2025-02-05 16:17:32", "수정 2025-02-05 19:40:00")
    .replace("more than 3,000 men", "more than 4,000 men")
    .replace(" They are expected to regroup.", "")
)


class Heard(list[Event]):
    """The events of a desk, and a flag for those that say what was compared."""

    def __init__(self, gate: Flag) -> None:
        super().__init__()
        self.compared, self._gate = Flag(), gate

    def append(self, event: Event) -> None:
        super().append(event)
        if isinstance(event, Changed) and event.origin == "compared":
            self.compared.set()

    def wait(self) -> None:
        """Let an answer come, and wait for it."""
        self._gate.set()
        assert self.compared.wait(60)
        self.compared.clear()
        self._gate.clear()


@pytest.fixture
def heard(root: Path, open_desk: Opener, monkeypatch: pytest.MonkeyPatch) -> Heard:
    """A long text on which three passages are marked, changed after that."""
    for name in FILES:
        (root / name).unlink()
    (root / "nis.txt").write_text(LONG, encoding="utf-8")
    desk = open_desk()
    mark(desk, "nis.txt", "They are expected to regroup.")
    mark(desk, "nis.txt", "In year 700 the ministry")
    claim(desk, "nis.txt", "lost more than 3,000 men")
    desk.close()
    (root / "nis.txt").write_text(LATER, encoding="utf-8")
    return Heard(held_back(monkeypatch))


def placed(desk: Desk) -> tuple[Placed, ...]:
    return desk.annotations(desk.find("nis.txt")).highlights


def test_marks_on_a_long_text_are_sought_until_their_place_is_known(
    heard: Heard, open_desk: Opener
) -> None:
    desk = open_desk("kim", events=heard)
    assert [p.fit for p in placed(desk)] == ["sought"] * 3
    assert not any(p.extents for p in placed(desk))
    assert desk.comparing == 1
    waiting = desk.exporting("jsonl", None, list[str]().append)
    assert {next(waiting).what for _ in range(5)} == {"gathering", "comparing"}
    waiting.close()
    for each in placed(desk):
        with pytest.raises(DeskError, match="not known yet"):
            desk.accept(each.record.id)
    heard.wait()
    found = {p.record.spans[0].exact: p for p in placed(desk)}
    assert [p.fit for p in found.values()] == ["changed", "moved", "orphan"]
    at_once = open_desk("lee")  # nobody listens there: it is worked out while the caller waits
    assert at_once.comparing == 0
    assert [(p.record.id, p.extents, p.fit, p.score) for p in placed(at_once)] == [
        (p.record.id, p.extents, p.fit, p.score) for p in placed(desk)
    ]
    assert '"fit":"moved"' in desk.export("jsonl").text.replace(" ", "")
    step = desk.accept(found["lost more than 3,000 men"].record.id)
    assert step is not None
    assert "and 1 claim" in step.label, "its claim was looked for as well"
    assert desk.comparing == 0


def test_what_is_marked_on_the_text_of_today_never_waits(heard: Heard, open_desk: Opener) -> None:
    desk = open_desk("kim", events=heard)
    article = desk.find("nis.txt")
    assert [p.fit for p in placed(desk)] == ["sought"] * 3
    desk.highlight(article, [spot(desk, article, "troops are not in combat")])
    assert [p.fit for p in placed(desk)] == ["exact", "sought", "sought", "sought"]
    heard.wait()
    assert [p.fit for p in placed(desk)] == ["exact", "changed", "moved", "orphan"]


def test_differences_of_long_texts_come_when_they_are_worked_out(
    heard: Heard, open_desk: Opener
) -> None:
    desk = open_desk("kim", events=heard)
    article = desk.find("nis.txt")
    assert [p.fit for p in placed(desk)] == ["sought"] * 3
    heard.wait()
    assert "changed" in [p.fit for p in placed(desk)]
    old, new = (version.sha256 for version in desk.versions(article))
    assert desk.differences(article, old, new) is None
    heard.wait()
    found = desk.differences(article, old, new)
    assert found is not None
    assert found == open_desk("lee").differences(article, old, new)
    assert desk.differences(article, old, new) == found, "it is kept for the next time"


def test_comparing_can_be_stopped_and_is_begun_again_when_the_article_is_opened(
    heard: Heard, open_desk: Opener
) -> None:
    desk = open_desk("kim", events=heard)
    article = desk.find("nis.txt")
    assert [p.fit for p in placed(desk)] == ["sought"] * 3
    assert desk.stop_comparing() == 1
    heard.wait()
    assert [p.fit for p in placed(desk)] == ["unplaced"] * 3
    assert any("given up (it was stopped)" in word for word in desk.troubles)
    assert desk.comparing == 0
    old, new = (version.sha256 for version in desk.versions(article))
    assert desk.differences(article, old, new) is None
    desk.stop_comparing()
    heard.wait()
    with pytest.raises(DeskError, match="not compared: it was stopped"):
        desk.differences(article, old, new)
    desk.visit(article)
    assert [p.fit for p in placed(desk)] == ["sought"] * 3
    heard.wait()
    assert [p.fit for p in placed(desk)] == ["changed", "moved", "orphan"]


def test_a_comparison_that_takes_too_long_is_ended(
    heard: Heard, open_desk: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.desk import comparing

    monkeypatch.setattr(comparing, "SECONDS", 0)
    desk = open_desk("kim", events=heard)
    assert [p.fit for p in placed(desk)] == ["sought"] * 3
    heard.wait()
    assert [p.fit for p in placed(desk)] == ["unplaced"] * 3
    assert any("it took longer than 0 s" in word for word in desk.troubles)
    text = list[str]()
    steps = desk.exporting("jsonl", None, text.append)
    while not desk.comparing:  # it is tried again
        next(steps)
    heard.wait()
    with pytest.raises(DeskError, match=r"not found out \(it took longer than 0 s\): export again"):
        through(steps)
    assert not text


def test_short_texts_are_compared_at_once(root: Path, open_desk: Opener) -> None:
    desk = open_desk()
    mark(desk, "nis.txt", "lost more than 3,000 men")
    desk.close()
    (root / "nis.txt").write_text(
        NIS.replace("16:17:32", "16:18:00").replace("3,000", "4,000"), encoding="utf-8"
    )
    desk = open_desk("kim", events=[])
    assert [p.fit for p in placed(desk)] == ["changed"]
    assert desk.comparing == 0
