"""JSON for other programs: sentences, cues and tokens with all their times."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ...model import Span, TimedToken
from ...units import Hertz, Samples
from ..captions import Captions
from ..cue import Cue


def compose(captions: Captions) -> str:
    """Return the captions as JSON, with times in samples and seconds."""
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


def _sentence_record(tokens: Sequence[TimedToken], rate: Hertz) -> dict[str, Any]:
    spans = [t.span for t in tokens if t.span]
    return {
        "text": "".join(t.token.shown for t in tokens),
        **_span_record(Span(spans[0].start, spans[-1].end), rate),
        "tokens": [
            {"shown": t.token.shown, "spoken": t.token.spoken, **_span_record(t.span, rate)}
            for t in tokens
        ],
    }


def _cue_record(number: int, cue: Cue, rate: Hertz) -> dict[str, Any]:
    return {"number": number, "text": cue.text, **_span_record(Span(cue.start, cue.end), rate)}


def _span_record(span: Span | None, rate: Hertz) -> dict[str, Any]:
    """Return the times of a span; none for a token without sound."""
    return (
        {"start": _time_record(span.start, rate), "end": _time_record(span.end, rate)}
        if span
        else {}
    )


def _time_record(samples: Samples, rate: Hertz) -> dict[str, float]:
    return {"samples": samples, "seconds": round(samples / rate, 6)}
