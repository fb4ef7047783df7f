"""The number of utterances that a service is given at once, as its answers let it be.

It is found as TCP finds the rate of a connection: additive increase, multiplicative decrease. It
starts small and grows by one with every success; until the first refusal, it grows as soon as a
response begins, since a service refuses at the start. A refusal halves it. It soon returns to just
below where the refusal came. From there it grows by one only after many successes, and after more
of them if such growth was refused before.
"""

from __future__ import annotations

from dataclasses import dataclass, field

INITIAL_WINDOW = 8  # utterances in flight at first: a fifth of what users report trouble from
PROBE_INTERVAL = 20  # successes before one more is tried than the service last refused
LONGEST_PROBE_INTERVAL = 1280


@dataclass(slots=True, kw_only=True)
class AdaptiveLimit:
    """The adaptive number of utterances in flight; it uses no clock.

    Attributes:
        limit: What `window` never exceeds.
        window: How many may be in flight; its integer part counts.
        ceiling: Up to here `window` grows with every success.
        probe_interval: Successes at the ceiling before one more is tried.
        probing: Whether the ceiling was raised on trial.
        successes_at_ceiling: Successes since `window` reached the ceiling.
        failures: Failures in a row that were no refusals.
    """

    limit: int
    window: float = INITIAL_WINDOW
    ceiling: float = field(init=False)
    probe_interval: int = PROBE_INTERVAL
    probing: bool = False
    successes_at_ceiling: int = 0
    failures: int = 0

    def __post_init__(self) -> None:
        self.ceiling = self.limit
        self.limit_to(self.limit)

    def limit_to(self, limit: int) -> None:
        """Set another limit; keep a ceiling that a refusal has set."""
        if self.ceiling >= self.limit:
            self.ceiling = max(1, limit)
        self.limit = max(1, limit)
        self.window = min(self.window, self.limit)

    def on_response_start(self) -> None:
        """Grow as a response begins, if the service never refused anything."""
        if self.ceiling == self.limit:
            self.window = min(self.limit, self.window + 1)

    def on_success(self) -> None:
        """Grow to the ceiling, or count the success towards raising it."""
        self.failures = 0
        top = min(self.ceiling, self.limit)
        if self.window < top:
            self.window = min(top, self.window + 1)
        elif self.ceiling < self.limit:
            self._count_towards_probe()

    def on_rate_limited(self) -> None:
        """Halve after a refusal, and set the ceiling just below it."""
        if self.probing:
            self.probe_interval = min(LONGEST_PROBE_INTERVAL, 2 * self.probe_interval)
        else:
            self.probe_interval = PROBE_INTERVAL
        self.probing = False
        self.successes_at_ceiling = 0
        self.ceiling = max(1, int(self.window) - 1)
        self.window = max(1.0, self.window / 2)

    def on_failure(self) -> None:
        """Halve after many other failures in a row, as from overload."""
        self.failures += 1
        if self.failures > max(INITIAL_WINDOW, self.window):
            self.failures = 0
            self.window = max(1.0, self.window / 2)

    def _count_towards_probe(self) -> None:
        """Raise the ceiling on trial after enough successes.

        The next trial comes sooner if the last one held.
        """
        self.successes_at_ceiling += 1
        if self.successes_at_ceiling < self.probe_interval:
            return
        if self.probing:
            self.probe_interval = max(PROBE_INTERVAL, self.probe_interval // 2)
        self.probing, self.successes_at_ceiling = True, 0
        self.ceiling += 1
        self.window = self.ceiling
