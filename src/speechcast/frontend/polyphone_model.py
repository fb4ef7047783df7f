"""How a character with several readings is read in its sentence, as g2pM's small model has it.

The weights are g2pM's (Kakao Brain, Apache-2.0), a bidirectional LSTM over the characters. They
are run here, not by its own code, for how probable each reading is, and in a third of the time.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ..text.han import HAN
from ..text.simplified import simplified

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# A character's readings as toned pinyin, each with its probability, the most probable first.
Guess = tuple[tuple[str, float], ...]


def guess_readings(spoken: str) -> list[Guess]:
    """A guess for each character of what is spoken; an empty one where it is not known."""
    plain = simplified(spoken).replace("〇", "零")
    if not HAN.search(plain):
        return [()] * len(plain)
    model = _model()
    known = [model.readings.get(char, ()) if HAN.match(char) else () for char in plain]
    several = [i for i, syllables in enumerate(known) if len(syllables) > 1]
    found: list[Guess] = [tuple((s, 1.0) for s in syllables) for syllables in known]
    if several:
        for i, scores in zip(several, _scores(model, plain, several), strict=True):
            found[i] = _guess(known[i], scores, model.places)
    return found


def _guess(syllables: Sequence[str], scores: Floats, places: Mapping[str, int]) -> Guess:
    """The character's readings by their share of the probability that any of them has."""
    import numpy as np

    own = [s for s in syllables if s in places]
    shares = np.exp([float(scores[places[s]]) for s in own])
    ranked = zip(own, (shares / shares.sum()).tolist(), strict=True)
    return tuple(sorted(ranked, key=lambda pair: -pair[1]))


class _Direction(NamedTuple):
    """An LSTM's weights; gates in the order of PyTorch: in, forget, cell, out."""

    inputs: Floats
    hidden: Floats
    bias: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    characters: Mapping[str, int]
    readings: Mapping[str, tuple[str, ...]]
    places: Mapping[str, int]  # of each reading among the scores
    embeddings: Floats
    forward: _Direction
    backward: _Direction
    layers: tuple[tuple[Floats, Floats], ...]


def _scores(model: _Model, text: str, at: Sequence[int]) -> list[Floats]:
    """The score of every reading there is, for each character at those places."""
    import numpy as np

    unknown = model.characters["<UNK>"]
    ids = [model.characters.get(c, unknown) for c in f"시{text}끝"]  # its marks of begin and end
    embedded = model.embeddings[ids]
    after = _run(model.backward, embedded[::-1])[::-1]
    state = np.concatenate([_run(model.forward, embedded), after], axis=1)[[i + 1 for i in at]]
    (weight, bias), (last, last_bias) = model.layers
    return list(np.maximum(state @ weight + bias, 0) @ last + last_bias)


def _run(lstm: _Direction, embedded: Floats) -> Floats:
    """The hidden state after each character."""
    import numpy as np

    size = lstm.hidden.shape[0]
    given = embedded @ lstm.inputs + lstm.bias
    states = np.zeros((len(embedded), size), dtype=np.float32)
    state, cell = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.float32)
    for i, row in enumerate(given):
        gates = row + state @ lstm.hidden
        opened = 1 / (1 + np.exp(-gates))
        cell = opened[size : 2 * size] * cell + opened[:size] * np.tanh(gates[2 * size : 3 * size])
        state = states[i] = opened[3 * size :] * np.tanh(cell)
    return states


@cache
def _model() -> _Model:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the files it leaves for Python to close
        from g2pM import G2pM

        its = G2pM()
    readings = {c: tuple(map(_spelled, its.cedict[c])) for c in its.cedict}
    return _Model(
        its.char2idx,
        readings,
        {_spelled(s): i for i, s in its.idx2class.items()},
        _small(its.embeddings),
        _direction(its, ""),
        _direction(its, "_reverse"),
        (
            (_small(its.hidden_weight_l0.T), _small(its.hidden_bias_l0)),
            (_small(its.hidden_weight_l1.T), _small(its.hidden_bias_l1)),
        ),
    )


def _direction(its: Any, suffix: str) -> _Direction:
    bias = getattr(its, f"bias_ih{suffix}") + getattr(its, f"bias_hh{suffix}")
    inputs, hidden = getattr(its, f"weight_ih{suffix}"), getattr(its, f"weight_hh{suffix}")
    return _Direction(_small(inputs.T), _small(hidden.T), _small(bias))


def _small(weights: Any) -> Floats:
    import numpy as np

    return np.ascontiguousarray(weights, dtype=np.float32)


def _spelled(syllable: str) -> str:
    return syllable.replace("u:", "v")
