"""The report as HTML: the Nu HTML checker finds no fault; Chromium opens, filters and prints it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.clients.conftest import ClientEnv
from tests.exchange.telling import telling_bundle
from tests.exchange.test_report import evil_bundle

from tui.exchange import Bundle, export_text

SESSION = Path(__file__).with_name("page_session.py")
CHECKER = "vnu-jar@26.9.27"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
EVIL = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=y>'",
    "-->]]></textarea></title></style>&amp;&#x1b;&bogus",
    "a\x00\x08\x0b\x1b[2J\x7f\x85\x9f\u202eb\u2028\ufdd0\ufffe\U0001fffe\ud800",
    "tab\there\r\n\n  two   blanks ",
    "https://예.kr/100%/뉴스?tag[]=a|{b}^&c=%20'\"<#x#y z",
)


@pytest.fixture(scope="module")
def checker(npm_packages: Callable[..., Path]) -> list[str]:
    """The command of the Nu HTML checker."""
    if shutil.which("java") is None:
        pytest.skip("the Nu HTML checker needs java")
    jar = npm_packages("vnu", CHECKER) / "vnu-jar" / "build" / "dist" / "vnu.jar"
    return ["java", "-jar", str(jar), "--stdout", "--format", "json"]


def test_the_checker_finds_nothing(checker: list[str], tmp_path: Path, bundle: Bundle) -> None:
    bundles = (bundle, telling_bundle(), Bundle("none"), *map(evil_bundle, EVIL))
    for number, each in enumerate(bundles):
        text = export_text(each, "html")
        (tmp_path / f"{number}.html").write_text(text, "utf-8", newline="")
    fault = tmp_path / "fault.html"  # so that a checker that looks at nothing is found out
    fault.write_text(export_text(bundle, "html").replace("</main>", "<p id=filter></div>"), "utf-8")
    done = subprocess.run(
        [*checker, *map(str, sorted(tmp_path.glob("*.html")))],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    messages = json.loads(done.stdout)["messages"]
    assert any(each["url"] == fault.as_uri().replace("///", "/") for each in messages)
    rest = [each for each in messages if not each["url"].endswith("fault.html")]
    assert {(each["url"][-6:], each["type"], each["message"]) for each in rest} == set()


@pytest.fixture
def counted() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and the paths that it was asked for."""
    asked: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_chromium_filters_sorts_and_prints_and_nothing_leaves(
    client_env: ClientEnv, bundle: Bundle, tmp_path: Path, counted: tuple[str, list[str]]
) -> None:
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    python = client_env("chromium", "playwright==1.65.2")
    page, pdf = tmp_path / "report.html", tmp_path / "report.pdf"
    page.write_text(export_text(bundle, "html"), "utf-8")
    address, asked = counted
    done = subprocess.run(
        [python, SESSION, chromium, page, pdf, address],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout)
    claims = [item.claim for item in bundle.items() if item.claim is not None]
    assert seen["claims"] == [" ".join(claim.statement.split()) for claim in claims]

    found, count = seen["filtered"]
    wanted = [r for r in seen["rows"] if "casualties" in r.lower() and "agency" in r.lower()]
    assert (found, count) == (wanted, f"{len(wanted)} of {len(claims)}")
    assert 0 < len(wanted) < len(claims)

    (up, sorting), (down, other) = seen["up"], seen["down"]
    assert (sorting, other) == ("ascending", "descending")
    set_, unset = [each for each in up if each], [each for each in up if not each]
    assert up == [*set_, *unset]  # what is not set comes last, both ways
    assert down[len(set_) :] == unset
    assert ("3,000" in set_[0], "20,000" in set_[-1], "20,000" in down[0]) == (True, True, True)

    assert seen["printed"] == [False, False, True, True]
    assert seen["wide"] <= 717  # no column is cut off
    text = " ".join(" ".join(each.extract_text() for each in PdfReader(pdf).pages).split())
    assert "Claims and their evidence" in text
    assert "the force of about 11,000 has taken more than 3,000 casualties" in text
    assert re.match(r"\d+\. ", seen["target"])

    assert seen["quiet"] == {"requests": [page.as_uri()], "said": []}
    assert (seen["answer"], asked) == ("refused", [])
