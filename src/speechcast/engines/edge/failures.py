"""Translate failures of the read-aloud service into our errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...errors import (
    AccessDenied,
    EngineError,
    InvalidResponse,
    RateLimited,
    ServiceUnreachable,
    TransientError,
)
from ...messages import _
from ...model import Voice
from ...redaction import without_login
from ..online.deadlines import ResponseStalled, explain_interruption
from ..online.retry_after import advise_wait, parse_retry_after, seconds_since

if TYPE_CHECKING:
    from aiohttp import WSServerHandshakeError

OFFLINE_ADVICE = "use an offline preset: --voice narrator"
CLOCK_TOLERANCE = 60  # seconds our clock may differ from the service's without a mention
MAX_QUOTE = 80  # characters quoted of a foreign exception's text


def translate_error(exc: Exception, voice: Voice, proxy: str | None) -> EngineError:
    """Return our error for an exception of a request.

    The exception is one of edge-tts, aiohttp or the deadlines.

    Args:
        exc: What was raised.
        voice: The preset, which the message names.
        proxy: The address of the proxy that was used; None for a direct connection.
    """
    import aiohttp
    from edge_tts.exceptions import SkewAdjustmentError

    if isinstance(exc, aiohttp.WSServerHandshakeError):
        return _translate_refusal(exc)
    if isinstance(exc, SkewAdjustmentError):
        return AccessDenied(_access_denied_message(None))
    if isinstance(exc, UnicodeEncodeError):
        return EngineError(
            _("it contains half a character, which cannot be sent; correct the text")
        )
    if reason := _explain_unreachable(exc):
        return _unreachable_error(voice, proxy, reason)
    if reason := explain_interruption(exc):
        return TransientError(reason)
    quote = " ".join(str(exc).split())[:MAX_QUOTE]
    return InvalidResponse(
        _("the service's answer cannot be read ({name}: {quote})").format(
            name=type(exc).__name__, quote=quote
        )
    )


def missing_voice_error(voice: Voice) -> EngineError:
    """Return the error for a voice that the service does not have."""
    return EngineError(
        _(
            "the service has no voice '{voice}' (preset '{voice_2}'); it may have been "
            "withdrawn: choose another, or {offline_advice}"
        ).format(voice=voice.voice, voice_2=voice.name, offline_advice=OFFLINE_ADVICE)
    )


def _explain_unreachable(exc: Exception) -> str | None:
    """Return why the service was unreachable; None if it was reached."""
    import aiohttp

    from .connector import RedirectedElsewhere

    match exc:
        case RedirectedElsewhere():
            return "it redirects to another address, which is not sent the text"
        case ResponseStalled() if not exc.started:
            return f"no answer for {exc.seconds:g} seconds"
        case aiohttp.ClientConnectorDNSError():
            return "its name cannot be looked up"
        case aiohttp.ClientProxyConnectionError() | aiohttp.ClientHttpProxyError():
            return "the proxy refused the connection"
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return "no connection"
    return None


def _translate_refusal(exc: WSServerHandshakeError) -> EngineError:
    """Return the error for an HTTP status that refuses the WebSocket."""
    headers: Mapping[str, str] = exc.headers or {}
    if exc.status == 403:
        return AccessDenied(_access_denied_message(headers.get("Date")))
    retry_after = parse_retry_after(headers.get("Retry-After"))
    if exc.status == 429 or (exc.status == 503 and retry_after is not None):
        return RateLimited(
            _(
                "the service receives too many requests from here (HTTP {status}); "
                "{advise_wait}, or {offline_advice}"
            ).format(
                status=exc.status,
                advise_wait=advise_wait(retry_after),
                offline_advice=OFFLINE_ADVICE,
            ),
            retry_after,
            exc.status,
        )
    return TransientError(
        _("the service refused the request (HTTP {status})").format(status=exc.status)
    )


def _access_denied_message(date: str | None) -> str:
    """Return the message for a 403; `date` is the response's Date header.

    The service compares a time stamp of the request with its own clock.
    """
    offset = seconds_since(date)
    clock = ""
    if offset and abs(offset) > CLOCK_TOLERANCE:
        clock = f" (it is {abs(offset):.0f} seconds off the service's)"
    return (
        f"the service denies access (HTTP 403): set this machine's clock{clock}; if it is "
        f"right, the service may be closed to your region: try --proxy, or {OFFLINE_ADVICE}"
    )


def _unreachable_error(voice: Voice, proxy: str | None, reason: str) -> ServiceUnreachable:
    through = f" through {without_login(proxy)}" if proxy else ""
    return ServiceUnreachable(
        _(
            "the online voice '{voice}' cannot be reached{through} ({reason}); check the "
            "network, or {offline_advice}"
        ).format(voice=voice.name, through=through, reason=reason, offline_advice=OFFLINE_ADVICE)
    )
