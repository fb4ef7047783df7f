"""Predict the readings of characters in their sentence, with probabilities.

The predictions are made by g2pM's small model.

The weights are g2pM's (Kakao Brain, Apache-2.0): a bidirectional LSTM over the characters. They are
run here instead of by its own code, to get the probability of each reading, in a third of the time.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ...text.han import HAN, simplified

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Guess = tuple[tuple[str, float], ...]
"""A character's readings as toned pinyin, each with its probability, the most probable first."""


def guess_readings(text: str) -> list[Guess]:
    """Return a guess for each character of the text.

    The guess is empty for a character the model does not know, such as a letter or a mark.

    >>> [guess[0][0] for guess in guess_readings("银行")]
    ['yin2', 'hang2']
    """
    plain = simplified(text).replace("〇", "零")
    if not HAN.search(plain):
        return [()] * len(plain)
    model = _load_model()
    readings = [model.read(char) if HAN.match(char) else () for char in plain]
    ambiguous = [i for i, syllables in enumerate(readings) if len(syllables) > 1]
    guesses: list[Guess] = [tuple((s, 1.0) for s in syllables) for syllables in readings]
    if ambiguous:
        for i, scores in zip(ambiguous, _score(model, plain, ambiguous), strict=True):
            guesses[i] = _rank(readings[i], scores, model.classes)
    return guesses


def _rank(syllables: Sequence[str], scores: Floats, classes: Mapping[str, int]) -> Guess:
    """Return a character's readings ranked by their share of the probability.

    Args:
        syllables: The character's readings.
        scores: float32, shape (classes,): the model's score of each class.
        classes: The index of each reading among the scores.
    """
    import numpy as np

    scored = [s for s in syllables if s in classes]
    shares = np.exp([float(scores[classes[s]]) for s in scored])
    ranked = zip(scored, (shares / shares.sum()).tolist(), strict=True)
    return tuple(sorted(ranked, key=lambda pair: -pair[1]))


class _Direction(NamedTuple):
    """The weights of one direction of an LSTM, as float32.

    The gates are in PyTorch's order: in, forget, cell, out.

    Attributes:
        inputs: Shape (inputs, 4 * hidden).
        hidden: Shape (hidden, 4 * hidden).
        bias: Shape (4 * hidden,).
    """

    inputs: Floats
    hidden: Floats
    bias: Floats


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Model:
    """The model's weights and vocabularies.

    Attributes:
        characters: The row of each character in the embeddings.
        readings: The readings of each character, as toned pinyin in g2pM's spelling.
        classes: The index of each reading among the scores.
        embeddings: float32, shape (characters, inputs).
        layers: The weight and bias of the two layers after the LSTM.
    """

    characters: Mapping[str, int]
    readings: Mapping[str, Sequence[str]]
    classes: Mapping[str, int]
    embeddings: Floats
    forward: _Direction
    backward: _Direction
    layers: tuple[tuple[Floats, Floats], ...]

    def read(self, char: str) -> tuple[str, ...]:
        """Return the readings of a character, as toned pinyin."""
        return tuple(map(_spell_with_v, self.readings.get(char, ())))


def _score(model: _Model, text: str, positions: Sequence[int]) -> list[Floats]:
    """Return every reading's score at each position.

    Each array is float32 of shape (classes,).
    """
    import numpy as np

    unknown = model.characters["<UNK>"]
    # 시 and 끝 are the model's marks of begin and end.
    ids = [model.characters.get(c, unknown) for c in f"시{text}끝"]
    embedded = model.embeddings[ids]
    rows = [position + 1 for position in positions]
    backward = _run_lstm(model.backward, embedded[::-1])[::-1]
    states = np.concatenate([_run_lstm(model.forward, embedded), backward], axis=1)[rows]
    (weight, bias), (last, last_bias) = model.layers
    return list(np.maximum(states @ weight + bias, 0) @ last + last_bias)


def _run_lstm(lstm: _Direction, embedded: Floats) -> Floats:
    """Return the hidden state after each character, float32 of shape (characters, hidden)."""
    import numpy as np

    size = lstm.hidden.shape[0]
    inputs = embedded @ lstm.inputs + lstm.bias
    states = np.zeros((len(embedded), size), dtype=np.float32)
    state, cell = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.float32)
    for i, row in enumerate(inputs):
        gates = row + state @ lstm.hidden
        opened = 1 / (1 + np.exp(-gates))
        cell = opened[size : 2 * size] * cell + opened[:size] * np.tanh(gates[2 * size : 3 * size])
        state = states[i] = opened[3 * size :] * np.tanh(cell)
    return states


@cache
def _load_model() -> _Model:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about files that g2pM leaves open
        from g2pM import G2pM

        g2pm = G2pM()
    return _Model(
        characters=g2pm.char2idx,
        readings=g2pm.cedict,
        classes={_spell_with_v(s): i for i, s in g2pm.idx2class.items()},
        embeddings=_as_float32(g2pm.embeddings),
        forward=_load_direction(g2pm, ""),
        backward=_load_direction(g2pm, "_reverse"),
        layers=(
            (_as_float32(g2pm.hidden_weight_l0.T), _as_float32(g2pm.hidden_bias_l0)),
            (_as_float32(g2pm.hidden_weight_l1.T), _as_float32(g2pm.hidden_bias_l1)),
        ),
    )


def _load_direction(g2pm: Any, suffix: str) -> _Direction:
    bias = getattr(g2pm, f"bias_ih{suffix}") + getattr(g2pm, f"bias_hh{suffix}")
    inputs, hidden = getattr(g2pm, f"weight_ih{suffix}"), getattr(g2pm, f"weight_hh{suffix}")
    return _Direction(_as_float32(inputs.T), _as_float32(hidden.T), _as_float32(bias))


def _as_float32(weights: Any) -> Floats:
    import numpy as np

    return np.ascontiguousarray(weights, dtype=np.float32)


def _spell_with_v(syllable: str) -> str:
    """Return a syllable with v in place of g2pM's u: for ü."""
    return syllable.replace("u:", "v")
