"""The values in the bodies of requests, checked one by one."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ..audio.formats import parse_audio_formats
from ..audio.targets import parse_target
from ..documents.front_matter import clean_label
from ..errors import UsageError
from ..messages import _
from ..project.settings_file import LONGEST_PAUSES, PAUSE_KEYS, SHORTEST_PAUSES
from ..subtitles.formats.registry import parse_subtitle_formats
from ..synthesis.fit_duration import parse_duration

Body = Mapping[str, Any]

_MOST_PERCENT = 1_000  # far more than any rate may be; see `adjustments.FASTEST`
_LARGEST = 10**9  # of whole numbers; seconds and factors are far smaller


def read_text(content: Body, key: str) -> str:
    """Return the text at a key, without characters that no file can hold.

    Raises:
        UsageError: There is none.
    """
    value = content.get(key)
    if not isinstance(value, str):
        raise UsageError(_("{key} must be a text").format(key=key))
    return value.encode("utf-8", "replace").decode()


def read_version(content: Body) -> int | None:
    """Return the version of the project that a page shows; None if it does not say."""
    version = content.get("version")
    if version is not None and type(version) is not int:
        raise UsageError(_("version must be a number"))
    return version


def read_offset(content: Body, key: str) -> int:
    """Return the number at a key, from 1."""
    value = content.get(key)
    if type(value) is not int or value < 1:
        raise UsageError(_("{key} must be a number, from 1").format(key=key))
    return value


def read_cut(content: Body) -> bool | None:
    """Return whether a cue is cut; None to leave it to the program."""
    cut = content.get("cut")
    if cut is not None and not isinstance(cut, bool):
        raise UsageError(_("cut must be true, false or null"))
    return cut


def read_reading(content: Body) -> tuple[str, str | None]:
    """Return a word and what is said for it: pinyin or text; None to say nothing of it."""
    word = read_text(content, "word")
    for key in ("pinyin", "spoken"):
        if content.get(key) is not None:
            return word, read_text(content, key)
    return word, None


def read_adjustment(content: Body) -> dict[str, Any]:
    """Return what a sentence's rate, pause and voice become; see `edits.adjust_sentence`."""
    changes: dict[str, Any] = {}
    if "rate" in content:
        changes["rate"] = _whole(content["rate"] or 0, "rate")
    if "pause_after" in content:
        pause = content["pause_after"]
        changes["pause_after"] = None if pause is None else _number(pause, "pause_after")
    if "voice" in content:
        changes["voice"] = read_text({"voice": content["voice"] or ""}, "voice")
    return changes


def read_settings(content: Body) -> dict[str, Any]:
    """Return what the settings become, as attributes of `Settings`.

    Raises:
        UsageError: A value is not allowed, or there is no such setting.
    """
    changes = {key: value for key, value in content.items() if key != "version"}
    if unknown := changes.keys() - _READERS.keys():
        raise UsageError(_("there is no setting '{name}'").format(name=min(unknown)[:40]))
    return {key: _READERS[key](value) for key, value in changes.items()}


def _whole(value: object, key: str) -> int:
    if type(value) is not int or abs(value) > _MOST_PERCENT:
        raise UsageError(_("{key} must be a whole number of per cent").format(key=key))
    return value


def _number(value: object, key: str) -> float:
    # A whole number that no float can hold is none; JSON may have hundreds of digits.
    if type(value) is int and abs(value) <= _LARGEST:
        return float(value)
    if type(value) is not float or not math.isfinite(value):
        raise UsageError(_("{key} must be a number").format(key=key))
    return value


def _plain(value: object) -> str:
    key = _("a setting")
    return read_text({key: value or ""}, key)


def _list(value: object) -> str:
    """Return a list of names as one text with commas, as options take it."""
    if isinstance(value, list):
        return ",".join(_plain(item) for item in value)
    return _plain(value)


def _rate(value: object) -> int | None:
    return None if value is None else _whole(value, "rate")


def _loudness(value: object) -> str:
    loudness = _plain(value)
    if loudness:
        parse_target(loudness)
    return loudness


def _fit(value: object) -> float | None:
    if value in (None, ""):
        return None
    return parse_duration(value if isinstance(value, str) else f"{_number(value, 'fit'):.3f}")


def _pauses(value: object, key: str) -> float:
    pauses = 1.0 if value is None else _number(value, key)
    if not SHORTEST_PAUSES <= pauses <= LONGEST_PAUSES:
        raise UsageError(
            _(
                "{key}: {pauses:g} times those of the voice; allowed are {shortest:g} to "
                "{longest:g}"
            ).format(key=key, pauses=pauses, shortest=SHORTEST_PAUSES, longest=LONGEST_PAUSES)
        )
    return pauses


def _cast(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise UsageError(_("cast must be an object: a preset for each label"))
    cast = {
        clean_label(_plain(label), _("the cast")): _plain(name) for label, name in value.items()
    }
    return {label: name for label, name in cast.items() if name}


_READERS: Mapping[str, Callable[[object], Any]] = {
    "voice": _plain,
    "rate": _rate,
    "style": _plain,
    "loudness": _loudness,
    "formats": lambda value: tuple(f.name for f in parse_audio_formats(_list(value))),
    "subtitles": lambda value: tuple(parse_subtitle_formats(_list(value))),
    "fit": _fit,
    **{key: partial(_pauses, key=key) for key in PAUSE_KEYS},
    "cast": _cast,
}
