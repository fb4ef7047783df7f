"""The state of a project as its pages get it: only what differs from what a page has.

A page names the state that it has, and is sent the parts that are others by now. A list is sent as
pieces: runs `[start, end]` of the list that the page has, and new entries. So that a change at the
beginning leaves the rest as it is, no sentence says where it stands; and what a recording or a rate
changes of all of them stands in lists apart from their words. A page that names no state, or one
that is forgotten, is sent everything.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

Json = dict[str, Any]
KNOWN_STATE = "Known-State"  # the header in which a page names the state that it has
_MOST = 16  # states that are remembered: one for each page, and some that were just sent
_PLACES = ("number", "row")  # of a sentence; the page counts
# What a recording or a rate changes of all sentences, and not their words.
_COLUMNS = ("start", "seconds", "state", "has_previous")


class PageStates:
    """The states that the pages of a project have, for any number of threads."""

    def __init__(self) -> None:
        """Begin with no page."""
        self._lock = threading.Lock()
        self._sent: OrderedDict[str, Json] = OrderedDict()

    def answer(self, since: str, state: Mapping[str, Any]) -> Json:
        """Return what a page is sent that has a state, by the name it was sent with; "" for none.

        Args:
            since: The name of the state.
            state: The project as it is now; see `state.describe_project`.
        """
        parts, name = to_parts(state), secrets.token_hex(8)
        with self._lock:
            before = self._sent.get(since, {})
            self._sent[name] = parts
            while len(self._sent) > _MOST:
                self._sent.popitem(last=False)
        changed = {
            key: find_pieces(before.get(key, ()), part) if isinstance(part, list) else part
            for key, part in parts.items()
            if key not in before or before[key] != part
        }
        return {"state": name, "since": since if before else "", "parts": changed}


def to_parts(state: Mapping[str, Any]) -> Json:
    """Return the parts of a state. The cues are not among them: a page asks for them apart."""
    apart = {*_PLACES, *_COLUMNS}
    questions = defaultdict(list)
    for question in state["questions"]:
        others = {k: v for k, v in question.items() if k not in {"sentence", "row"}}
        questions[question["sentence"]].append(others)
    whole = {k: v for k, v in state.items() if k not in {"text", "questions", "cues"}}
    return {
        **whole,
        "lines": state["text"].split("\n"),
        **{_column(name): [sentence[name] for sentence in state["sentences"]] for name in _COLUMNS},
        "sentences": [
            {k: v for k, v in sentence.items() if k not in apart}
            | {"questions": questions.get(sentence["number"], [])}
            for sentence in state["sentences"]
        ],
    }


def _column(name: str) -> str:
    return f"each_{name}"


def find_pieces(before: Sequence[Any], after: Sequence[Any]) -> list[Json]:
    """Return a list as pieces: `{"kept": [start, end]}` of the list before, or `{"new": [...]}`.

    What is the same at the end is found there, and all else at its own index.

    >>> find_pieces(["甲", "乙", "丙"], ["甲", "丁", "乙", "丙"])
    [{'kept': [0, 1]}, {'new': ['丁']}, {'kept': [1, 3]}]
    """
    most = min(len(before), len(after))
    tail = next((i for i in range(most) if before[-1 - i] != after[-1 - i]), most)
    shift = len(before) - len(after)

    def find(index: int) -> int | None:
        old = index + shift if index >= len(after) - tail else index
        return old if old < len(before) and before[old] == after[index] else None

    origins = [find(index) for index in range(len(after))]
    pieces: list[Json] = []
    # Entries that stay side by side make one piece: their old index less their new one is the same.
    for offset, run in groupby(
        range(len(after)), key=lambda i: None if (old := origins[i]) is None else old - i
    ):
        first, *others = run
        end = first + 1 + len(others)
        if offset is None:
            pieces.append({"new": list(after[first:end])})
        else:
            pieces.append({"kept": [first + offset, end + offset]})
    return pieces
