"""Train the weights of `frontend/mandarin/reading_contexts.py`.

    python -m benchmarks.train_contexts G2PL CPP

G2PL holds the sentences that g2pL was published with (whzikaros/g2pL, Apache-2.0) as train.sent,
train.lb, dev.sent and dev.lb; CPP the sentences of g2pM (kakaobrain/g2pM, Apache-2.0) as dev.sent
and dev.lb, of which every other line, from the first, is used. A line of a .sent has one character
between ▁ marks; the same line of the .lb has its pinyin.

g2pM's own readings of the other characters of the CPP sentences are examples as well where it is
sure of them: it was trained on such sentences, and is right there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from speechcast.frontend import tokenizer
from speechcast.frontend.mandarin import reading_contexts
from speechcast.frontend.mandarin.polyphone_model import Guess, guess_readings
from speechcast.frontend.mandarin.polyphone_rules import find_readings
from speechcast.text.han import simplified

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]

_WEIGHT_OF_CPP = 6.0  # examples in this style are few
_WEIGHT_OF_GUESSES = 3.0
_SURE = 0.97
_PENALTY = 0.7  # of the squared weights, so that rare contexts weigh little
_ROUNDS = 120
_RATE = 0.08
_OUTPUT = Path(reading_contexts.__file__).with_suffix(".npz")


class Example(NamedTuple):
    """A character in its context, and its reading."""

    char: str
    shown: tuple[str, ...]
    guess: Guess
    syllable: str
    weight: float


class Table(NamedTuple):
    """The examples as arrays; a row is a reading of a character.

    Attributes:
        hashes: The weights of all rows, one row after another.
        rows: The row of each of `hashes`.
        shares: The logarithm of g2pM's probability of each row.
        examples: The example of each row.
        right: 1 for the right reading, otherwise 0.
        weights: How much each row's example counts.
    """

    hashes: Indices
    rows: Indices
    shares: Floats
    examples: Indices
    right: Floats
    weights: Floats


def main() -> None:
    """Train on the examples of both folders, and write the weights."""
    g2pl, cpp = Path(sys.argv[1]), Path(sys.argv[2])
    examples = [e for name in ("train", "dev") for e in read_examples(g2pl / name, 1, 1.0)]
    characters = frozenset(e.char for e in examples)
    examples += (e for e in read_examples(cpp / "dev", 2, _WEIGHT_OF_CPP) if e.char in characters)
    examples += read_sure_guesses(cpp / "dev", characters)
    print(f"{len(examples)} examples of {len(characters)} characters", flush=True)
    share, weights = train(tabulate(examples))
    step = float(np.abs(weights).max()) / 127
    table = np.rint(weights / step).astype(np.int8)
    np.savez_compressed(
        _OUTPUT, characters="".join(sorted(characters)), share=share, step=step, table=table
    )
    print(f"{np.count_nonzero(table)} weights, {_OUTPUT.stat().st_size} bytes")


def read_examples(path: Path, every: int, weight: float) -> Iterator[Example]:
    """Yield the marked characters of a file whose label is one of their readings."""
    sentences = path.with_suffix(".sent").read_text("utf-8").splitlines()[::every]
    labels = path.with_suffix(".lb").read_text("utf-8").split()[::every]
    for marked, label in zip(sentences, labels, strict=True):
        before, char, after = marked.replace(" ", "").split("▁")
        syllable = label.replace("u:", "v")
        for example in describe(before + char + after, {len(before): syllable}):
            yield example._replace(weight=weight)


def read_sure_guesses(path: Path, characters: frozenset[str]) -> Iterator[Example]:
    """Yield the characters that are not marked, with g2pM's reading where it is sure."""
    for marked in path.with_suffix(".sent").read_text("utf-8").splitlines()[::2]:
        before, char, after = marked.replace(" ", "").split("▁")
        text = before + char + after
        guesses = {i: g[0] for i, g in enumerate(guess_readings(text)) if len(g) > 1}
        sure = {i: s for i, (s, share) in guesses.items() if share >= _SURE and i != len(before)}
        wanted = {i: s for i, s in sure.items() if simplified(text[i]) in characters}
        for example in describe(text, wanted, settled=False):
            yield example._replace(weight=_WEIGHT_OF_GUESSES)


def describe(text: str, syllables: dict[int, str], *, settled: bool = True) -> Iterator[Example]:
    """Yield the characters at these positions; without `settled`, only what no rule settles."""
    tokens = tokenizer.tokenize(text, "zh-CN")
    words = [simplified(t.spoken) for t in tokens]
    spoken = "".join(words)
    if len(spoken) != len(text):
        return
    edges = list(accumulate(map(len, words), initial=0))
    by_rule = {} if settled else find_readings(spoken, frozenset(edges))
    guesses = guess_readings(spoken)
    for position, syllable in syllables.items():
        if position in by_rule or syllable not in dict(guesses[position]):
            continue
        index = max(i for i, edge in enumerate(edges[:-1]) if edge <= position and words[i])
        offset = position - edges[index]
        shown = reading_contexts.describe_context(spoken, position, words, index, offset)
        yield Example(spoken[position], tuple(shown), guesses[position], syllable, 1.0)


def tabulate(examples: list[Example]) -> Table:
    """Return the examples as arrays."""
    rows = [(n, e, s, share) for n, e in enumerate(examples) for s, share in e.guess]
    begun = [reading_contexts.begin_hashes(e.shown) for e in examples]
    hashes = [reading_contexts.end_hashes(begun[n], e.char, s) for n, e, s, _ in rows]
    least = reading_contexts.LEAST_SHARE
    return Table(
        hashes=np.concatenate([np.array(h, dtype=np.int64) for h in hashes]),
        rows=np.repeat(np.arange(len(rows)), [len(h) for h in hashes]),
        shares=np.log([max(share, least) for *_, share in rows]),
        examples=np.array([n for n, *_ in rows]),
        right=np.array([float(s == e.syllable) for _, e, s, _ in rows]),
        weights=np.array([e.weight for _, e, *_ in rows]),
    )


def train(table: Table) -> tuple[float, Floats]:
    """Return the weight of g2pM's probability, and the weights of the contexts.

    They make the right readings as probable as they can be (maximum likelihood), with Adam
    (Kingma & Ba 2015) over all examples.
    """
    values = np.zeros(1 + reading_contexts.HASHES)
    values[0] = 1.0
    mean, square = np.zeros_like(values), np.zeros_like(values)
    for number in range(1, _ROUNDS + 1):
        loss, slope = measure(table, values)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        step = mean / (1 - 0.9**number) / (np.sqrt(square / (1 - 0.99**number)) + 1e-8)
        values -= _RATE * (1 - number / (_ROUNDS + 1)) * step
        if number % 10 == 0:
            print(f"round {number}: {loss:.1f}", flush=True)
    return float(values[0]), values[1:]


def measure(table: Table, values: Floats) -> tuple[float, Floats]:
    """Return the loss of the weights, and its slope for each."""
    count = len(table.right)
    scores = np.bincount(table.rows, values[1:][table.hashes], count) + values[0] * table.shares
    highest = np.full(int(table.examples[-1]) + 1, -np.inf)
    np.maximum.at(highest, table.examples, scores)
    raised = np.exp(scores - highest[table.examples])
    shares = raised / np.bincount(table.examples, raised)[table.examples]
    error = table.weights * (shares - table.right)
    slope = _PENALTY * values
    slope[0] = error @ table.shares
    slope[1:] += np.bincount(table.hashes, error[table.rows], reading_contexts.HASHES)
    wrong = table.weights * table.right * np.log(np.maximum(shares, 1e-12))
    return float(-wrong.sum() + _PENALTY / 2 * (values[1:] @ values[1:])), slope


if __name__ == "__main__":
    main()
