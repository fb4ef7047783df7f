"""Preset files to voices. Ours are in `voices/`; see settings.py for a user's own."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

from ..audio.targets import PODCAST, parse_target
from ..config_files import ConfigKind, Table
from ..engines.registry import ENGINES
from ..errors import PresetError, TextError, UsageError
from ..frontend import lexicon
from ..model import Pauses, Voice
from ..script.parser import language

DEFAULT = "narrator"
EMBEDDED = {"zh": DEFAULT, "en": "heart"}  # what --voice auto chooses, by language
_IN_CHARACTERS = frozenset("zh yue wuu nan hak ja".split())
_ENGLISH = frozenset("the and to that with this are have our you it from will they not".split())
_FEWEST_ENGLISH = 0.04  # of an English text's words; presidents' speeches have 0.21 and 0.25
_FEWEST_WORDS = 20  # fewer say nothing of the language

_PACKAGED = Path(__file__).parents[1] / "presets"
_SHIPPED = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[3] / "voices"  # a checkout
PRESETS = ConfigKind("preset", "voices", _SHIPPED, "'speechcast voices' lists them")

_TEXTS = ("description", "engine", "voice", "language")
_AMOUNTS = {"rate": "%", "pitch": "Hz", "volume": "%"}
_LIMITS = {"rate": (-50, 100), "pitch": (-50, 50), "volume": (-90, 50)}
_PAUSES = tuple(f.name for f in fields(Pauses))
_LONGEST_PAUSE = 10.0
PACE = 4.8  # syllables a second: what most voices of either language come near


def load(name: str) -> Voice:
    """The voice of the preset called `name`, or of the preset file at that path.

    Raises PresetError for an unknown name (suggesting the nearest) and for a broken file (naming
    file, key and what is allowed).
    """
    return read(PRESETS.path_of(name))


def read(path: Path) -> Voice:
    """The voice that the preset file at `path` describes. Raises PresetError."""
    table = Table.read(path)
    table.only((*_TEXTS, *_AMOUNTS, "loudness", "pauses", "pace", "options", "show", "lexicon"))
    shown = table.table("show")
    shown.only(("directions", "labels"))
    spoken = table.text("language")
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", spoken):
        raise PresetError(f"{path}: language is '{spoken}', allowed is a tag like zh-CN")
    return Voice(
        name=path.stem,
        description=table.text("description"),
        engine=table.choice("engine", ENGINES),
        voice=table.text("voice"),
        language=spoken,
        rate=_amount(str(path), "rate", table.values.get("rate", "+0%")),
        pitch=_amount(str(path), "pitch", table.values.get("pitch", "+0Hz")),
        volume=_amount(str(path), "volume", table.values.get("volume", "+0%")),
        pauses=_pauses(table.table("pauses")),
        loudness=_loudness(table),
        pace=table.number("pace", 1, 20, "syllables a second") if "pace" in table.values else PACE,
        options=_options(table.table("options")),
        directions=shown.flag("directions", default=True),
        labels=shown.flag("labels", default=True),
        lexicon=lexicon.from_table(table.table("lexicon")).entries,
    )


def with_rate(voice: Voice, rate: str) -> Voice:
    """The voice at another rate, given as in a preset (`+10%`). Raises UsageError."""
    try:
        return replace(voice, rate=_amount("--rate", "rate", rate))
    except PresetError as exc:
        raise UsageError(str(exc)) from None


def default_for_text(text: str) -> Voice:
    """The embedded voice of the language most of the text is written in.

    Raises TextError for one in letters that is not English: no embedded voice speaks it.
    """
    written = language(text) or "zh"
    if written == "en" and not _may_be_english(text):
        raise TextError(
            "the text is neither Chinese nor English, and the embedded voices speak nothing else; "
            "choose one of 'speechcast voices --online', or insist with "
            f"--voice {EMBEDDED[written]}"
        )
    return load(EMBEDDED[written])


def require_language(voice: Voice, text: str) -> None:
    """Raise TextError if `voice` cannot speak the language `text` is written in.

    Told apart is what is written in Chinese characters and what is in letters.
    """
    written, spoken = language(text), voice.language.split("-")[0]
    if written is None or (written == "zh") == (spoken in _IN_CHARACTERS):
        return
    names = {"zh": "Chinese", "en": "not Chinese"}
    raise TextError(
        f"the text is {names[written]}, but the voice '{voice.name}' speaks {voice.language}; "
        f"choose another, for example --voice {EMBEDDED[written]}, or insist with --force"
    )


def _may_be_english(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    common = sum(word in _ENGLISH for word in words)
    return len(words) < _FEWEST_WORDS or common >= _FEWEST_ENGLISH * len(words)


def _amount(where: str, key: str, value: object) -> int:
    unit, (low, high) = _AMOUNTS[key], _LIMITS[key]
    match = re.fullmatch(rf"([+-]\d{{1,3}}){unit}", value) if isinstance(value, str) else None
    if not match or not low <= int(match[1]) <= high:
        raise PresetError(
            f"{where}: {key} is {value!r}, allowed is a text "
            f"from '{low:+}{unit}' to '{high:+}{unit}'"
        )
    return int(match[1])


def _loudness(table: Table) -> str:
    asked = str(table.values.get("loudness", PODCAST.name))
    try:
        parse_target(asked)
    except UsageError as exc:
        raise PresetError(f"{table.path}: {exc}") from None
    return asked


def _options(table: Table) -> dict[str, str]:
    return {key: table.text(key) for key in table.values}


def _pauses(table: Table) -> Pauses:
    table.only(_PAUSES)
    return Pauses(**{k: table.number(k, 0, _LONGEST_PAUSE, "seconds") for k in table.values})
