"""Compare addresses: which server an address names, and what an allowance covers."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
_PAGE_SCHEMES = {"wss": "https", "ws": "http"}  # sockets are opened by a request for a page
# What clients read alike. No backslash, white space or control character: some clients take what
# follows them for the host, others what precedes them.
_HTTP = re.compile(r"https?://[^\\\s\x00-\x20\x7f]+", re.IGNORECASE)
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]+", re.IGNORECASE)  # a name, or an address of IPv6


class Origin(NamedTuple):
    """A server: what decides who receives a request.

    Attributes:
        scheme: Such as `https`; "" if it was not named.
        host: In lower case.
        port: None if neither it nor a scheme was named.
    """

    scheme: str
    host: str
    port: int | None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port in {None, _PORTS.get(self.scheme)} else f":{self.port}"
        return f"{self.scheme}://{host}{port}" if self.scheme else f"{host}{port}"


def is_http_address(url: str) -> bool:
    """Return whether the text is an absolute HTTP or HTTPS address.

    Its host and port must be valid.

    >>> is_http_address("http://127.0.0.1:8880"), is_http_address("127.0.0.1:8880")
    (True, False)
    """
    origin = parse_origin(url) if _HTTP.fullmatch(url) else None
    return origin is not None and origin.port != 0


def parse_origin(address: str) -> Origin | None:
    """Return the server that an address names, with or without a scheme; None if it names none.

    >>> str(parse_origin("HTTPS://anna:pw@Example.com/v1"))
    'https://example.com'
    """
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if not _HOST.fullmatch(host):
        return None
    scheme = _PAGE_SCHEMES.get(parts.scheme, parts.scheme)
    return Origin(scheme, host, port if port is not None else _PORTS.get(scheme))


def covers(allowance: str, address: str) -> bool:
    """Return whether an allowance names the server of an address.

    What the allowance leaves out, a scheme or a port, may be any.

    >>> covers("tts.example.com", "https://tts.example.com:8443/v1")
    True
    >>> covers("https://tts.example.com", "http://tts.example.com")
    False
    """
    allowed, server = parse_origin(allowance), parse_origin(address)
    return (
        allowed is not None
        and server is not None
        and allowed.host == server.host
        and allowed.scheme in {"", server.scheme}
        and allowed.port in {None, server.port}
    )
