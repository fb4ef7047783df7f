"""Everything that is known, for other programs: sentences, cues and tokens."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ...model import Cue, Span, TimedToken
from ..captions import Captions


def compose(captions: Captions) -> str:
    rate = captions.rate
    content = {
        "title": captions.title,
        "language": captions.language,
        "rate": rate,
        "duration": _time(captions.timeline.length, rate),
        "sentences": [_sentence(s, rate) for s in captions.timeline.sentences()],
        "cues": [_cue(number, cue, rate) for number, cue in enumerate(captions.cues, 1)],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _sentence(tokens: Sequence[TimedToken], rate: int) -> dict[str, Any]:
    heard = [s.span for s in tokens if s.span]
    return {
        "text": "".join(s.token.shown for s in tokens),
        **_span(Span(heard[0].start, heard[-1].end), rate),
        "tokens": [
            {"shown": s.token.shown, "spoken": s.token.spoken, **_span(s.span, rate)}
            for s in tokens
        ],
    }


def _cue(number: int, cue: Cue, rate: int) -> dict[str, Any]:
    return {"number": number, "text": cue.text, **_span(Span(cue.start, cue.end), rate)}


def _span(span: Span | None, rate: int) -> dict[str, Any]:
    """Nothing for a token that is not heard."""
    return {"start": _time(span.start, rate), "end": _time(span.end, rate)} if span else {}


def _time(samples: int, rate: int) -> dict[str, float]:
    return {"samples": samples, "seconds": round(samples / rate, 6)}
