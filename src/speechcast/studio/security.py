"""What reaches the studio at all, and the headers of what it answers.

A page of another site may open connections to this machine, and may have its own name point here
(DNS rebinding). So a request must name a host that is ours, must come from no other origin, and
must carry the token, which only the address that the command prints has. Bodies are bounded.
"""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..documents import MAX_FILE_BYTES
from ..messages import _, mark

MAX_BODY_BYTES = MAX_FILE_BYTES + 1_000_000  # the largest document, and the form around it
API_PATHS = ("/v1/", "/dev/")  # of other programs, which carry the token as a key
EVERYWHERE = ("0.0.0.0", "::")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; connect-src 'self'; font-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_NO_TOKEN = mark("the token is missing or wrong; open the address that was printed")
_NO_KEY = mark("the key is missing or wrong; send the one that the server was started with")
_OTHER_SITES = ("cross-site", "same-site")  # another port of this machine is the same site


class Guard:
    """Refuses what is not from our own page, and bounds what is read."""

    def __init__(
        self,
        app: ASGIApp,
        token: str | None,
        hosts: Collection[str] = LOOPBACK,
        *,
        most_bytes: int = MAX_BODY_BYTES,
    ) -> None:
        """Guard an application.

        Args:
            app: The application.
            token: What a request must carry; None if any may come.
            hosts: The names by which it may be addressed, without a port.
            most_bytes: Of a request's body.
        """
        self._app = app
        self._token = token
        self._hosts = frozenset(host.lower() for host in hosts)
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        response = self._judge(scope)
        if response is not None:
            await response(scope, receive, _with_headers(send, scope))
            return
        await self._app(scope, _bounded(receive, self._most_bytes), _with_headers(send, scope))

    def _judge(self, scope: Scope) -> Response | None:
        """Return the answer to a request that is not passed on; None for one that is."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._is_ours(host):
            return _refuse(
                scope, 421, _("this address is not one of the studio's; use the one it printed")
            )
        if _is_foreign(headers, host):
            return _refuse(scope, 403, _("the request comes from another site"))
        if int(_digits(headers.get("content-length"))) > self._most_bytes:
            return _refuse(scope, 413, describe_limit(self._most_bytes))
        if answer := self._greet(scope, host):
            return answer
        if not self._has_token(scope, headers, host):
            return _refuse(scope, 401, _(_NO_KEY if is_api(scope) else _NO_TOKEN))
        return None

    def _greet(self, scope: Scope, host: str) -> Response | None:
        """Return the answer that turns the token of an address into a cookie."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if self._token is None or scope["path"] != "/" or "token" not in query:
            return None
        if not _equal(query["token"][-1], self._token):
            return _refuse(scope, 401, _(_NO_TOKEN))
        response = RedirectResponse("/", 303)
        response.set_cookie(
            cookie_name(host), self._token, httponly=True, samesite="strict", path="/"
        )
        return response

    def _has_token(self, scope: Scope, headers: Headers, host: str) -> bool:
        if self._token is None:
            return True
        scheme, _blank, key = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _equal(key.strip(), self._token):
            return True
        if is_api(scope):
            return False
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except CookieError:
            return False
        cookie = cookies.get(cookie_name(host))
        return cookie is not None and _equal(cookie.value, self._token)

    def _is_ours(self, host: str) -> bool:
        name = split_host(host)
        return name is not None and (
            name in self._hosts or (is_ip_address(name) and not self._hosts.isdisjoint(EVERYWHERE))
        )


def cookie_name(host: str) -> str:
    """Return the name of the cookie of a server; the ports of a machine share their cookies."""
    port = host.rpartition(":")[2]
    return f"speechcast_{port}" if port.isdigit() else "speechcast"


def split_host(host: str) -> str | None:
    """Return the name in a `Host` header, without its port; None if it is none.

    >>> split_host("127.0.0.1:8000"), split_host("[::1]:8000")
    ('127.0.0.1', '::1')
    """
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def list_hosts(host: str) -> tuple[str, ...]:
    """Return the names by which a server may be addressed that listens on `host`.

    One that listens everywhere (see `EVERYWHERE`) may be addressed by any address: a name can be
    made to point to any machine, an address cannot.
    """
    return (*LOOPBACK, host.strip("[]").lower())


def is_ip_address(host: str) -> bool:
    """Return whether a host is an address, and no name."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _is_foreign(headers: Headers, host: str) -> bool:
    """Return whether a browser says that a request comes from another origin."""
    if headers.get("sec-fetch-site") in _OTHER_SITES:
        return True
    origin = headers.get("origin")
    return origin is not None and origin.lower() != f"http://{host.lower()}"


def is_api(scope: Scope) -> bool:
    """Return whether a request is for OpenAI's interface."""
    return str(scope["path"]).startswith(API_PATHS)


def describe_limit(most_bytes: int) -> str:
    """Return the message for a body that is too large."""
    return _("that is more than {most:.0f} MB; split it").format(most=most_bytes / 1e6)


def describe_api_error(message: str, status: int, param: str | None = None) -> dict[str, object]:
    """Return an error in the form of OpenAI's interface."""
    kind = "invalid_request_error" if status < 500 else "server_error"
    code = {401: "invalid_api_key", 429: "rate_limit_exceeded"}.get(status)
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def _refuse(scope: Scope, status: int, message: str) -> Response:
    content = describe_api_error(message, status) if is_api(scope) else {"error": message}
    return JSONResponse(content, status)


def _digits(text: str | None) -> str:
    """Return a number of a header as digits; a number that is far too long is cut."""
    return text[:20] if text and text.isascii() and text.isdigit() else "0"


def _equal(first: str, second: str) -> bool:
    return secrets.compare_digest(first.encode(), second.encode())


def _bounded(receive: Receive, most_bytes: int) -> Receive:
    """Return a `receive` that raises HTTPException for a body that is too large."""
    total = 0

    async def receive_some() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > most_bytes:
            raise HTTPException(413, describe_limit(most_bytes))
        return message

    return receive_some


def _with_headers(send: Send, scope: Scope) -> Send:
    """Return a `send` that adds our headers to every answer."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if not scope["path"].startswith("/static/"):
                headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return send_with_headers
