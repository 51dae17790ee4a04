"""Percentiles, paired ratios, and the lines in which a figure is reported with its hold."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PEERS = ("textual", "rich", "tinydb", "rapidfuzz", "pysbd")


def percentile(values: Sequence[float], percent: int) -> float:
    """That percentile of the values (linear between neighbours); 50 is the median."""
    if len(values) < 2:
        return values[0] if values else float("nan")
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def verdict(ratio: float, hold: float | None) -> str:
    """A ratio with its hold, and whether it is kept."""
    if hold is None:
        return f"{ratio:.2f}x"
    return f"{ratio:.2f}x  (hold {hold:g}x: {'held' if ratio <= hold else 'BEHIND'})"


def compare(
    name: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    *,
    hold: float | None,
    percents: Sequence[int] = (50,),
) -> None:
    """Print what ours takes beside theirs, in milliseconds, at each percentile."""
    for percent in percents:
        one, other = percentile(ours, percent), percentile(theirs, percent)
        label = f"{name} p{percent}" if len(percents) > 1 else name
        figures = f"{one * 1000:9.1f} ms  beside {other * 1000:8.1f} ms"
        print(f"  {label:46}{figures}  {verdict(one / other, hold)}", flush=True)


def say(name: str, value: str) -> None:
    """Print a figure that has nothing beside it."""
    print(f"  {name:46}{value}", flush=True)


def heading(words: str, rows: Mapping[str, object] | None = None) -> None:
    """Print what is measured now, and with how much."""
    print(f"\n{words}")
    for name, value in (rows or {}).items():
        say(name, str(value))


def machine() -> str:
    """The machine, the versions and the load, in one line."""
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {_processor()}, {os.cpu_count()} cores; "
        f"{platform.system()} {platform.release().partition('-')[0]}; "
        f"Python {platform.python_version()}; "
        f"{', '.join(_versions())}; load {os.getloadavg()[0]:.1f}"
    )


def _versions() -> list[str]:
    found: list[str] = []
    for name in PEERS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return found


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("\n")
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
