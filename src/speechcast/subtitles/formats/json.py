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
        "duration": _time_record(captions.timeline.length, rate),
        "sentences": [_sentence_record(s, rate) for s in captions.timeline.sentences()],
        "cues": [_cue_record(number, cue, rate) for number, cue in enumerate(captions.cues, 1)],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _sentence_record(tokens: Sequence[TimedToken], rate: int) -> dict[str, Any]:
    heard = [s.span for s in tokens if s.span]
    return {
        "text": "".join(s.token.shown for s in tokens),
        **_span_record(Span(heard[0].start, heard[-1].end), rate),
        "tokens": [
            {"shown": s.token.shown, "spoken": s.token.spoken, **_span_record(s.span, rate)}
            for s in tokens
        ],
    }


def _cue_record(number: int, cue: Cue, rate: int) -> dict[str, Any]:
    return {"number": number, "text": cue.text, **_span_record(Span(cue.start, cue.end), rate)}


def _span_record(span: Span | None, rate: int) -> dict[str, Any]:
    """Nothing for a token that is not heard."""
    return (
        {"start": _time_record(span.start, rate), "end": _time_record(span.end, rate)}
        if span
        else {}
    )


def _time_record(samples: int, rate: int) -> dict[str, float]:
    return {"samples": samples, "seconds": round(samples / rate, 6)}
