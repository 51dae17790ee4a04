"""Claims made of one sentence each, with the quantities that stand in it, ready to be compared."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from tui.analysis import find_quantities
from tui.analysis.accounts import Account, account_of_claim
from tui.analysis.proposed_links import ProposedLink, proposed_link
from tui.model.articles import Article
from tui.model.records import Claim, Hop, Phrase, When
from tui.model.sources import Registry
from tui.model.spans import Extent, select

_numbers = count(1)


def told(
    words: str,
    source: str = "National Intelligence Service",
    kind: str = "named",
    *,
    day: str = "2025-02-05",
    outlet: str = "News Today",
    title: str = "",
    article: str = "",
    about: str = "",
    place: str = "",
    when: When | None = None,
    modality: str = "reported",
    registry: Registry | None = None,
    name: str = "",
) -> Account:
    """What an outlet prints of a source on a day; an article of its own unless one is named."""
    number = next(_numbers)
    whole = Extent(0, len(words))
    claim = Claim(
        id=name or f"claim-{number:06}",
        highlight=f"highlight-{number:06}",
        revision=f"revision-{number:06}",
        statement=words,
        chain=(Hop(Phrase(outlet), "named"), Hop(Phrase(source), kind)),
        quantities=tuple(find_quantities(words, whole)),
        about=Phrase(about) if about else None,
        place=Phrase(place) if place else None,
        when=when,
        modality=modality,
    )
    head = Article(
        article or f"article-{number:06}", "", "", title=title, outlet=outlet, published=day
    )
    return account_of_claim(claim, (select(words, 0, len(words)),), head, registry or Registry())


def linked(one: Account, other: Account) -> ProposedLink | None:
    """The link proposed between two, which is the same seen from either."""
    found = proposed_link(one, other)
    assert found == proposed_link(other, one)
    return found


def kinds(links: Iterable[ProposedLink]) -> list[str]:
    return [link.kind for link in links]


def on(start: str, end: str = "") -> When:
    """A resolved time; a day, or from one to another."""
    end = end or start
    return When(f"{start}/{end}", edtf=f"{start}/{end}", earliest=start, latest=end)
