"""Three articles, and marks made on them by their words."""

from __future__ import annotations

from collections.abc import Callable

from tui.desk import Desk
from tui.model.records import Claim, Hop, Phrase
from tui.model.spans import Extent

NIS = """date 2025-02-05 [News Today] “TROOPS NO LONGER SEEN FIGHTING”

입력 2025-02-05 15:53:10 수정 2025-02-05 16:17:32 News Today
[LEAD]
The intelligence service reports that the troops are not in combat. They are expected to regroup.

[REPORT]
About 11,000 soldiers were sent to Kursk. The troops lost more than 3,000 men, the service said.
“We saw no sign of the troops since mid-January,” a spokesman said on Wednesday.
"""
LOSSES = """Losses above the count
Harbor Wire
2025-02-07 10:00

The troops lost 4,000 men, officials said. The count rose in January.
Kyiv denied the figure.
"""
PLAIN = "Nothing here has a date. The troops are gone. 북한군은 사라졌다. 😀 emoji stay whole."
FILES = {"nis.txt": NIS, "losses.txt": LOSSES, "plain.txt": PLAIN}


def spot(desk: Desk, article: str, words: str) -> Extent:
    """Where the words stand in an article."""
    start = desk.article(article).text.index(words)
    return Extent(start, start + len(words))


def mark(desk: Desk, name: str, words: str, *tags: str) -> str:
    """The id of a new or known highlight on the words of a file's article."""
    article = desk.find(name)
    extents = (spot(desk, article, words),)
    desk.highlight(article, extents, tags)
    return next(p.record.id for p in desk.annotations(article).highlights if p.extents == extents)


def marked_before(open_desk: Callable[..., Desk]) -> str:
    """The id of an article that was marked by a desk that is closed."""
    desk = open_desk()
    article = desk.find("nis.txt")
    mark(desk, "nis.txt", "Kursk")
    desk.close()
    return article


def claim(desk: Desk, name: str, words: str, statement: str = "", *tags: str) -> Claim:
    """A new claim on the words of a file's article, from an outlet and a named source."""
    article = desk.find(name)
    chain = (Hop(Phrase("News Today"), "document"), Hop(Phrase("NIS"), "named"))
    draft = Claim(article=article, statement=statement or words, chain=chain)
    step = desk.save_claim(draft, [spot(desk, article, words)], tags=tags)
    assert step is not None
    return next(c.after for c in step.changes if isinstance(c.after, Claim))
