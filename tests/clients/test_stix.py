"""OASIS's validator of STIX, on bundles of ours."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.exchange.telling import telling_bundle
from tests.exchange.test_report import evil_bundle

from tui.exchange import Bundle, write_out

# What it would rather have: random ids (ours are made, so that a second export is the same bundle),
# relationships of attacks and their tools (ours are between claims, which STIX lets anybody name),
# and a hash of what a web address showed (which nobody has).
RATHER = "103,202,302"


def test_the_validator_finds_no_error(
    client_env: Callable[..., Path], tmp_path: Path, bundle: Bundle
) -> None:
    python = client_env("stix2-validator", "stix2-validator==3.2.0")  # 3.3.1 lacks its schemas
    write_out(telling_bundle(), "stix", tmp_path / "telling.json")
    write_out(bundle, "stix", tmp_path / "larger.json")
    write_out(evil_bundle("https://예.kr/뉴스?tag[]=국|%#a#b c"), "stix", tmp_path / "odd.json")
    done = subprocess.run(
        [
            *(python.parent / "stix2_validator", "--no-cache", "--version", "2.1", "--verbose"),
            *("--enforce-refs", "--strict", "--disable", RATHER),
            *sorted(tmp_path.glob("*.json")),
        ],
        env=os.environ | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.stdout.count("STIX JSON: Valid") == 3, done.stdout + done.stderr
    assert done.returncode == 0
