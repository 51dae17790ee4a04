"""Random keys for a long session: each with how often it is pressed, chosen by a seed number.

Left out is what leaves the program (`q`, `ZZ`, `:quit`, Ctrl+q), what starts another one ($EDITOR,
a browser), and the palette, from which both can be chosen. No word that is typed holds such a key,
since what was meant for a field may come when none is open.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

ENTER, TAB, ESCAPE = "\r", "\t", "\x1b"
_ARROWS = tuple(f"\x1b[{letter}" for letter in "ABCD")

KEYS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (30, ("j", "k", "h", "l", "w", "b", "e", "{", "}", " ", "P", ")", "(", *_ARROWS)),
    (6, ("gg", "G", "^", "$", "]", "[", "g]", "g[", "fth", "fan", "`")),
    (8, ("J", "K", "M")),
    (4, (f"/that{ENTER}", f"/한국{ENTER}", "n", "N", "*")),
    (16, ("m", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", ",", "d")),
    (8, ("s", "S", '"', "v", "o", "&")),
    (3, ("t", f"t{ENTER}", f"tmil{ENTER}", f"tnew/tag{ENTER}", f"inote here{ENTER}", "i")),
    (8, ("c", f"c{ENTER}", ENTER, TAB, "\x1b[Z", "C", "rb2", "rc", "r4", "r")),
    (3, tuple(f";{letter}" for letter in "sauwdpbmvtnkfh")),
    (2, ("+", "-", ">", "=", f"+{ENTER}")),
    (6, ("R", f"R{ENTER}", "a", "x", "X1", "X4", "!")),
    (12, ("u", "U", "\x1a", "\x19")),
    (4, ("L", "T", "B", "D", "O", "H", "#", "z", "?", "yy", "E")),
    (2, ("F", f"Fthat{ENTER}", f":filter{ENTER}", f"g/that{ENTER}", "g/")),
    (2, (f":proposals on{ENTER}", f":proposals off{ENTER}", f":done{ENTER}", f":undo{ENTER}")),
    (1, (f":passed{ENTER}", f":help{ENTER}", f":codebook{ENTER}", f":analyst{ENTER}", "한글")),
    (10, (ESCAPE, ESCAPE + ESCAPE)),
)
BURST, LONGEST = 0.05, 40  # how often many keys come at once, and how many at most


class Hand:
    """Presses keys as its seed says, and remembers the last ones."""

    def __init__(self, seed: int, remembered: int = 80) -> None:
        self._chance = random.Random(seed)
        self._remembered = remembered
        self._weights = [weight for weight, _ in KEYS]
        self.last: list[str] = []
        self.pressed = 0

    def next(self) -> str:
        """What is pressed next: one key with what belongs to it, or many at once."""
        count = self._chance.randint(2, LONGEST) if self._chance.random() < BURST else 1
        chosen: Sequence[tuple[int, tuple[str, ...]]] = self._chance.choices(
            KEYS, self._weights, k=count
        )
        keys = [self._chance.choice(kind) for _, kind in chosen]
        self.last = [*self.last, *keys][-self._remembered :]
        self.pressed += count
        return "".join(keys)
