"""`adjustments.toml`: what is set by hand for single sentences of a project.

[[sentence]]
text = "谢谢大家！"
number = 2           # the second sentence of this text; left out for the first
rate = "-10%"        # than the rest of its voice
pause_after = 1.5    # seconds
voice = "orator"
cut_after = [4, 9]   # a cue ends after so many of its characters
join_after = [12]    # a cue must not end there
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..adjustments import FASTEST, SLOWEST, Adjustment, SentenceKey
from ..config_files import ConfigTable
from ..errors import PresetError
from ..messages import _, mark
from ..script.markup import LONGEST_PAUSE
from .toml import Scalar, format_table

ADJUSTMENTS_FILE = "adjustments.toml"
_NOTE = "# What is set by hand for single sentences; each is named by its text.\n"
_KEYS = ("text", "number", "rate", "pause_after", "voice", "cut_after", "join_after")
_LONGEST_SENTENCE = 10_000_000  # characters; as long as the longest text


def format_adjustments(adjustments: Mapping[SentenceKey, Adjustment]) -> str:
    """Return the text of the file."""
    return _NOTE + "".join(_entry(key, a) for key, a in adjustments.items())


def _entry(key: SentenceKey, adjustment: Adjustment) -> str:
    values: dict[str, Scalar] = {"text": key.text}
    if key.number > 1:
        values["number"] = key.number
    if adjustment.rate:
        values["rate"] = f"{adjustment.rate:+}%"
    if adjustment.pause_after is not None:
        values["pause_after"] = adjustment.pause_after
    if adjustment.voice:
        values["voice"] = adjustment.voice
    for name, cut in (("cut_after", True), ("join_after", False)):
        if offsets := [o for o, c in adjustment.cuts.items() if c is cut]:
            values[name] = offsets
    return f"\n[[sentence]]\n{format_table(values)}"


def parse_adjustments(path: Path) -> dict[SentenceKey, Adjustment]:
    """Return what the file at `path` sets; nothing if there is no such file.

    Raises:
        PresetError: The file is broken.
    """
    if not path.exists():
        return {}
    return adjustments_from_table(ConfigTable.read(path))


def adjustments_from_table(table: ConfigTable) -> dict[SentenceKey, Adjustment]:
    """Return what the table of a file sets; see `parse_adjustments`."""
    path = table.path
    table.require_only(("sentence",))
    entries = table.values.get("sentence", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise PresetError(
            _("{path}: sentence is no list of tables; write [[sentence]]").format(path=path)
        )
    adjustments: dict[SentenceKey, Adjustment] = {}
    for number, entry in enumerate(entries, 1):
        key, adjustment = _parse_entry(path, number, entry)
        if key in adjustments:
            raise PresetError(
                _(
                    "{path}: sentence {number} is one that was set before; its text stands there "
                    "twice, so put both together, or give one a number"
                ).format(path=path, number=number)
            )
        adjustments[key] = adjustment
    return adjustments


def _parse_entry(
    path: Path, number: int, values: Mapping[str, Any]
) -> tuple[SentenceKey, Adjustment]:
    table = ConfigTable(path, values, _("sentence {number}: ").format(number=number))
    table.require_only(_KEYS)
    occurrence = (
        int(
            table.get_number(
                "number", 1, _LONGEST_SENTENCE, mark("sentences from {low:g} to {high:g}")
            )
        )
        if ("number" in values)
        else 1
    )
    pause = (
        table.get_number("pause_after", 0, LONGEST_PAUSE, mark("seconds from {low:g} to {high:g}"))
        if "pause_after" in values
        else None
    )
    adjustment = Adjustment(
        rate=_parse_rate(table),
        pause_after=pause,
        voice=table.get_text("voice") if "voice" in values else "",
        cuts=_parse_cuts(table),
    )
    return SentenceKey(table.get_text("text").strip(), occurrence), adjustment


def _parse_rate(table: ConfigTable) -> int:
    if "rate" not in table.values:
        return 0
    text = table.get_text("rate")
    match = re.fullmatch(r"([+-][0-9]{1,3})%", text, re.ASCII)
    if not match or not SLOWEST <= int(match[1]) <= FASTEST:
        raise PresetError(
            _(
                "{path}: {sentence}rate is '{text}'; write it like +10%, from {slowest:+}% to "
                "{fastest:+}%"
            ).format(
                path=table.path, sentence=table.prefix, text=text, slowest=SLOWEST, fastest=FASTEST
            )
        )
    return int(match[1])


def _parse_cuts(table: ConfigTable) -> dict[int, bool]:
    cuts = dict.fromkeys(_parse_offsets(table, "cut_after"), True)
    joins = dict.fromkeys(_parse_offsets(table, "join_after"), False)
    if both := cuts.keys() & joins.keys():
        raise PresetError(
            _(
                "{path}: {sentence}{offset} stands in cut_after and in join_after; a cue ends "
                "there, or it does not"
            ).format(path=table.path, sentence=table.prefix, offset=min(both))
        )
    return dict(sorted((cuts | joins).items()))


def _parse_offsets(table: ConfigTable, key: str) -> list[int]:
    offsets = table.values.get(key, [])
    if not isinstance(offsets, list) or not all(
        type(offset) is int and 0 < offset <= _LONGEST_SENTENCE for offset in offsets
    ):
        raise PresetError(
            _("{path}: {sentence}{key} must be a list of numbers of characters, like [4]").format(
                path=table.path, sentence=table.prefix, key=key
            )
        )
    return offsets
