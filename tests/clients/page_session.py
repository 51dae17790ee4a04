"""Opens a report in headless Chromium, filters, sorts and prints it, and watches what it asks for.

    python page_session.py CHROMIUM PAGE PDF ADDRESS

ADDRESS is that of a server which counts whoever comes: at the end the page is told to ask it, by
every way that a page has, which its own policy has to prevent. Says as JSON what it saw.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

PRINTED = 717  # CSS pixels between the margins of a page of A4
ASK = """(address) => {
  const made = (name, set) => {
    const e = document.createElement(name);
    set(e);
    document.body.append(e);
  };
  made("img", (e) => { e.src = address + "image"; });
  made("script", (e) => { e.src = address + "script"; });
  made("link", (e) => { e.rel = "stylesheet"; e.href = address + "style"; });
  made("iframe", (e) => { e.src = address + "frame"; });
  made("div", (e) => { e.style.backgroundImage = `url(${address}background)`; });
  made("form", (e) => { e.action = address + "form"; e.target = "_blank"; e.submit(); });
  navigator.sendBeacon(address + "beacon");
  return fetch(address + "fetch").then(() => "answered", () => "refused");
}"""


def texts(page: Any, within: str = "") -> list[str]:
    """The rows that are shown, from the top, or one cell of each."""
    found = page.locator(f"#table tbody tr:visible {within}").all_inner_texts()
    return [" ".join(text.split()) for text in found]


def main(chromium: str, file: str, pdf: str, address: str) -> dict[str, Any]:
    sync: Any = importlib.import_module("playwright.sync_api")
    seen: dict[str, Any] = {}
    requests: list[str] = []
    said: list[str] = []
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        context = browser.new_context()
        context.on("request", lambda request: requests.append(request.url))
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(Path(file).as_uri())
        seen["version"] = browser.version
        seen["claims"], seen["rows"] = texts(page, "td:nth-child(2)"), texts(page)
        page.fill("#filter", "CASUALTIES agency")
        seen["filtered"] = (texts(page), page.inner_text("#shown"))
        page.fill("#filter", "")
        page.click("th:nth-child(5) button")  # by quantity
        seen["up"] = (
            texts(page, "td:nth-child(5)"),
            page.get_attribute("th:nth-child(5)", "aria-sort"),
        )
        page.click("th:nth-child(5) button")
        seen["down"] = (
            texts(page, "td:nth-child(5)"),
            page.get_attribute("th:nth-child(5)", "aria-sort"),
        )
        page.emulate_media(media="print")
        seen["printed"] = [page.is_visible(part) for part in ("nav", ".tools", "#table", "mark")]
        page.set_viewport_size({"width": PRINTED, "height": 1000})
        seen["wide"] = page.evaluate("document.getElementById('table').scrollWidth")
        page.pdf(path=pdf, format="A4")
        page.emulate_media(media="screen")
        page.click("#table tbody a[href^='#c'] >> nth=0")
        seen["target"] = page.locator(".claim:target h3").inner_text()
        seen["quiet"] = {"requests": list(requests), "said": list(said)}
        seen["answer"] = page.evaluate(ASK, address)
        page.wait_for_load_state("networkidle")
        browser.close()
    return seen


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:5])))
