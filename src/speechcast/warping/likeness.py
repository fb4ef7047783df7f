"""How alike the frames of two voices are, learned from the two voices themselves.

The reference is first brought to the recording's room: its mel powers get the recording's tone
color and its noise. Then its features are mapped to the recording's by a linear regression over
frames that belong together, and judged by a ratio: how likely is the frame of the recording, if
that of the reference is spoken, against how likely it is anywhere in the recording. The logarithm
of the ratio is above zero for sound that is alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .features import CEPSTRA, cepstra, pooled, with_changes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .features import Frames, Mask

_LOUD, _QUIET = 0.9, 0.05  # quantiles of a band's power: speech, and the noise behind it
_FLOOR = 1e-4  # of the loud power: 40 dB below it all is silence
# Correlations of the first cepstra, and of their changes, of two voices that say the same; those
# that follow tell how a voice sounds, and not what it says. Measured on voices of two engines and
# both sexes in two languages (`benchmarks.align_trials`).
ALIKE = (0.6, 0.7, 0.5, 0.55, 0.25, 0.2)
UNLIKE = (0.3, 0.4, 0.3, 0.35, 0.1, 0.15)  # … of a person and a machine, or in a hall
_SHRINKAGE = 200.0  # frames' worth of trust in the first guess
CONTRAST = 2.8  # between the mean scores of the same words and of others, by voices that are alike
SHARPEST = 3.0  # the most by which scores are multiplied to have it
THRESHOLD = 0.35  # of the way from other words to the same ones: where a score is zero
LIMIT = 4.0  # of a score, either way; one frame proves nothing
SCALE = 0.25
_OTHERS = 1_000  # frames of other speech that one of the recording is held against, at most twice
_HIGH = 0.9  # quantile of its scores with them
_SPREAD = 1e-3  # the least variance, so that nothing is divided by zero


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The features of a track at some step.

    Attributes:
        values: float32, shape (frames, numbers); mean 0 and variance 1 over what sounds.
        silent: Whether a frame is silent, shape (frames,).
        step: The frames of the track for each of these.
    """

    values: Frames
    silent: Mask
    step: float

    def backwards(self) -> Features:
        """Return the features of the sound played backwards: as speech, but of other words."""
        signs = np.repeat(np.array([1, -1], np.float32), CEPSTRA)
        return Features(self.values[::-1] * signs, self.silent[::-1], self.step)


def match_room(reference: Frames, recording: Frames) -> tuple[Frames, Frames]:
    """Return both mel powers, the reference's with the recording's tone color and noise.

    This is the parallel combination of a model with noise (Gales and Young 1992), band by band.
    """
    loud, quiet = np.quantile(recording, (_LOUD, _QUIET), axis=0)
    own_loud = np.maximum(np.quantile(reference, _LOUD, axis=0), 1e-12)
    loud = np.maximum(loud, 1e-12)
    floor = _FLOOR * loud
    gain = np.maximum(loud - quiet, floor) / own_loud
    return (
        np.asarray(reference * gain + quiet + floor, np.float32),
        np.asarray(recording + floor, np.float32),
    )


def extract(powers: Frames, silent: Mask, step: float) -> Features:
    """Return the features of mel powers, one for every `step` frames."""
    means = pooled(cepstra(powers), step)
    quiet = pooled(silent[:, None].astype(np.float32), step)[:, 0] > 0.5
    values = with_changes(means)
    sounding = values[~quiet] if (~quiet).sum() > 1 else values
    spread = np.sqrt(sounding.var(axis=0) + _SPREAD)
    return Features(np.asarray((values - sounding.mean(axis=0)) / spread, np.float32), quiet, step)


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """The map from the reference's features to the recording's.

    Attributes:
        matrix: float64, shape (numbers, numbers).
        shift: float64, shape (numbers,).
        whitener: Makes the errors of the map independent, shape (numbers, numbers).
        constant: What the ratio has in common for all frames.
        scale: By which the logarithms are multiplied; neighboring frames are no independent
            witnesses.
        threshold: What is taken from every score.
    """

    matrix: NDArray[np.float64]
    shift: NDArray[np.float64]
    whitener: NDArray[np.float64]
    constant: float
    scale: float
    threshold: float = 0.0

    def sharpened(self, match: float, chance: float) -> Likeness:
        """Return the likeness with its scores for the same words as far from others' as usual.

        Args:
            match: The mean score of the frames of a path.
            chance: The mean score along the best path through other words, by this likeness.
        """
        factor = min(SHARPEST, max(1.0, CONTRAST / max(match - chance, SHARPEST**-1)))
        threshold = factor * max(0.0, chance + THRESHOLD * (match - chance))
        return replace(self, scale=self.scale * factor, threshold=threshold)

    def project_reference(self, values: Frames) -> Frames:
        """Return features of the reference where a matrix product compares them."""
        return np.asarray((values @ self.matrix.T + self.shift) @ self.whitener.T, np.float32)

    def project_recording(self, values: Frames) -> Frames:
        """Return features of the recording where a matrix product compares them."""
        return np.asarray(values @ self.whitener.T, np.float32)

    def score(self, recording: Features, reference: Features) -> Scorer:
        """Return what scores any stretch of the recording against the reference."""
        return Scorer(self, recording, reference)


class Scorer:
    """Scores frames of a recording against those of a reference.

    The recording's frames are the rows.
    """

    def __init__(self, likeness: Likeness, recording: Features, reference: Features) -> None:
        self.recording, self.reference = recording, reference
        rows = likeness.project_recording(recording.values)
        columns = likeness.project_reference(reference.values)
        row_terms = likeness.constant + 0.5 * np.square(recording.values).sum(axis=1)
        row_terms -= 0.5 * np.square(rows).sum(axis=1)
        column_terms = -0.5 * np.square(columns).sum(axis=1)
        ones = np.ones((max(len(rows), len(columns)), 1), np.float32)
        # The terms are two more numbers of each frame, so that one product gives the scores.
        scaled = likeness.scale * np.hstack((rows, row_terms[:, None], ones[: len(rows)]))
        self._rows = np.asarray(scaled, np.float32)
        self._columns = np.asarray(
            np.hstack((columns, ones[: len(columns)], column_terms[:, None])).T, np.float32
        )
        self._shift = np.float32(likeness.threshold)
        self._caps = np.where(reference.silent, 0, LIMIT).astype(np.float32)

    def normalized(self, others: Scorer) -> Scorer:
        """Return what scores each frame of the recording against what other speech scores in it.

        Some frames are like those of much speech. This is the test normalization of speaker
        recognition (Auckenthaler, Carey and Lloyd-Thomas 2000), but that the mean stays what it is.

        Args:
            others: What scores the recording against other speech.
        """
        sounding = ~self.recording.silent
        if not sounding.any():
            return self
        usual = others.rate_frames()
        normalized = copy(self)
        normalized._rows = self._rows.copy()
        normalized._rows[sounding, -2] -= usual[sounding] - usual[sounding].mean()
        return normalized

    def rate_frames(self) -> Frames:
        """Return a high score of each frame of the recording, whatever is said in the reference."""
        sounding = np.flatnonzero(~self.reference.silent)
        columns = sounding[:: max(1, len(sounding) // _OTHERS)]
        rates = np.zeros(len(self.recording.silent), np.float32)
        if not len(columns):
            return rates
        for start in range(0, len(rates), _OTHERS):
            rows = slice(start, start + _OTHERS)
            rates[rows] = np.quantile(self.block(rows, columns), _HIGH, axis=1)
        return rates

    def block(self, rows: slice, columns: slice | NDArray[np.int64]) -> Frames:
        """Return the scores of some rows and columns, float32, shape (rows, columns).

        Silence is neither for nor against anything: it scores zero with silence.
        """
        scores = self._rows[rows] @ self._columns[:, columns]
        scores -= self._shift
        np.minimum(scores, self._caps[columns], out=scores)
        np.maximum(scores, -LIMIT, out=scores)
        quiet = np.flatnonzero(self.recording.silent[rows])
        if len(quiet):
            silent = self.reference.silent[columns]
            scores[quiet] = np.where(silent, 0, np.minimum(scores[quiet], 0))
        return np.asarray(scores, np.float32)


def guess(correlations: Sequence[float], threshold: float = 0.0) -> Likeness:
    """Return the likeness of two voices of which nothing else is known.

    Args:
        correlations: Of the first cepstra of the one with those of the other, from 0 to 1; the rest
            have none.
        threshold: What is taken from every score; below 0, what is not alike counts as alike.
    """
    matrix = _diagonal(correlations)
    variances = 1 - np.square(matrix.diagonal())
    return Likeness(
        matrix,
        np.zeros(len(matrix)),
        np.diag(1 / np.sqrt(variances)),
        -0.5 * float(np.log(variances).sum()),
        SCALE,
        threshold,
    )


def _diagonal(correlations: Sequence[float]) -> NDArray[np.float64]:
    """Return the map between voices whose first cepstra, and their changes, have these."""
    cepstra = np.zeros(CEPSTRA)
    cepstra[: len(correlations)] = correlations
    return np.diag(np.concatenate((cepstra, cepstra)))


def learn(recording: Frames, reference: Frames) -> Likeness:
    """Return the likeness of two voices, from frames that belong together.

    Both are features of sound, float32, shape (frames, numbers), row by row the same speech.
    """
    numbers = recording.shape[1]
    columns = np.hstack((reference, np.ones((len(reference), 1)))).astype(np.float64)
    likely = _diagonal(UNLIKE)
    prior = np.vstack((likely, np.zeros((1, numbers))))
    gram = columns.T @ columns + _SHRINKAGE * np.eye(numbers + 1)
    weights = np.linalg.solve(gram, columns.T @ recording + _SHRINKAGE * prior)
    errors = recording - columns @ weights
    trust = _SHRINKAGE * (np.eye(numbers) - np.square(likely))
    covariance = (errors.T @ errors + trust) / (len(errors) + _SHRINKAGE)
    whitener = np.linalg.cholesky(np.linalg.inv(covariance)).T
    constant = -0.5 * float(np.linalg.slogdet(covariance)[1])
    matrix = weights[:-1].T.astype(np.float64)
    return Likeness(matrix, weights[-1], whitener.astype(np.float64), constant, SCALE)


def learn_from(path: NDArray[np.int64], recording: Features, reference: Features) -> Likeness:
    """Return the likeness of the frames that a path brings together.

    Args:
        path: The frame of the reference that is heard in each of the recording, or -1.
        recording: The features of the one voice.
        reference: Those of the other.
    """
    rows = list_sounding(path, recording, reference)
    return learn(recording.values[rows], reference.values[path[rows]])


def list_sounding(
    path: NDArray[np.int64], recording: Features, reference: Features
) -> NDArray[np.int64]:
    """Return the frames of the recording that are heard in the text, and sound in both."""
    rows = np.flatnonzero((path >= 0) & ~recording.silent)
    return rows[~reference.silent[path[rows]]]
