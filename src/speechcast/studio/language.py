"""The language of what the studio says: that of the page that asks.

A page names its language with each request, and the program speaks it from then on: errors,
remarks, what `check` says, and what a recording in a thread of its own sends to every page. The
pages of a browser share one language; of two browsers that differ, the one that asked last decides.
With a page's language come a page's words: from then on, no message names an option of the command.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ..messages import Language, language, use_language, use_wording
from .wording import WORDING

HEADER = "Page-Language"  # no header of a browser's own: those say nothing of the page's switch
_LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}


class PageLanguage:
    """Lets the program speak the language that a request names."""

    def __init__(self, app: ASGIApp) -> None:
        """Pass requests on to an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            wish = _LANGUAGES.get(Headers(scope=scope).get(HEADER, ""))
            if wish is not None:
                use_wording(WORDING)
                if wish != language():
                    use_language(wish)
        await self._app(scope, receive, send)
