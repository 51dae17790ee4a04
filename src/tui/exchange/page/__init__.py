"""A report as one self-contained HTML page: claims in a table, charts, articles with highlights.

Nothing is fetched by it, and a content security policy says so to the browser. Filter and sorting
are a script of its own; without scripts all of it can be read and printed. HTML Living Standard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.exchange.bundles import Bundle
from tui.exchange.page.charts import Charts
from tui.exchange.page.markup import attribute, element, escaped
from tui.exchange.page.parts import article_section, claim_block, claim_link, claim_row, legend
from tui.exchange.spools import Spool, resolved
from tui.model.views import SAID_IN_ORDER
from tui.model.wording import counted, format_date, format_list

_HERE = Path(__file__).parent
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)
COLUMNS = (
    ("number", "No."),
    ("claim", "Claim"),
    ("source", "Source"),
    ("when", "When"),
    ("quantity", "Quantity"),
    ("grade", "Grade"),
    ("status", "Status"),
    ("assessment", "Assessment"),
    ("tags", "Tags"),
    ("article", "Article"),
)


def export(bundle: Bundle, **_: bool) -> Iterator[str]:
    """The page, piece by piece, once all of the bundle was read.

    Text of articles and of analysts stands in it as data, escaped. What comes behind the summary
    waits in temporary files until that is known.
    """
    with Spool() as rows, Spool() as evidence, Spool() as articles:
        charts, grades, numbers = Charts(), set[str](), dict[str, int]()
        read = 0
        for part in bundle.articles:
            read += 1
            for item in bundle.items_of(part):
                if item.claim is not None:
                    numbers[item.claim.id] = len(numbers) + 1
                    charts.take(bundle, item)
                    grades.add(item.grade)
                    rows.put(claim_row(bundle, item, numbers))
                    evidence.put(claim_block(bundle, item, numbers))
            articles.put("".join(article_section(bundle, part, numbers)))
            yield ""
        title = f"{bundle.workspace or 'Claims'}: claims and evidence"
        yield from _head(title, bundle)
        yield f"<main>\n<h1>{escaped(title)}</h1>\n"
        yield element("p", ". ".join(filter(None, (bundle.scope, _made(bundle)))), "scope")
        yield _summary(charts.status, read)
        yield charts.drawn()
        yield from _table(rows, len(numbers))
        yield '<section id="evidence"><h2>Claims and their evidence</h2>\n'
        for block in evidence:
            yield resolved(block, lambda claim: claim_link(numbers.get(claim)))
        yield '</section>\n<section id="articles"><h2>Articles</h2>\n'
        yield from articles
        yield "</section>\n"
        yield legend(grades)
        script = (_HERE / "page.js").read_text("utf-8")
        yield f"</main>\n<script>\n{script}</script>\n</body>\n</html>\n"


def _head(title: str, bundle: Bundle) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy"{attribute("content", _POLICY)}>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield f"<title>{escaped(title)}</title>\n"
    yield f"<style>\n{(_HERE / 'page.css').read_text('utf-8')}{_colours(bundle)}</style>\n"
    yield '</head>\n<body>\n<nav><a href="#claims">Claims</a> <a href="#evidence">Evidence</a> '
    yield '<a href="#articles">Articles</a></nav>\n'


def _colours(bundle: Bundle) -> str:
    """A rule for the marks of each tag that has a colour; see `page.css` for the colours."""
    book = bundle.codebook
    rules = (
        f"mark.t{index} {{ --ink: var(--{colour}); }}\n"
        for index, tag in enumerate(book.tags)
        if (colour := book.colour(tag.path)) and colour.isalpha()
    )
    return "".join(rules)


def _made(bundle: Bundle) -> str:
    return f"Made on {format_date(bundle.made)}." if bundle.made else ""


def _summary(status: Counter[str], articles: int) -> str:
    said = [f"{status[name]} {name}" for name in SAID_IN_ORDER if status[name]]
    words = f"{counted(status.total(), 'claim')} from {counted(articles, 'article')}"
    return element("p", f"{words}: {format_list(said)}." if said else f"{words}.", "summary")


def _table(rows: Iterable[str], count: int) -> Iterator[str]:
    yield '<section id="claims"><h2>Claims</h2>\n'
    if not count:
        yield "<p>There is no claim.</p>\n</section>\n"
        return
    yield '<p class="tools"><label>Filter <input type="search" id="filter"></label> '
    yield f'<output id="shown">{count} of {count}</output></p>\n'
    yield '<div class="wide"><table id="table">\n<thead><tr>'
    for name, label in COLUMNS:
        kind = ' data-kind="number"' if name in ("number", "quantity") else ""
        yield f'<th scope="col"{kind}><button type="button">{label}</button></th>'
    yield "</tr></thead>\n<tbody>\n"
    yield from rows
    yield "</tbody></table></div>\n</section>\n"
