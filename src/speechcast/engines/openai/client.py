"""Ask a server for the sound of a text, and translate its refusals."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

from ...errors import (
    EngineError,
    InvalidResponse,
    RateLimited,
    ServiceUnreachable,
    TransientError,
)
from ...messages import _
from ...model import Voice
from ..online.bounds import most_bytes
from ..online.deadlines import Deadlines, explain_interruption, read_with_deadlines
from ..online.proxy import find_proxy
from .captions import BODY, DESCRIPTION, ENCODED, MAX_DESCRIPTION, PATH, TIMEOUT
from .keys import find_key
from .reference import wants_times
from .responses import read_refusal
from .server import Server


class SpeechClient:
    """What is sent to one server for one voice.

    The key is only in the headers of a request.
    """

    def __init__(self, voice: Voice, server: Server, deadlines: Deadlines) -> None:
        """Look up the key of the server.

        Raises:
            PresetError: The key is not usable.
        """
        self._voice = voice
        self._server = server
        self._deadlines = deadlines
        self._key = find_key(voice, server.address)
        # Kokoro, the model of the server that has captions, gives none for Chinese.
        self._captioned = None if wants_times(voice) and not _is_chinese(voice) else False

    async def fetch(self, text: str, on_start: Callable[[], None]) -> bytes:
        """Return the complete response, with the times of its words if the server has them.

        Args:
            text: What is spoken.
            on_start: Called when the response begins.

        Raises:
            EngineError: The server cannot be reached, refuses, or sends no usable response.
        """
        if self._captioned is None:
            self._captioned = await self._find_captions()
        if self._captioned:
            try:
                return await self._read(text, on_start, captions=True)
            except (RateLimited, ServiceUnreachable):
                raise
            except EngineError:  # the plain path may work
                self._captioned = False
        return await self._read(text, on_start, captions=False)

    async def _read(self, text: str, on_start: Callable[[], None], *, captions: bool) -> bytes:
        """Return a complete response, every foreign exception translated to an EngineError."""
        stream = self._stream(text, captions=captions)
        pieces = read_with_deadlines(stream, text, self._deadlines, on_start)
        try:
            return b"".join([piece async for piece in pieces])
        except EngineError:
            raise
        except Exception as exc:
            raise self._translate_error(exc) from exc

    async def _find_captions(self) -> bool:
        """Return whether the server says that it can time its words."""
        import aiohttp

        url = self._server.address + DESCRIPTION
        proxy = find_proxy(url, self._voice.options.get("proxy"))
        timeout = aiohttp.ClientTimeout(total=TIMEOUT)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout, auto_decompress=False) as session,
                session.get(
                    url, headers=self._headers(), proxy=proxy, allow_redirects=False
                ) as response,
            ):
                if response.status != 200:
                    return False
                description = b""
                async for piece in response.content.iter_any():
                    description += piece
                    if len(description) > MAX_DESCRIPTION:
                        return False
                return PATH.encode() in description
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
            return False

    async def _stream(self, text: str, *, captions: bool) -> AsyncIterator[bytes]:
        """Yield the response's bytes as they arrive.

        Raises:
            EngineError: The server refuses.
            InvalidResponse: It sends more than the text can take.
        """
        import aiohttp

        url = self._server.address + (PATH if captions else "/v1/audio/speech")
        proxy = find_proxy(url, self._voice.options.get("proxy"))
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=self._deadlines.connect)
        async with (
            aiohttp.ClientSession(timeout=timeout, auto_decompress=False) as session,
            session.post(
                url,
                json=self._body(text) | (BODY if captions else {}),
                headers=self._headers(),
                proxy=proxy,
                allow_redirects=False,
            ) as response,
        ):
            error = await read_refusal(
                response, self._server.display_address, self._key, captions=captions
            )
            if error:
                raise error
            left = most_bytes(text, self._voice) * (ENCODED if captions else 1)
            async for piece in response.content.iter_any():
                left -= len(piece)
                if left < 0:
                    raise InvalidResponse(_("the server sends more sound than the text can take"))
                yield piece

    def _headers(self) -> dict[str, str]:
        """Return the request's headers.

        A compressed answer is refused: sound does not shrink, and a few bytes could hold gigabytes.
        """
        key = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        return {"Accept-Encoding": "identity"} | key

    def _body(self, text: str) -> dict[str, Any]:
        """Return the request's JSON, by OpenAI's API reference, "Create speech"."""
        body: dict[str, Any] = {
            "model": self._server.model,
            "input": text,
            "voice": self._voice.voice,
            "response_format": self._server.format,
        }
        if self._voice.rate:
            body["speed"] = 1 + self._voice.rate / 100
        return body

    def _translate_error(self, exc: Exception) -> EngineError:
        """Return our error for an exception of aiohttp or the deadlines."""
        import aiohttp

        if isinstance(exc, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
            return ServiceUnreachable(
                _(
                    "{address} cannot be reached; start the server, or check the address in the "
                    "preset '{voice}'"
                ).format(address=self._server.display_address, voice=self._voice.name)
            )
        if reason := explain_interruption(exc):
            return TransientError(reason)
        if isinstance(exc, UnicodeEncodeError):
            return EngineError(
                _("it contains half a character, which cannot be sent; correct the text")
            )
        return InvalidResponse(
            _("the server's answer cannot be read ({name})").format(name=type(exc).__name__)
        )


def _is_chinese(voice: Voice) -> bool:
    return voice.language.startswith("zh")
