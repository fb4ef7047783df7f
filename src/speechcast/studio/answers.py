"""What the routes share: bodies in, answers and errors out."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import ConsentError, SpeechcastError, UsageError, explain_os_error
from ..messages import _
from .consent import UnansweredError
from .errors import ConflictError, MissingError, describe_bug
from .state import describe_transfer

__all__ = [
    "explain_bug",
    "explain_error",
    "explain_status",
    "explain_system",
    "read_json",
    "run_in_threadpool",
]

log = logging.getLogger("speechcast.studio")


async def read_json(request: Request) -> dict[str, Any]:
    """Return the JSON object that a request carries.

    Raises:
        UsageError: It carries none.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise UsageError(_("the request must carry JSON, as application/json"))
    try:
        content = await request.json()
    except (ValueError, RecursionError) as exc:
        raise UsageError(_("the request carries no valid JSON: {exc}").format(exc=exc)) from exc
    if not isinstance(content, dict):
        raise UsageError(_("the request must carry a JSON object"))
    return content


async def explain_error(_request: Request, exc: Exception) -> Response:
    """Return an error of ours as JSON, with the status that fits it."""
    assert isinstance(exc, SpeechcastError)
    content: dict[str, Any] = {"error": " ".join(str(exc).split())}
    if isinstance(exc, UnansweredError):
        content["transfers"] = [describe_transfer(transfer) for transfer in exc.transfers]
    return JSONResponse(content, _status(exc))


async def explain_status(_request: Request, exc: Exception) -> Response:
    """Return an error of HTTP as JSON."""
    assert isinstance(exc, HTTPException)
    return JSONResponse({"error": exc.detail}, exc.status_code, headers=exc.headers)


async def explain_system(_request: Request, exc: Exception) -> Response:
    """Return an error of the system, such as a full disk, as JSON."""
    assert isinstance(exc, OSError)
    file = f"{exc.filename}: " if exc.filename else ""
    return JSONResponse({"error": f"{file}{explain_os_error(exc)}"}, 500)


async def explain_bug(_request: Request, exc: Exception) -> Response:
    """Return an error that no part of the program foresaw as JSON."""
    return JSONResponse({"error": describe_bug(exc)}, 500)


def _status(exc: SpeechcastError) -> int:
    statuses: Mapping[type[SpeechcastError], int] = {
        ConsentError: 409,
        ConflictError: 409,
        MissingError: 404,
    }
    return next((status for kind, status in statuses.items() if isinstance(exc, kind)), 400)
