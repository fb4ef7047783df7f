"""The application: the page, its routes, and what guards them."""

from __future__ import annotations

import mimetypes
from collections.abc import Collection
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ..errors import SpeechcastError
from ..messages import _
from . import catalog_routes, project_routes, sound_routes, speech_api
from .answers import explain_bug, explain_error, explain_status, explain_system
from .language import PageLanguage
from .library import Library
from .security import LOOPBACK, Guard
from .speech_service import SpeechService

# What Windows' registry may call otherwise; a browser runs no module that is plain text.
_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
}
STATIC = Path(__file__).parent / "static"
_NO_PAGE = "<!doctype html><title>speechcast</title><p>{text}</p>"


async def get_page(_request: Request) -> Response:
    """Answer with the page."""
    page = STATIC / "index.html"
    return (
        FileResponse(page)
        if page.is_file()
        else HTMLResponse(_NO_PAGE.format(text=_("The studio's page is not installed.")))
    )


def create_app(library: Library, token: str, hosts: Collection[str] = LOOPBACK) -> Starlette:
    """Return the studio's application.

    Args:
        library: The projects.
        token: What a request must carry.
        hosts: The names by which the studio may be addressed.
    """
    routes: list[BaseRoute] = [
        Route("/", get_page),
        *catalog_routes.ROUTES,
        *project_routes.ROUTES,
        *sound_routes.ROUTES,
        *speech_api.ROUTES,
    ]
    for suffix, media_type in _TYPES.items():
        mimetypes.add_type(media_type, suffix)
    if STATIC.is_dir():
        routes.append(Mount("/static", StaticFiles(directory=STATIC)))
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, token=token, hosts=hosts), Middleware(PageLanguage)],
        exception_handlers={
            SpeechcastError: explain_error,
            HTTPException: explain_status,
            OSError: explain_system,
            Exception: explain_bug,
        },
    )
    app.state.library = library
    app.state.speech = SpeechService(library.resources)
    return app
