"""Web addresses as the standards want them, whatever somebody has typed or saved."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import quote, urlsplit

from tui.model.visible import visible

_BRACKETS = re.compile(r"[ <>\"\\`]")  # an IPv6 address has others
_UNFIT = re.compile(r"[ <>\"\\`{}|^\[\]#]|%(?![0-9A-Fa-f]{2})")


def web_address(url: str) -> str:
    """The URL with what no URL may hold escaped, or empty if it is no plain http(s) address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc or visible(url) != url:
        return ""
    host = len(f"{parts.scheme}://{parts.netloc}")
    path, mark, fragment = url[host:].partition("#")
    return (
        _BRACKETS.sub(_escape, url[:host])
        + _UNFIT.sub(_escape, path)
        + mark
        + _UNFIT.sub(_escape, fragment)
    )


def web_uri(url: str) -> str:
    """The same in ASCII (RFC 3986), its host too."""
    address = web_address(url)
    host = urlsplit(address).netloc
    with suppress(UnicodeError):  # no name that there can be is escaped like the rest
        address = address.replace(f"//{host}", f"//{host.encode('idna').decode()}", 1)
    return quote(address, safe="!#$%&'()*+,/:;=?@[]")


def _escape(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"
