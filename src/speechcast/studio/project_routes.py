"""The routes of projects: what they are, and how they change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from ..errors import UsageError
from ..messages import _
from ..project import edits
from ..project.project import Project
from .answers import read_json, run_in_threadpool
from .library import Library
from .page_state import KNOWN_STATE, Json
from .session import Edit, ProjectSession
from .state import describe_project, list_cues
from .summary import save_summary, summarize
from .unread_state import describe_outline
from .values import (
    read_adjustment,
    read_cut,
    read_offset,
    read_reading,
    read_settings,
    read_text,
    read_version,
)


def library_of(request: Request) -> Library:
    """Return the projects of the application."""
    library: Library = request.app.state.library
    return library


async def open_session(request: Request) -> ProjectSession:
    """Return the project that a path names.

    Raises:
        MissingError: There is none.
    """
    return await run_in_threadpool(library_of(request).open, request.path_params["id"])


async def list_projects(request: Request) -> Response:
    """Answer with the projects."""
    projects = await run_in_threadpool(library_of(request).list)
    return JSONResponse(
        [
            {
                "id": project.id,
                "name": project.name,
                "changed": project.changed,
                **(asdict(project.summary) if project.summary else {}),
                **({"error": project.error} if project.error else {}),
            }
            for project in projects
        ]
    )


async def create_project(request: Request) -> Response:
    """Make a project of a document or a text."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form(max_files=1, max_fields=4) as form:
            upload = form.get("file")
            if not isinstance(upload, UploadFile):
                raise UsageError(_("the form has no file"))
            file_name = Path((upload.filename or "").replace("\\", "/")).name
            data, name = await upload.read(), str(form.get("name") or "")
        file_name = file_name or "speech.txt"
    else:
        content = await read_json(request)
        file_name, name = "", read_text(content, "name") if content.get("name") else ""
        data = read_text(content, "text").encode()
    project_id = await run_in_threadpool(library_of(request).create, file_name, data, name)
    return JSONResponse({"id": project_id}, 201)


async def get_project(request: Request) -> Response:
    """Answer with all that a page shows of a project.

    With `unread`, a long one that was not read yet is shown as far as it is known.
    """
    session = await open_session(request)
    if "unread" in request.query_params:
        outline = await run_in_threadpool(session.outline)
        if outline is not None:
            state = describe_outline(session.folder.name, outline)
            return _answer_state(request, session, state, ())
    return await answer(request, session, session.view)


async def delete_project(request: Request) -> Response:
    """Remove a project."""
    await run_in_threadpool(library_of(request).remove, request.path_params["id"])
    return Response(status_code=204)


async def put_text(request: Request) -> Response:
    """Change the text of a project."""
    content = await read_json(request)
    text = read_text(content, "text")
    return await _edit(request, content, lambda project: edits.set_text(project, text))


async def patch_settings(request: Request) -> Response:
    """Change the settings of a project."""
    content = await read_json(request)
    changes = read_settings(content)
    return await _edit(request, content, lambda project: edits.set_settings(project, changes))


async def patch_sentence(request: Request) -> Response:
    """Change the text of a sentence, or how it is spoken.

    With `through`, the number of a later sentence, all of a passage are spoken so.
    """
    content = await read_json(request)
    number: int = request.path_params["number"]
    last = read_offset(content, "through") if "through" in content else number
    if last < number:
        raise UsageError(
            _("the passage begins at sentence {number} and ends before it, at {last}").format(
                number=number, last=last
            )
        )
    changes = read_adjustment(content)
    text = read_text(content, "text") if "text" in content else None

    def change(project: Project) -> Project:
        for each in range(number, last + 1) if changes else ():
            project = edits.adjust_sentence(project, each, changes)
        return project if text is None else edits.set_sentence_text(project, number, text)

    return await _edit(request, content, change)


async def put_reading(request: Request) -> Response:
    """Change what is said for a word: in this speech, or in all of the user's."""
    content = await read_json(request)
    word, reading = read_reading(content)
    if content.get("scope") == "user":
        session = await open_session(request)
        return await answer(request, session, lambda: session.set_user_reading(word, reading))
    return await _edit(request, content, lambda project: edits.set_reading(project, word, reading))


async def post_cut(request: Request) -> Response:
    """Have a cue end in a sentence, or not."""
    content = await read_json(request)
    number, offset = read_offset(content, "sentence"), read_offset(content, "offset")
    cut = read_cut(content)
    return await _edit(
        request, content, lambda project: edits.set_cut(project, number, offset, cut)
    )


async def undo(request: Request) -> Response:
    """Undo the latest change."""
    session, version = await open_session(request), await _version(request)
    return await answer(request, session, lambda: session.undo(version))


async def redo(request: Request) -> Response:
    """Undo the latest undoing."""
    session, version = await open_session(request), await _version(request)
    return await answer(request, session, lambda: session.redo(version))


async def listen(request: Request) -> Response:
    """Answer with the events of a project, as they happen."""
    session = await open_session(request)
    return StreamingResponse(session.events.listen(), media_type="text/event-stream")


async def _version(request: Request) -> int | None:
    has_body = request.headers.get("content-length", "0") != "0"
    return read_version(await read_json(request)) if has_body else None


async def _edit(request: Request, content: dict[str, Any], change: Edit) -> Response:
    session, version = await open_session(request), read_version(content)
    return await answer(request, session, lambda: session.edit(change, version))


async def answer(request: Request, session: ProjectSession, work: Callable[[], Any]) -> Response:
    """Answer with all that a page shows, once some work is done."""

    def run() -> Response:
        work()
        view = session.view()
        state = describe_project(session, view)
        save_summary(session.folder, state["file"], summarize(state))
        return _answer_state(request, session, state, list_cues(session, view))

    return await run_in_threadpool(run)


def _answer_state(
    request: Request, session: ProjectSession, state: Json, cues: Iterable[Json]
) -> Response:
    """Answer a page with what it has not yet; another program with the whole, and the cues."""
    since = request.headers.get(KNOWN_STATE)
    if since is not None:
        return JSONResponse(session.page_states.answer(since, state))
    return JSONResponse({**state, "cues": list(cues)})


class _Number(IntegerConvertor):
    """The number of a sentence in a path; Python turns no text of thousands of digits into one."""

    regex = "[0-9]{1,9}"


register_url_convertor("number", _Number())

ROUTES = [
    Route("/api/projects", list_projects, methods=["GET"]),
    Route("/api/projects", create_project, methods=["POST"]),
    Route("/api/projects/{id}", get_project, methods=["GET"]),
    Route("/api/projects/{id}", delete_project, methods=["DELETE"]),
    Route("/api/projects/{id}/text", put_text, methods=["PUT"]),
    Route("/api/projects/{id}/settings", patch_settings, methods=["PATCH"]),
    Route("/api/projects/{id}/sentences/{number:number}", patch_sentence, methods=["PATCH"]),
    Route("/api/projects/{id}/readings", put_reading, methods=["PUT"]),
    Route("/api/projects/{id}/cuts", post_cut, methods=["POST"]),
    Route("/api/projects/{id}/undo", undo, methods=["POST"]),
    Route("/api/projects/{id}/redo", redo, methods=["POST"]),
    Route("/api/projects/{id}/events", listen, methods=["GET"]),
]
