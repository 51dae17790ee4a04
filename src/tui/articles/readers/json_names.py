"""The usual names of the fields of an article in JSON, the surest first.

They are those of schema.org, JSON Feed, WordPress and Elasticsearch, and of the services and
crawlers that news is commonly taken from; without big letters, `_`, `-` and blanks.
"""

from __future__ import annotations


def _names(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


TITLES = _names("headline title webtitle newstitle heading subject 제목")
BODIES = _names(
    "articlebody bodytext contenttext fulltext maintext articletext bodyxhtml bodyhtml contenthtml",
    "body text content article story 본문 내용 paragraphs sentences",
)
# What is the text only where there is no other and a title stands beside it.
SUMMARIES = _names("description summary abstract leadparagraph excerpt snippet trailtext")
NAMES = {
    "title": TITLES,
    "body": BODIES,
    "url": _names(
        "canonicalurl url weburl link permalink href articleurl externalurl mainentityofpage",
        "providerlinkpage originallink",
    ),
    "archive_url": _names("archiveurl archivedurl"),
    "outlet": _names(
        "outlet publisher publication newspaper sitename sourcename provider source agency",
        "sourcedomain domain 언론사",
    ),
    "byline": _names("byline author authors creator by writer reporter journalist 기자"),
    "published": _names(
        "datepublished publishedat pubdate published webpublicationdate publicationdate",
        "publishdate publisheddate publishtime datepublish firstpublished seendate date timestamp",
        "createdat datecreated created time 일자",
    ),
    "modified": _names(
        "datemodified updatedat modifiedat modified updated lastmodified lastupdated datemodify",
        "updatetime",
    ),
    "retrieved": _names(
        "retrieved retrievedat datedownload crawledat crawldate fetchedat scrapedat accessed"
    ),
    "language": _names("language lang inlanguage locale sourcelanguage"),
    "guid": _names("guid id articleid newsid uuid uri key 뉴스식별자"),
}
