"""What tests of online voices share: deadlines, utterances, synthesis."""

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
from tests.support.edge_sound import PIECE, tone_frequency

XIAOXIAO = presets.load("xiaoxiao")
# For a busy machine.
CALM = Deadlines(connect=5, first=5, next=5, total=10, total_per_character=0.0)
HASTY = Deadlines(connect=1, first=0.6, next=0.4, total=1.2, total_per_character=0.0)
IMPATIENT = RetryPolicy(
    transient_attempts=3,
    invalid_attempts=3,
    first_wait=0.01,
    longest_wait=0.05,
    rate_limited_seconds=1.1,
)


def plain_utterances(texts: Sequence[str]) -> list[Utterance]:
    """Return an utterance per text, its tokens the words the service knows."""
    return [
        Utterance(
            tokens=tuple(Token(t, t) for t in PIECE.findall(text)),
            sentence=n,
            row=n,
            pause=Pause.SENTENCE,
        )
        for n, text in enumerate(texts, 1)
    ]


@dataclass
class Recording:
    """Settings of a synthesis.

    Each call runs one, as a fresh process would.
    """

    voice: Voice = XIAOXIAO
    deadlines: Deadlines = CALM
    policy: RetryPolicy = IMPATIENT
    cache: ClipCache | None = None
    jobs: int | None = None
    limiters: Limiters = field(default_factory=Limiters)
    report: ProgressCallback = ignore_progress

    def __call__(self, *texts: str) -> list[Clip]:
        with contextlib.closing(Edge(self.voice, self.deadlines)) as engine:
            return synthesizer.synthesize(
                plain_utterances(texts),
                {"": engine},
                self.report,
                voices={"": self.voice},
                resources=Resources(self.cache, self.jobs),
                policy=self.policy,
                limiters=self.limiters,
            )


@contextlib.contextmanager
def point_at(service: EdgeService) -> Iterator[EdgeService]:
    """Let the client connect to this service while the block lasts."""
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
    """Return whether every token is heard in its span, by tone."""
    (line,) = plain_utterances([text])
    return all(
        span is None or _is_tone(clip, span, tone_frequency(token.spoken))
        for token, span in zip(line.tokens, clip.spans, strict=True)
    )


def _is_tone(clip: Clip, span: Span, expected: float) -> bool:
    """Return whether most of the token's power is in its tone.

    The tone includes its two harmonics.
    """
    start, end = span
    piece = clip.samples[start:end].astype(np.float64) * np.hanning(end - start)
    power = np.square(np.abs(np.fft.rfft(piece, 1 << 14)))
    bins = np.fft.rfftfreq(1 << 14, 1 / clip.rate)
    off = np.minimum.reduce([np.abs(bins - n * expected) for n in (1, 2, 3)])
    near = off < 2.5 * clip.rate / len(piece)
    return bool(power[near].sum() > 0.8 * power.sum())
