"""What the tests of the studio share: deadlines, plain lines, a recording in one call."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from speechcast.engines.edge.engine import Edge
from speechcast.engines.online.deadlines import Deadlines
from speechcast.model import Clip, Pause, Span, Token, Utterance, Voice
from speechcast.progress import ProgressCallback, ignore_progress
from speechcast.synthesis import synthesizer
from speechcast.synthesis.clip_cache import ClipCache
from speechcast.synthesis.concurrency import Limiters
from speechcast.synthesis.retry import RetryPolicy
from speechcast.synthesis.synthesizer import Resources
from speechcast.voices import presets
from tests.support.edge_service import EdgeService
from tests.support.edge_sound import PIECE, hertz

XIAOXIAO = presets.load("xiaoxiao")
CALM = Deadlines(
    connect=5, first=5, next=5, total=10, total_per_character=0.0
)  # for a busy machine
HASTY = Deadlines(connect=1, first=0.6, next=0.4, total=1.2, total_per_character=0.0)
IMPATIENT = RetryPolicy(broken=3, spoilt=3, first=0.01, longest=0.05, throttled=1.1)


def plain_lines(texts: Sequence[str]) -> list[Utterance]:
    """A line a text, its tokens the words the service knows."""
    return [
        Utterance(tuple(Token(t, t) for t in PIECE.findall(text)), n, n, Pause.SENTENCE)
        for n, text in enumerate(texts, 1)
    ]


@dataclass
class Recording:
    """How a recording is made; each call makes one, as a fresh process would."""

    voice: Voice = XIAOXIAO
    deadlines: Deadlines = CALM
    patience: RetryPolicy = IMPATIENT
    store: ClipCache | None = None
    jobs: int | None = None
    gates: Limiters = field(default_factory=Limiters)
    report: ProgressCallback = ignore_progress

    def __call__(self, *texts: str) -> list[Clip]:
        with contextlib.closing(Edge(self.voice, self.deadlines)) as engine:
            return synthesizer.synthesize(
                plain_lines(texts),
                {"": engine},
                self.report,
                voices={"": self.voice},
                resources=Resources(self.store, self.jobs),
                policy=self.patience,
                limiters=self.gates,
            )


@contextlib.contextmanager
def pointed_at(service: EdgeService) -> Iterator[EdgeService]:
    """The client asks this service while the block lasts."""
    from edge_tts import communicate
    from edge_tts import voices as offered

    before = vars(communicate)["WSS_URL"], vars(offered)["VOICE_LIST"]
    vars(communicate)["WSS_URL"] = service.wss_url
    vars(offered)["VOICE_LIST"] = service.voices_url
    try:
        yield service
    finally:
        vars(communicate)["WSS_URL"], vars(offered)["VOICE_LIST"] = before


def sounds_like(clip: Clip, text: str) -> bool:
    """Whether every token of the text is heard at its place, by the tone of its word."""
    (line,) = plain_lines([text])
    return all(
        span is None or _rings(clip, span, hertz(token.spoken))
        for token, span in zip(line.tokens, clip.spans, strict=True)
    )


def _rings(clip: Clip, span: Span, expected: float) -> bool:
    """Whether most of the token's power is in its tone and the two harmonics of it."""
    start, end = span
    piece = clip.samples[start:end].astype(np.float64) * np.hanning(end - start)
    power = np.square(np.abs(np.fft.rfft(piece, 1 << 14)))
    at = np.fft.rfftfreq(1 << 14, 1 / clip.rate)
    off = np.minimum.reduce([np.abs(at - n * expected) for n in (1, 2, 3)])
    near = off < 2.5 * clip.rate / len(piece)
    return bool(power[near].sum() > 0.8 * power.sum())
