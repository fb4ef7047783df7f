"""The routes of sound: recording, playing, publishing, downloads."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from ..audio.file_activity import measure_blocks
from ..audio.stitch import stitch
from ..errors import UsageError
from ..messages import _
from ..page.waveform import measure_waveform
from ..playback.levels import CEILING
from ..text.packed_numbers import ALPHABET
from ..timeline import place
from .answers import read_json, run_in_threadpool
from .project_routes import answer, library_of, open_session
from .sentence_takes import SentenceTake
from .session import ProjectSession
from .sounds import encode_wav
from .state import describe_findings, list_cues
from .values import read_text

LEAD_IN, TAIL = 0.05, 0.15  # seconds of silence around a sentence that is played alone
WAVE_STEP = 50  # milliseconds of a level: three pixels of the page
MOST_LEVELS = 144_000  # two hours at that step; a longer speech gets longer steps


async def record(request: Request) -> Response:
    """Begin to record a project."""
    session = await open_session(request)
    if request.headers.get("content-length", "0") != "0":
        await _allow(session, await read_json(request))
    await run_in_threadpool(session.recording.start)
    return JSONResponse({"recording": True}, 202)


async def cancel(request: Request) -> Response:
    """End the recording of a project."""
    session = await open_session(request)
    session.recording.cancel()
    return JSONResponse({"recording": False})


async def play_sentence(request: Request) -> Response:
    """Answer with the sound of a sentence, which is recorded if it is not yet."""
    session = await open_session(request)
    number: int = request.path_params["number"]
    previous = request.query_params.get("take") == "previous"
    data = await run_in_threadpool(render_sentence, session, number, previous=previous)
    return Response(data, media_type="audio/wav")


def render_sentence(session: ProjectSession, number: int, *, previous: bool) -> bytes:
    """Return the sound of a sentence as WAV."""
    take = session.find_take(session.view(), number, previous=previous)
    return render_take(session, take)


def render_take(session: ProjectSession, take: SentenceTake) -> bytes:
    """Return the sound of a take as WAV; what is not recorded yet is recorded."""
    clips = session.record_take(take)
    pauses = {
        label: replace(v.pauses, lead_in=LEAD_IN, tail=TAIL) for label, v in take.cast.items()
    }
    timeline = place(take.alone, clips, pauses)
    gains = session.find_gains(timeline, take.cast)
    return encode_wav(stitch(timeline, gains, CEILING), timeline.rate)


async def play_all(request: Request) -> Response:
    """Answer with the whole as it is recorded."""
    session = await open_session(request)
    path = await run_in_threadpool(session.render_whole)
    return FileResponse(path, media_type="audio/wav")


async def get_waveform(request: Request) -> Response:
    """Answer with the levels of the whole, and what `check` says of its cues."""
    session = await open_session(request)

    def describe() -> dict[str, object]:
        view = session.view()
        timeline = session.require_timeline(view)
        gains = session.find_gains(timeline, view.cast)
        blocks = stitch(timeline, gains, CEILING)
        activity = measure_blocks((timeline.rate, block) for block in blocks)
        waveform = measure_waveform(activity, WAVE_STEP, MOST_LEVELS)
        return {
            "version": view.history.version,
            "step": waveform.step / 1000,
            "seconds": timeline.length / timeline.rate,
            "levels": "".join(ALPHABET[level] for level in waveform.levels),
            "findings": list(describe_findings(session, view, activity)),
        }

    return JSONResponse(await run_in_threadpool(describe))


async def get_cues(request: Request) -> Response:
    """Answer with the cues of the whole; none while a sentence is not recorded yet."""
    session = await open_session(request)

    def describe() -> dict[str, object]:
        view = session.view()
        return {"version": view.history.version, "cues": list(list_cues(session, view))}

    return JSONResponse(await run_in_threadpool(describe))


async def publish(request: Request) -> Response:
    """Write the files of a project, and answer with their names."""
    session = await open_session(request)
    if request.headers.get("content-length", "0") != "0":
        await _allow(session, await read_json(request))
    production = await run_in_threadpool(session.recording.publish)
    files = [{"name": path.name, "size": path.stat().st_size} for path in production.files]
    return JSONResponse({"files": files, "folder": str(production.files[0].parent)})


async def download(request: Request) -> Response:
    """Answer with a file of the project's output folder."""
    session = await open_session(request)
    path = session.find_output(request.path_params["name"])
    return FileResponse(path, filename=path.name)


async def _allow(session: ProjectSession, content: dict[str, object]) -> None:
    addresses = content.get("allow", [])
    if not isinstance(addresses, list) or not all(isinstance(a, str) for a in addresses):
        raise UsageError(_("allow must be a list of addresses"))
    await run_in_threadpool(session.allow, addresses)  # it waits while the project is read


async def allow(request: Request) -> Response:
    """Note that the user allows texts to be sent, for as long as the studio runs."""
    session = await open_session(request)
    await _allow(session, await read_json(request))
    return await answer(request, session, session.view)


async def play_sample(request: Request) -> Response:
    """Answer with the first sentence of a project, spoken by a voice."""
    content = await read_json(request)
    project = read_text(content, "project")
    session = await run_in_threadpool(library_of(request).open, project)
    await _allow(session, content)
    data = await run_in_threadpool(
        lambda: render_take(session, session.find_sample(request.path_params["name"]))
    )
    return Response(data, media_type="audio/wav")


ROUTES = [
    Route("/api/voices/{name}/sample", play_sample, methods=["POST"]),
    Route("/api/projects/{id}/allow", allow, methods=["POST"]),
    Route("/api/projects/{id}/record", record, methods=["POST"]),
    Route("/api/projects/{id}/cancel", cancel, methods=["POST"]),
    Route("/api/projects/{id}/sentences/{number:number}/sound", play_sentence, methods=["GET"]),
    Route("/api/projects/{id}/sound", play_all, methods=["GET"]),
    Route("/api/projects/{id}/cues", get_cues, methods=["GET"]),
    Route("/api/projects/{id}/waveform", get_waveform, methods=["GET"]),
    Route("/api/projects/{id}/publish", publish, methods=["POST"]),
    Route("/api/projects/{id}/files/{name}", download, methods=["GET"]),
]
