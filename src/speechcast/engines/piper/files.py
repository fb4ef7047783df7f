"""Read the files of a Piper voice: NAME.onnx, and NAME.onnx.json, which says how to use it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ...errors import PresetError, explain_os_error
from ...files import file_state, is_file, sha256_of
from ...messages import _
from ...units import Hertz

# Piper's own defaults (piper.config): how much noise, how long a phoneme, samples of a frame.
_NOISE, _LENGTH, _NOISE_OF_DURATIONS, _HOP = 0.667, 1.0, 0.8, 256
_NEEDED = frozenset("_^$")  # the phonemes of padding, start and end
_HIGHEST_RATE: Hertz = 192_000
_KINDS = ("espeak", "text", "pinyin")
_MOST_BYTES = 1 << 20  # of a .json; real ones have 5 to 20 kB
# espeak-ng's names of languages that language tags call otherwise.
_LANGUAGES = {"cmn": "zh", "yue": "zh", "nb": "no"}


@dataclass(frozen=True, slots=True)
class PiperConfig:
    """What a voice's .json says.

    Attributes:
        kind: What its phonemes are: IPA by espeak-ng, letters of the text, or pinyin.
        espeak_voice: The language that espeak-ng reads.
        language: The language that it speaks, as a tag.
        rate: The sample rate of its sound.
        hop: The samples of one frame of its durations.
        ids: Phoneme → its numbers.
        clusters: Vowels that together are one phoneme.
        scales: How much noise the sound has, how long phonemes are, how much noise lengths have.
        speakers: Name of a speaker → its number.
        speaker_count: How many speakers it has.
        speaker: The number of the usual one.
    """

    kind: str
    espeak_voice: str
    language: str
    rate: Hertz
    hop: int
    ids: Mapping[str, tuple[int, ...]]
    clusters: tuple[str, ...]
    scales: tuple[float, float, float]
    speakers: Mapping[str, int]
    speaker_count: int
    speaker: int


def read_config(model: Path) -> PiperConfig:
    """Return what the .json beside a model says.

    Raises:
        PresetError: The model or its .json is missing, or the .json is not one of Piper's.
    """
    config = Path(f"{model}.json")
    if not is_file(model):
        raise PresetError(_("there is no file {model}").format(model=model))
    if not is_file(config):
        raise PresetError(
            _(
                "there is no file {config}; a Piper voice is two files, put it beside {model}"
            ).format(config=config, model=model.name)
        )
    try:
        return _parse_config(config, file_state(config))
    except OSError as exc:
        raise PresetError(
            _("{path} cannot be read: {reason}").format(path=config, reason=explain_os_error(exc))
        ) from exc
    except (ValueError, LookupError, TypeError, AttributeError) as exc:
        raise PresetError(
            _("{config} is no description of a Piper voice; download it again").format(
                config=config
            )
        ) from exc


@lru_cache(maxsize=16)
def _parse_config(path: Path, state: str) -> PiperConfig:  # noqa: ARG001 of the cache's key
    """Return the content of a .json; raise ValueError and the like if it is none of Piper's."""
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError("too large")
    table = json.loads(path.read_text(encoding="utf-8"))
    inference = table.get("inference", {})
    espeak_voice = str(table["espeak"]["voice"])
    ids = {str(k): tuple(int(n) for n in v) for k, v in table["phoneme_id_map"].items()}
    rate, hop = int(table["audio"]["sample_rate"]), int(table.get("hop_length", _HOP))
    if not (ids.keys() >= _NEEDED and 0 < rate <= _HIGHEST_RATE and hop > 0):
        raise ValueError("not a voice")
    spoken = str(table.get("language", {}).get("code") or espeak_voice).replace("_", "-")
    primary, _, country = spoken.partition("-")
    return PiperConfig(
        kind=str(table.get("phoneme_type") or "espeak"),
        espeak_voice=espeak_voice,
        language="-".join(filter(None, (_LANGUAGES.get(primary, primary), country))),
        rate=rate,
        hop=hop,
        ids=ids,
        clusters=tuple("".join(cluster) for cluster in table.get("vowel_clusters") or ()),
        scales=(
            float(inference.get("noise_scale", _NOISE)),
            float(inference.get("length_scale", _LENGTH)),
            float(inference.get("noise_w", _NOISE_OF_DURATIONS)),
        ),
        speakers={str(k): int(v) for k, v in (table.get("speaker_id_map") or {}).items()},
        speaker_count=int(table.get("num_speakers", 1)),
        speaker=int(table.get("default_speaker_id", 0)),
    )


def require_supported(config: PiperConfig) -> None:
    """Raise PresetError if the voice's phonemes are of a kind that is not made here."""
    if config.kind not in _KINDS:
        raise PresetError(
            _(
                "its phonemes are of the kind '{kind}', which is not supported; choose a "
                "voice with {kinds}"
            ).format(kind=config.kind[:20], kinds=", ".join(_KINDS))
        )


def find_speaker(config: PiperConfig, name: str) -> int:
    """Return the number of a speaker.

    Args:
        config: The voice.
        name: The speaker's name or number; "" for the usual one.

    Raises:
        PresetError: There is no such speaker.
    """
    if not name:
        return config.speaker
    if name in config.speakers:
        return config.speakers[name]
    if name.isascii() and name.isdigit() and int(name) < config.speaker_count:
        return int(name)
    names = ", ".join(list(config.speakers)[:10])
    message = _("options.speaker is '{name}'; allowed are 0 to {last}")
    if names:
        message = _("options.speaker is '{name}'; allowed are 0 to {last}, or a name: {names}")
    last = config.speaker_count - 1
    raise PresetError(message.format(name=name[:40], last=last, names=names))


def digest_voice(model: Path) -> str:
    """Return the SHA-256 of a voice's two files, in hexadecimal, with a space between."""
    return " ".join(_digest(path, file_state(path)) for path in (model, Path(f"{model}.json")))


@lru_cache(maxsize=64)
def _digest(path: Path, state: str) -> str:  # noqa: ARG001 of the cache's key
    return sha256_of(path)
