"""Read voice presets, which are TOML files, into `Voice` values.

The presets that ship with speechcast lie in the project's `voices/` folder, which is packaged as
`presets/`; `config_files` says where a user's presets are looked for.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

from ..audio.targets import PODCAST, parse_target
from ..config_files import ConfigKind, ConfigTable, shorten
from ..engines.openai.keys import is_variable_name
from ..engines.registry import ENGINES, SYNTAX, PresetSyntax
from ..errors import PresetError, TextError, UsageError
from ..frontend import lexicon
from ..messages import _, mark
from ..model import DEFAULT_PACE, Pauses, Voice
from ..printable import is_control
from ..text.language import detect_language, may_be_english
from ..units import Seconds
from ..windows import leads_to_network
from . import embedded

AUTO = "auto"  # the preset name that leaves the choice to the text's language
DEFAULT_PRESET = "narrator"
DEFAULT_BY_LANGUAGE = {"zh": DEFAULT_PRESET, "en": "heart"}  # what --voice auto chooses
# Languages written in Chinese characters: Chinese, Cantonese, Wu, Min Nan, Hakka and Japanese
# (codes of ISO 639).
_HAN_LANGUAGES = frozenset("zh yue wuu nan hak ja".split())

_PACKAGED = Path(__file__).parents[1] / "presets"
_SHIPPED = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[3] / "voices"  # a checkout
PRESETS = ConfigKind(mark("preset"), "voices", _SHIPPED, mark("'speechcast voices' lists them"))

_TEXTS = ("description", "engine", "voice", "language")
# Limits chosen by hand for this project: per cent, Hertz, per cent.
_AMOUNTS = {"rate": ("%", -50, 100), "pitch": ("Hz", -50, 50), "volume": ("%", -90, 50)}
_OTHER_KEYS = ("loudness", "pauses", "pace", "options", "show", "lexicon")
_PAUSES = tuple(f.name for f in fields(Pauses))
_LONGEST_PAUSE: Seconds = 10.0
_PACE_LIMITS = (1, 20)  # syllables a second


def load(name: str) -> Voice:
    """Return the voice of a preset, or an embedded voice.

    Args:
        name: The preset's name, the path of a preset file, ending in `.toml`, or else the model's
            name of an embedded voice or a mix of them, like `zf_xiaoxiao*0.7 + zf_xiaoyi*0.3`.

    Raises:
        PresetError: If there is no such preset or voice (the message suggests the nearest), or if
            its file is broken (the message names the file, the key and what is allowed).

    >>> load("narrator").language
    'zh-CN'
    """
    if not PRESETS.has(name) and embedded.is_embedded(name):
        return embedded.make_voice(name)
    path = PRESETS.find_path(name)
    return replace(read_preset(path), configured=PRESETS.is_users(path))


def read_preset(path: Path) -> Voice:
    """Return the voice that the preset file at `path` describes.

    Raises:
        PresetError: If the file cannot be read or is broken.
    """
    table = ConfigTable.read(path)
    table.require_only((*_TEXTS, *_AMOUNTS, *_OTHER_KEYS))
    show = table.get_table("show")
    show.require_only(("directions", "labels"))
    language = table.get_text("language")
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", language):
        raise PresetError(
            _("{path}: language is '{language}'; allowed is a tag like zh-CN").format(
                path=path, language=language
            )
        )
    engine = table.get_choice("engine", ENGINES)
    return Voice(
        name=shorten(path.stem),
        description=_read_line(table, "description"),
        engine=engine,
        voice=_read_voice_name(table, SYNTAX[engine]),
        language=language,
        rate=_parse_amount(str(path), "rate", table.values.get("rate", "+0%")),
        pitch=_parse_amount(str(path), "pitch", table.values.get("pitch", "+0Hz")),
        volume=_parse_amount(str(path), "volume", table.values.get("volume", "+0%")),
        pauses=_read_pauses(table.get_table("pauses")),
        loudness=_read_loudness(table),
        pace=_read_pace(table),
        options=_read_options(table.get_table("options"), SYNTAX[engine]),
        directions=show.get_flag("directions", default=True),
        labels=show.get_flag("labels", default=True),
        lexicon=lexicon.from_table(table.get_table("lexicon")).entries,
        configured=False,
    )


def with_rate(voice: Voice, rate: str) -> Voice:
    """Return the voice with its rate replaced.

    Args:
        voice: The voice to copy.
        rate: The rate as a preset writes it, such as `+10%`.

    Raises:
        UsageError: If `rate` is not a percentage from -50 to +100.

    >>> with_rate(load("narrator"), "-5%").rate
    -5
    """
    try:
        return replace(voice, rate=_parse_amount(_("--rate"), "rate", rate))
    except PresetError as exc:
        raise UsageError(str(exc)) from None


def choose_voice(text: str) -> Voice:
    """Return the embedded voice for the language of a text.

    Raises:
        TextError: If the text is in letters but not in English; no embedded voice speaks it.

    >>> choose_voice("Good evening, friends.").name
    'heart'
    """
    language = detect_language(text) or "zh"
    if language == "en" and not may_be_english(text):
        raise TextError(
            _(
                "the text is neither Chinese nor English, and the embedded voices speak no "
                "other language; choose one of 'speechcast voices --online', or insist with "
                "--voice {preset}"
            ).format(preset=DEFAULT_BY_LANGUAGE[language])
        )
    return load(DEFAULT_BY_LANGUAGE[language])


def require_language(voice: Voice, text: str) -> None:
    """Raise TextError if a voice cannot speak the text's language.

    Only two kinds of language are distinguished: those written in Chinese characters, and those
    written in letters.
    """
    written, spoken = detect_language(text), voice.language.split("-")[0]
    if written is None or (written == "zh") == (spoken in _HAN_LANGUAGES):
        return
    message = (
        _(
            "the text is Chinese, but the voice '{voice}' speaks {language}; choose another, "
            "for example --voice {preset}, or insist with --force"
        )
        if written == "zh"
        else _(
            "the text is not Chinese, but the voice '{voice}' speaks {language}; choose another, "
            "for example --voice {preset}, or insist with --force"
        )
    )
    preset = DEFAULT_BY_LANGUAGE[written]
    raise TextError(message.format(voice=voice.name, language=voice.language, preset=preset))


def _parse_amount(source: str, key: str, value: object) -> int:
    """Return the number in a value such as `+10%`.

    `source` names the file or the option it comes from, for the message.
    """
    unit, low, high = _AMOUNTS[key]
    match = re.fullmatch(rf"([+-][0-9]{{1,3}}){unit}", value) if isinstance(value, str) else None
    if not match or not low <= int(match[1]) <= high:
        raise PresetError(
            _(
                "{source}: {key} is {value!r}; it must be text from '{low:+}{unit}' to "
                "'{high:+}{unit}'"
            ).format(source=source, key=key, value=value, low=low, unit=unit, high=high)
        )
    return int(match[1])


def _read_pace(table: ConfigTable) -> float:
    if "pace" not in table.values:
        return DEFAULT_PACE
    limits = mark("syllables a second from {low:g} to {high:g}")
    return table.get_number("pace", *_PACE_LIMITS, limits)


def _read_loudness(table: ConfigTable) -> str:
    loudness = str(table.values.get("loudness", PODCAST.name))
    try:
        parse_target(loudness)
    except UsageError as exc:
        raise PresetError(_("{path}: {problem}").format(path=table.path, problem=exc)) from None
    return loudness


def _read_line(table: ConfigTable, key: str) -> str:
    """Return the text at `key`, which must be one line that can be shown and sent."""
    text = table.get_text(key)
    if any(is_control(char) for char in text):
        raise PresetError(
            _("{path}: {key} is '{text}'; it must be one line without control characters").format(
                path=table.path, key=f"{table.prefix}{key}", text=shorten(text)
            )
        )
    return text


def _read_voice_name(table: ConfigTable, syntax: PresetSyntax) -> str:
    """Return the engine's name for the voice, normalized; it goes into requests as it is."""
    name = _read_line(table, "voice")
    if not syntax.voice.fullmatch(name):
        raise PresetError(
            _("{path}: voice is '{name}'; allowed is a name like {example}").format(
                path=table.path, name=shorten(name), example=_(syntax.example)
            )
        )
    if syntax.is_file and leads_to_network(name, str(table.path.absolute())):
        raise PresetError(
            _(
                "{path}: voice is '{name}', on another machine; put the file beside the preset"
            ).format(path=table.path, name=shorten(name))
        )
    if syntax.is_file:
        return str(table.path.absolute().parent / _expand(name))
    try:
        return syntax.normalize(name)
    except PresetError as exc:
        raise PresetError(_("{path}: voice: {exc}").format(path=table.path, exc=exc)) from None


def _expand(path: str) -> str:
    """Return a path with `~` replaced by the user's folder, if they have one."""
    try:
        return str(Path(path).expanduser())
    except RuntimeError:
        return path


def _read_options(table: ConfigTable, syntax: PresetSyntax) -> dict[str, str]:
    """Return the options; a value may be a secret in a wrong place, so none is shown."""
    if syntax.options:
        table.require_only(syntax.options)
    elif table.values:
        raise PresetError(
            _("{path}: a preset of this engine has no options; leave them out").format(
                path=table.path
            )
        )
    options = {key: _read_line(table, key) for key in table.values}
    if "key_variable" in options and not is_variable_name(options["key_variable"]):
        raise PresetError(
            _(
                "{path}: options.key_variable is not the name of an environment variable, "
                "like MY_SERVER_KEY; the key itself belongs into that variable, not into a "
                "file"
            ).format(path=table.path)
        )
    return options


def _read_pauses(table: ConfigTable) -> Pauses:
    table.require_only(_PAUSES)
    limits = mark("seconds from {low:g} to {high:g}")
    return Pauses(**{k: table.get_number(k, 0, _LONGEST_PAUSE, limits) for k in table.values})
