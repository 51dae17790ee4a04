"""Metadata as publishers and programs write it: times, languages, names of entries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tui.articles.documents import Passed, Reading
from tui.articles.times import find_moment, offset_at
from tui.model.ids import sha256

_LONGEST_TIME = 100  # code points looked at
# ISO 8601 in its basic form, as in NITF and many interfaces: 20250205T065300Z.
_COMPACT = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(?:[.,]\d{1,9})?(Z|[+-]\d{2}:?\d{2})?)?"
)
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d{1,9})?")  # seconds or milliseconds since 1970
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")
_LANGUAGES = {
    "english": "en",
    "korean": "ko",
    "한국어": "ko",
    "영어": "en",
    "japanese": "ja",
    "chinese": "zh",
    "russian": "ru",
    "ukrainian": "uk",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "arabic": "ar",
    "eng": "en",
    "kor": "ko",
}
_GLOBAL = re.compile(
    r"[a-z][a-z0-9+.-]*://.|(?:urn|tag|doi|mid|cid|ni|info):.|[^\s@<>]+@[^\s@<>]+\.\w"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    re.IGNORECASE,
)
_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_HASH = 12  # digits of a text's hash that tell entries apart
NO_TEXT = "holds no text"


def names_of(byline: str) -> str:
    """The names in a byline: its words without `By`."""
    return _BY.sub("", byline, count=1) if _BY.match(byline) else byline


def iso_time(value: str, zone: str = "") -> str:
    """A time as ISO 8601, with its offset where that is known; empty if it is none.

    Understood are ISO 8601 (extended and basic), RFC 5322, seconds and milliseconds since 1970,
    and what heads of articles have. `zone` is for a time of day that names none.
    """
    value = value.strip()[:_LONGEST_TIME]
    compact = _COMPACT.fullmatch(value)
    found = _expanded(compact, zone) if compact else ""
    if found:
        return found
    epoch = _EPOCH.fullmatch(value)
    if epoch:
        return datetime.fromtimestamp(int(epoch[1]), UTC).isoformat(timespec="seconds")
    moment = find_moment(value, zone=zone)
    return moment.iso if moment else ""


def _expanded(parts: re.Match[str], zone: str) -> str:
    """The parts of a time in the basic form; empty if no calendar or clock has them."""
    year, month, day, hour, minute, second, offset = parts.groups()
    try:
        if hour is None:
            return datetime(int(year), int(month), int(day)).date().isoformat()  # noqa: DTZ001
        moment = datetime(  # noqa: DTZ001 - its offset is added as it is written
            int(year), int(month), int(day), int(hour), int(minute), int(second or 0)
        )
    except ValueError:
        return ""
    if offset == "Z":
        offset = "+00:00"
    elif offset and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    iso = moment.isoformat(timespec="seconds" if second else "minutes")
    return iso + (offset or offset_at(zone, moment))


def language_code(value: str) -> str:
    """The language of a BCP 47 tag or an English name, as two or three letters; else empty."""
    value = value.strip()[:40]
    named = _LANGUAGES.get(value.casefold())
    tag = _TAG.fullmatch(value)
    return named or (_LANGUAGES.get(tag[1].lower(), tag[1].lower()) if tag else "")


def global_name(value: str, publisher: str = "") -> str:
    """A name of an entry that no other publisher gives to another one; empty if there is none.

    URLs, URNs, tag URIs, message ids and UUIDs are taken as they are; all else, such as a number,
    is put behind its publisher's URL or name.
    """
    value = " ".join(value.split())
    if not value or _GLOBAL.match(value):
        return value
    publisher = " ".join(publisher.split()).rstrip("/#")
    return f"{publisher}#{value}" if publisher else ""


def host_of(url: str) -> str:
    """The host of a URL in small letters without `www.`; empty if it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def text_key(text: str) -> str:
    """A key for an entry that has no name: it is the same as long as the text is."""
    return f"text-{sha256(text)[:_HASH]}"


class Names:
    """The names that the entries of a file bear: all are noted before the first is given out.

    An article's id is made of its guid or URL, so that one which several articles bear must not
    be taken for a name.
    """

    def __init__(self) -> None:
        self._titles: defaultdict[str, set[str]] = defaultdict(set)
        self._keys: Counter[str] = Counter()
        self._given: defaultdict[str, set[str]] = defaultdict(set)

    def note(self, name: str, key: str, title: str) -> None:
        """An entry with this guid or URL, this key and this title is in the file."""
        if name:
            self._titles[name].add(title.casefold())
        if key:
            self._keys[key] += 1

    def settle(self, found: Iterable[Reading | Passed]) -> Iterator[Reading | Passed]:
        """The entries, each with a key that is no other's, whatever stands before them.

        Entries of one name and one title are versions of one article: they keep its name. A name
        that several titles bear is taken together with the text. An entry that stands there twice
        in the same words is given once.
        """
        for entry in found:
            if isinstance(entry, Passed):
                yield entry
                continue
            key, text = entry.entry or text_key(entry.text), text_key(entry.text)
            if text in self._given[key]:
                continue
            name = entry.guid or entry.layout.url
            if len(self._titles[name]) > 1 and name:
                entry.guid = f"{name}#{text}"
            unlike = self._keys[key] > 1 or bool(self._given[key])
            entry.entry = f"{key}#{text}" if unlike and entry.entry else key
            self._given[key].add(text)
            yield entry
