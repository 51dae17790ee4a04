"""Holds back what is compared apart until a test has looked at what is shown meanwhile."""

from __future__ import annotations

from threading import Event

import pytest

from tui.anchoring import comparing
from tui.anchoring.comparing import Answer, Question
from tui.apart.worker import Worker


def held_back(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Answers come when this flag is set."""
    gate, asked = Event(), comparing.asked_apart

    def waiting(worker: Worker, question: Question) -> Answer:
        assert gate.wait(60)
        return asked(worker, question)

    monkeypatch.setattr(comparing, "asked_apart", waiting)
    return gate
