"""Odd bytes at a real terminal: the program goes on, and none of them does anything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.terminal.pty_user import Terminal, at_terminal, highlights

ODD = {
    "no UTF-8": b"\xff\xfe\xc3\x28\xf0\x9f",
    "cut off": "한".encode()[:2],
    "controls that are no keys": b"\x00\x1c\x1d\x1e\x1f\x7f",
    "unknown sequences": b"\x1b[?62;4c\x1b[1;1;1;1z\x1b[99q\x1b[1114112u\x1b[9999999999999999999u",
    "answers nobody asked for": b"\x1b]11;rgb:12/34/56\x07\x1bP>|11dd\x1b\\\x1b_Gmm;1\x1b\\",
    "C1": "".join(chr(n) for n in range(0x80, 0xA0)).encode(),
    "sizes that cannot be": b"\x1b[48;999999999;999999999;1;1t\x1b[48;0;0;0;0t",
    "far away clicks": b"\x1b[<0;99999999;99999999M\x1b[<0;99999999;99999999m\x1b[<0;0;0M",
    "a paste": b"\x1b[200~1m\rdq\x1b[31m1\x1b\x1b1" + b"m1q\r\n" * 20000 + b"\x1b[201~",
    "a paste cut by 0xFF": b"\x1b[200~1m\xff" + b"m1q\r" * 50 + b"\x1b[201~",
}


@pytest.fixture
def terminal(root: Path, home: Path):
    with at_terminal(root, home=home) as found:
        found.shows("READ")
        yield found


def helped(terminal: Terminal) -> None:
    """It answers: the help comes and goes."""
    since = len(terminal.seen)
    terminal.type("?")
    terminal.shows("KEYS", since)
    since = len(terminal.seen)
    terminal.type("?")
    terminal.shows("READ", since)


def test_odd_input_does_nothing_and_ends_nothing_and_keys_still_work(
    terminal: Terminal, root: Path
) -> None:
    # Without the letters, digits and signs that are keys: what is left has to do nothing.
    noise = bytes(b for b in os.urandom(3000) if b >= 0x80 or b in b"\x00\x01\x02\x1b\x1c\x1f")
    for odd in (*ODD.values(), noise + b"\x1b\\"):
        terminal.type(odd)
        helped(terminal)
    assert not (root / "annotations").exists()
    since = len(terminal.seen)
    terminal.type("\x1b")  # alone it stays
    terminal.shows("q leaves", since)
    helped(terminal)
    terminal.type("jjc;nsaid twice\r\r")  # letters typed at once find the field they are for
    terminal.until(lambda: len(highlights(root)) == 1, "the claim is saved")
    text = next((root / "annotations").rglob("??/*.json")).read_text(encoding="utf-8")
    assert '"note":"said twice"' in text.replace('": "', '":"')
    terminal.type(":q\r")
    assert terminal.ends() == 0
