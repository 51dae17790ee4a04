"""The programs that people use instead: installed into a folder of their own, and found there.

    python -m benchmarks.peer_programs FOLDER

Those of PyPI get a virtual environment each in FOLDER; those of the system are installed by apt-get
where that is allowed. Nothing of them becomes part of this project. What cannot be had is named.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

FROM_DEBIAN = {"less": "less", "vim": "vim", "newsboat": "newsboat", "rg": "ripgrep"}
FROM_PYPI = {  # a command: the distribution that has it
    "posting": "posting",
    "harlequin": "harlequin",
    "frogmouth": "frogmouth",
    "slate": "slate-nlp",
    "tantivy": "tantivy",
}
MOST = 600  # seconds for one of them


def install(folder: Path) -> dict[str, str]:
    """Have all of them; a sentence for each that cannot be had."""
    missing: dict[str, str] = {}
    wanted = [package for name, package in FROM_DEBIAN.items() if shutil.which(name) is None]
    if wanted:
        _run(["apt-get", "install", "--yes", "--quiet", *wanted])
    for name in FROM_DEBIAN:
        if shutil.which(name) is None:
            missing[name] = f"{name} is not installed, and apt-get could not install it"
    for name, distribution in FROM_PYPI.items():
        place = folder / name
        if (place / "whole").exists():
            continue
        shutil.rmtree(place, ignore_errors=True)
        made = _run([sys.executable, "-m", "venv", str(place)])
        if made and _run([str(place / "bin" / "pip"), "install", "--quiet", distribution]):
            (place / "whole").touch()
        else:
            missing[name] = f"{distribution} could not be installed from PyPI"
    return missing


def _run(line: list[str]) -> bool:
    """Whether a command was there and ended well."""
    try:
        done = subprocess.run(line, capture_output=True, timeout=MOST, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def find(name: str, folder: Path) -> str:
    """The path of a peer's command (of Python for `tantivy`, which has none); empty if missing."""
    if name in FROM_DEBIAN:
        return shutil.which(name) or ""
    place = folder / name / "bin"
    wanted = place / ("python" if name in ("tantivy", "slate") else name)
    return str(wanted) if (folder / name / "whole").exists() and wanted.exists() else ""


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("python -m benchmarks.peer_programs FOLDER: name a folder for what is installed")
    for sentence in install(Path(sys.argv[1])).values():
        print(sentence)


if __name__ == "__main__":
    main()
