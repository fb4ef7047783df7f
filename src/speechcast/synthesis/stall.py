"""Reports what is being waited for, while no utterance of an online voice gets done."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection

from ..messages import _
from ..progress import format_clock
from ..units import Seconds
from .concurrency import ConcurrencyLimiter
from .jobs import SynthesisJob
from .retry import RetryPolicy

NOTABLE: Seconds = 10.0  # without an utterance done, until the user is informed; then every minute
REPEAT: Seconds = 60.0

log = logging.getLogger("speechcast.synthesis")


class StallReporter:
    """Informs the user when nothing gets done for `NOTABLE` seconds."""

    def __init__(
        self,
        limiter_of: Callable[[SynthesisJob], ConcurrencyLimiter],
        policy: RetryPolicy,
        show: Callable[[str], None],
        clock: Callable[[], Seconds] = time.monotonic,
    ) -> None:
        """Start the clock.

        Args:
            limiter_of: Returns the limiter of a job's service.
            policy: When an utterance is given up.
            show: Called with what is waited for, and with "" once something was done.
            clock: Returns the time in seconds, from any origin.
        """
        self._limiter_of = limiter_of
        self._policy = policy
        self._show = show
        self._clock = clock
        self._since = clock()
        self._next_log = NOTABLE
        self._complained: set[str] = set()

    def on_done(self) -> None:
        """Note that an utterance is done."""
        if self._clock() - self._since >= NOTABLE:
            self._show("")
        self._since, self._next_log = self._clock(), NOTABLE

    def check(self, unfinished: Collection[SynthesisJob]) -> None:
        """Inform the user if it is time to; call it every second or so.

        Args:
            unfinished: The jobs that are not done yet.
        """
        stalled = self._clock() - self._since
        if stalled < NOTABLE:
            return
        job = next((job for job in unfinished if job.engine.online), None)
        if job is None:
            return
        text = self._describe(job)
        self._show(text)
        if stalled >= self._next_log:
            self._next_log += REPEAT
            text = _("nothing done for {time}; {text}").format(
                time=format_clock(stalled), text=text
            )
            self._log(job, text)

    def _log(self, job: SynthesisJob, text: str) -> None:
        """Log a warning; of a voice that is only slow no more than one."""
        trouble = self._limiter_of(job).trouble
        if trouble or job.voice.name not in self._complained:
            log.warning("%s", text)
        self._complained.add(job.voice.name)

    def _describe(self, job: SynthesisJob) -> str:
        """Return what is waited for, why, when the next attempt is, and until when."""
        limiter = self._limiter_of(job)
        voice = job.voice.name
        if limiter.trouble is None:
            return _("waiting for the online voice '{voice}': no answer yet").format(voice=voice)
        text = _("waiting for the online voice '{voice}': {reason}").format(
            voice=voice, reason=_(limiter.trouble.brief)
        )
        if limiter.until_next_attempt:
            moment = time.localtime(time.time() + limiter.until_next_attempt)
            text += _("; next attempt at {time}").format(time=time.strftime("%H:%M:%S", moment))
        limit = max(self._policy.rate_limited_seconds, self._policy.trouble_seconds)
        return text + _("; given up after {time}").format(time=format_clock(limit))
