"""The client of Hypothesis imports what we export, its server takes that, and all comes back."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from msgspec.structs import replace
from tests.exchange.telling import SENTENCE, telling_bundle
from tests.exchange.test_both_ways import there_in

from tui.exchange import Bundle, export_text
from tui.exchange.hypothesis import read

SESSION = Path(__file__).with_name("hypothesis_session.ts")
REPOSITORY = "https://github.com/hypothesis/client"
COMMIT = "9d28950c84560765f77b8e8e133c0f11ad577410"
SCHEMA = (
    "https://raw.githubusercontent.com/hypothesis/h/24395ca438e3bd4b5c301e30ab81ca1d024ee840/"
    "docs/_extra/api-reference/schemas/annotation-schema.json"
)
PACKAGES = ("esbuild@0.28.2", "@sentry/browser@10")
Session = Callable[[Bundle], dict[str, Any]]


@pytest.fixture
def session(
    checkout: Callable[..., Path], npm_packages: Callable[..., Path], tmp_path: Path
) -> Session:
    """Has the client import the one article of a bundle into its page."""
    source = checkout("hypothesis", REPOSITORY, COMMIT, "src") / "src"
    modules = npm_packages("hypothesis-client", *PACKAGES)
    made = tmp_path / "session.mjs"
    subprocess.run(
        [
            *(modules / ".bin" / "esbuild", SESSION, "--bundle", "--platform=node"),
            *("--format=esm", "--log-level=error", f"--alias:client={source}", f"--outfile={made}"),
        ],
        env=os.environ | {"NODE_PATH": str(modules)},
        timeout=120,
        check=True,
    )

    def run(bundle: Bundle) -> dict[str, Any]:
        (part,) = bundle.articles
        file = tmp_path / "claims.json"
        file.write_text(export_text(bundle, "hypothesis"), "utf-8")
        page = (part.article.url or "https://example.org/x", part.article.title)
        done = subprocess.run(
            ["node", made, file, *page], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    return run


def test_the_client_takes_it_and_gives_all_back(session: Session) -> None:
    seen = session(telling_bundle())
    assert (seen["names"], seen["told"]) == (["kim"], ["4 annotations imported"])
    assert all(each["permissions"]["read"] == [each["user"]] for each in seen["sent"])  # Only Me
    found = read(json.dumps({"rows": as_rows(seen["sent"])}), "theirs.json")
    assert {r.id: r for r in found.records} == there_in(telling_bundle())
    assert (found.refused, found.ignored) == ((), {})
    quotes = [each["target"][0]["selector"][1]["exact"] for each in seen["sent"]]
    assert SENTENCE[24:73] in quotes


def test_its_server_takes_what_the_client_sends(
    session: Session, bundle: Bundle, published: Callable[[str, str], Path]
) -> None:
    schema = json.loads(published("hypothesis/annotation-schema.json", SCHEMA).read_text("utf-8"))
    for part in bundle.articles:
        seen = session(replace(bundle, articles=(part,)))
        assert len(seen["sent"]) >= len(part.annotations.highlights) > 0
        told = [re.fullmatch(r"(\d+) annotations imported", each) for each in seen["told"]]
        assert sum(int(each[1]) for each in told if each) == len(seen["sent"])
        for sent in seen["sent"]:
            Draft4Validator(schema).validate(sent)


def as_rows(sent: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was sent as a search of the API gives it: with an id of the server's."""
    return [each | {"id": f"new{number}"} for number, each in enumerate(sent)]
