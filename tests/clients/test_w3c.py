"""The W3C's own test schemas for annotations, collections and pages, on an export of ours."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.exchange.telling import telling_bundle
from tests.exchange.test_report import evil_bundle

from tui.exchange import Bundle, export_text

HERE = Path(__file__).parent


def parts(bundle: Bundle) -> dict[str, object]:
    """Each annotation, the page and the collection, as the W3C's tests want them: alone."""
    data = json.loads(export_text(bundle, "w3c"))
    context, page = {"@context": data["@context"]}, data["first"]
    annotations = [context | each for each in page["items"]]
    return {"annotation": annotations, "collection": [data], "page": [context | page]}


def test_all_that_must_be_is(
    client_env: Callable[..., Path], schemas: Path, tmp_path: Path, bundle: Bundle
) -> None:
    python = client_env("w3c", "jsonschema[format-nongpl]==4.26.0")
    odd = evil_bundle("https://예.kr/100%/뉴스?tag[]=국#a#b c")
    for number, each in enumerate((telling_bundle(), bundle, odd)):
        file = tmp_path / f"parts-{number}.json"
        file.write_text(json.dumps(parts(each)), encoding="utf-8")
        done = subprocess.run(
            [python, HERE / "w3c_musts.py", file, schemas / "w3c-web-annotation"],
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        outcome = json.loads(done.stdout)
        assert {kind: said["failed"] for kind, said in outcome.items()} == {
            "annotation": [],
            "collection": [],
            "page": [],
        }
        assert all(said["assertions"] > 9 for said in outcome.values())
