"""Loss of what was acknowledged: the fault trials, which are tests.

    python -m benchmarks loss [--run]

They kill a saving process, fill its disk and fail its system calls, and then read what is there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import heading, say

TRIALS = {
    "PRESSMARK_KILLS": "500",
    "PRESSMARK_FULL_DISKS": "300",
    "PRESSMARK_WRITES": "500",
    "PRESSMARK_POWER_LOSSES": "300",
    "PRESSMARK_MUTATIONS": "1000",
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--run", action="store_true", help="run them now: minutes")
    given = parser.parse_args(arguments)
    heading("Loss: nothing acknowledged lost, no unreadable file, in any trial")
    say(
        "500 kills, 300 full disks and power losses, 2 x 500 writes, 1,000 mutated shards",
        "make test-faults",
    )
    if given.run:
        sys.stdout.flush()
        project = Path(__file__).resolve().parents[1]
        line = [sys.executable, "-m", "pytest", "-q", "-rs", "-m", "faults"]
        done = subprocess.run(line, cwd=project, env=os.environ | TRIALS, check=False)
        say("fault trials", "passed" if done.returncode == 0 else "FAILED")


if __name__ == "__main__":
    main()
