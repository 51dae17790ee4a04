"""Which of the W3C's assertions a JSON file does not meet; run in the environment of its test.

    python w3c_musts.py FILE FOLDER_OF_SCHEMAS

FILE has the parts by kind; prints JSON: for each kind how many assertions there are, and those that
failed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

MUSTS = {
    "annotation": "annotations/annotationMusts.test",
    "collection": "collections/collectionMusts.test",
    "page": "collections/pages/pageMusts.test",
}


def registry_of(folder: Path) -> Registry[Any]:
    """The schemas by file name and by the `id` they give themselves, as they name each other."""
    found: dict[str, Resource[Any]] = {}
    for path in folder.rglob("*.json"):
        schema = json.loads(path.read_text(encoding="utf-8"))
        resource = Resource.from_contents(schema, default_specification=DRAFT4)
        found |= {path.name: resource, schema.get("id", path.name): resource}
    return Registry().with_resources(found.items())


def main(file: Path, folder: Path) -> dict[str, Any]:
    formats = FormatChecker(["date-time", "uri"])
    registry = registry_of(folder)
    outcome: dict[str, Any] = {}
    for kind, parts in json.loads(file.read_text(encoding="utf-8")).items():
        names = json.loads((folder / MUSTS[kind]).read_text(encoding="utf-8"))["assertions"]
        failed: list[str] = []
        for name in names:
            schema = json.loads((folder / name).read_text(encoding="utf-8"))
            validator = Draft4Validator(schema, registry=registry, format_checker=formats)
            valid = all(validator.is_valid(part) for part in parts)
            if valid != (schema.get("expectedResult", "valid") == "valid"):
                failed.append(name)
        outcome[kind] = {"assertions": len(names), "failed": failed}
    return outcome


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
