"""The routes of what there is to choose from: voices, styles, formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .. import adjustments
from ..audio.formats import AUDIO_FORMATS
from ..audio.targets import TARGETS
from ..documents import READABLE_SUFFIXES
from ..engines.registry import engine_class
from ..errors import SpeechcastError
from ..messages import _
from ..model import Voice
from ..project.settings_file import LONGEST_PAUSES, SHORTEST_PAUSES
from ..subtitles.formats.registry import SUBTITLE_SUFFIXES
from ..subtitles.style import STYLES
from ..synthesis.fit_duration import FASTEST, SLOWEST
from ..voices import presets
from .answers import run_in_threadpool


async def list_voices(_request: Request) -> Response:
    """Answer with the presets."""
    return JSONResponse(await run_in_threadpool(lambda: list(_describe_voices())))


async def list_styles(_request: Request) -> Response:
    """Answer with the names of the subtitle styles."""
    return JSONResponse(sorted(STYLES.list_files()))


async def list_options(_request: Request) -> Response:
    """Answer with what the settings may be."""
    return JSONResponse(
        {
            "formats": list(AUDIO_FORMATS),
            "subtitles": list(SUBTITLE_SUFFIXES),
            "loudness": list(TARGETS),
            "styles": sorted(STYLES.list_files()),
            "documents": list(READABLE_SUFFIXES),
            "rate": {"least": adjustments.SLOWEST, "most": adjustments.FASTEST},
            "pauses": {"least": SHORTEST_PAUSES, "most": LONGEST_PAUSES},
            "fit": {"slowest": SLOWEST, "fastest": FASTEST},
        }
    )


def _describe_voices() -> Iterator[dict[str, Any]]:
    for name in presets.PRESETS.list_files():
        try:
            yield _describe_voice(presets.load(name))
        except SpeechcastError as exc:
            yield {"name": name, "description": "", "error": str(exc), "installed": False}


def _describe_voice(voice: Voice) -> dict[str, Any]:
    engine = engine_class(voice.engine)
    destination = engine.destination(voice)
    bundles = [] if engine.online else list(engine.required_bundles(voice))
    return {
        "name": voice.name,
        "description": _(voice.description),
        "language": voice.language,
        "engine": voice.engine,
        "online": engine.online,
        "address": destination.address if destination else "",
        "installed": all(bundle.ready for bundle in bundles),
        "download_bytes": sum(bundle.download_size for bundle in bundles),
        "rate": voice.rate,
        "loudness": voice.loudness,
        "licence": engine.terms(voice),
    }


ROUTES = [
    Route("/api/voices", list_voices, methods=["GET"]),
    Route("/api/styles", list_styles, methods=["GET"]),
    Route("/api/options", list_options, methods=["GET"]),
]
