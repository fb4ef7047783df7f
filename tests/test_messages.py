"""Tests of the catalogue of messages: it is whole, and says the same in both languages."""

from __future__ import annotations

import io
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from speechcast import messages
from speechcast.batch.records import compute_fingerprint, resolve_defaults
from speechcast.cli import descriptions
from speechcast.config_files import ConfigTable
from speechcast.documents.document import from_text
from speechcast.messages import (
    Language,
    _,
    choose_language,
    language,
    ngettext,
    translate_filled,
    use_language,
)
from speechcast.request import resolve_request
from speechcast.subtitles.style import STYLES
from speechcast.voices.embedded import DESCRIPTIONS, make_voice
from speechcast.voices.presets import PRESETS
from tests.support.messages import fields, is_format

SOURCE = Path(messages.__file__).parent
CATALOGUE = messages.CATALOGUES / "zh_CN" / "LC_MESSAGES" / "speechcast.po"
GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"
KEYWORDS = {"_": None, "ngettext": (1, 2), "mark": None}  # as `make catalogues` has them
PRINTF = re.compile(r"%(?:\.\d)?[sdfg]")

# What is the same in every language.
NUMBER = re.compile(r"(?<![\w.])[+-]?\d+(?:[.,:]\d+)*")
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
ADDRESS = re.compile(r"\b(?:https?|s3|tcp)://[^\s,;，；。、…]*")
COMMAND = re.compile(
    r"\bspeechcast (?:align|batch|cache|check|completion|doctor|dub|make|page|say|script|serve"
    r"|studio|voices)(?: (?:add|clear|install|preview|prune|show))?\b|\b(?:pip|pipx|uv|apt-get) \w+"
)
SUFFIX = re.compile(r"(?<![\w/])\.[a-z][a-z0-9]{1,4}\b")
UNIT = re.compile(r"(?<![A-Za-z])(?:[kMG]B|[km]?Hz|dB(?:FS|TP)?|LUFS|kbit/s|ms|px)(?![A-Za-z])")
VARIABLE = re.compile(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b")
QUOTED = re.compile(r"(?<!\w)(?:'([^'\s]*[^\W_]{2}[^'“”]*)'|\"([^\"]*[^\W_]{2}[^\"]*)\")(?!\w)")
UNITS_IN_CHINESE = {"毫秒": " ms ", "分贝": " dB "}
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_./*+-]*")
CHINESE_ONLY = {"Tab", "BOM"}  # keys and names that help a Chinese reader


def literal_text(text: str) -> str:
    """Return a text without its placeholders."""
    if fields(text):
        return "".join(
            f"{literal}{'' if name is None else '�'}"
            for literal, name, _spec, _conversion in string.Formatter().parse(text)
        )
    return PRINTF.sub("�", text)


def with_latin_units(translation: str) -> str:
    """Return the literal text of a translation with its units as in English."""
    text = literal_text(translation)
    for chinese, latin in UNITS_IN_CHINESE.items():
        text = text.replace(chinese, latin)
    return text


def each(forms: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return a message, or both forms of one with a plural."""
    return (forms or "",) if forms is None or isinstance(forms, str) else tuple(forms)


@cache
def extract() -> set[str | tuple[str, ...]]:
    """Return the messages of the source."""
    found = extract_from_dir(str(SOURCE), [("**.py", "python")], keywords=KEYWORDS)
    return {text for _file, _line, text, _comments, _context in found}


def read_catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_CN", domain="speechcast")


CATALOG = read_catalogue()
MESSAGES = [message for message in CATALOG if message.id]


def pairs() -> Iterator[tuple[str, str]]:
    """Yield every text of the source with its translation; of two forms the plural."""
    for message in MESSAGES:
        for translation in each(message.string):
            if translation:
                yield each(message.id)[-1], translation


def name_of(message: Message) -> str:
    return each(message.id)[0][:60]


# The catalogue is whole.


def test_the_catalogue_has_every_message_and_no_other() -> None:
    ours, theirs = extract(), {message.id for message in MESSAGES}
    assert not ours - theirs, "run: make catalogues"
    assert not theirs - ours, "run: make catalogues"
    assert not CATALOG.obsolete


def test_every_message_is_translated() -> None:
    missing = [name_of(m) for m in MESSAGES if not all(each(m.string))]
    assert not missing
    assert not [name_of(m) for m in MESSAGES if m.fuzzy]


def test_what_is_used_is_what_the_catalogue_compiles_to() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, CATALOG)
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run: make catalogues"


def test_babel_has_nothing_against_the_catalogue() -> None:
    assert [(name_of(m), errors) for m, errors in CATALOG.check()] == []


def test_every_preset_and_style_describes_itself_by_a_message() -> None:
    shipped = [*PRESETS.shipped.glob("*.toml"), *STYLES.shipped.glob("*.toml")]
    described = {ConfigTable.read(path).get_text("description") for path in shipped}
    assert described == descriptions.DESCRIPTIONS
    assert len(described) > 30
    assert not described - extract()


def test_every_embedded_voice_describes_itself_by_a_message() -> None:
    first = ("zf_xiaobei", "zm_yunxi", "zf_xiaobei + zm_yunxi")
    names = (*first, "zf_001", "zm_010", "zf_001 + zm_010")
    assert sorted(make_voice(name).description for name in names) == sorted(DESCRIPTIONS)


# Both languages say the same.


def test_placeholders_are_the_same() -> None:
    wrong = [
        (text, translation)
        for text, translation in pairs()
        if (is_format(text) and fields(text) != fields(translation))
        or (not is_format(text) and PRINTF.findall(text) != PRINTF.findall(translation))
    ]
    assert not wrong


@pytest.mark.parametrize(
    "kind", [NUMBER, OPTION, ADDRESS, COMMAND, SUFFIX, VARIABLE], ids=lambda p: p.pattern[:24]
)
def test_what_is_typed_is_the_same(kind: re.Pattern[str]) -> None:
    wrong = [
        (text, translation)
        for text, translation in pairs()
        if set(kind.findall(literal_text(text))) != set(kind.findall(literal_text(translation)))
    ]
    assert not wrong


def test_no_unit_is_another_one() -> None:
    """A translation may name one that the English leaves to the reader."""
    wrong = [
        (text, translation)
        for text, translation in pairs()
        if set(UNIT.findall(literal_text(text))) - set(UNIT.findall(with_latin_units(translation)))
    ]
    assert not wrong


def test_quoted_values_are_the_same() -> None:
    wrong = [
        (text, translation)
        for text, translation in pairs()
        for single, double in QUOTED.findall(literal_text(text))
        if (single or double) not in literal_text(translation)
        and not text.startswith("expected ")  # the YAML parser's words, which Chinese explains
    ]
    assert not wrong


def test_a_translation_has_no_foreign_word_of_its_own() -> None:
    wrong = []
    for text, translation in pairs():
        words = {word.rstrip(".") for word in LATIN.findall(literal_text(translation))}
        strange = {w for w in words if w.casefold() not in text.casefold()} - CHINESE_ONLY
        wrong += [(translation, strange)] if strange else []
    assert not wrong


def test_translations_are_in_chinese_punctuation() -> None:
    half = re.compile(r"[\u4e00-\u9fff][,;:?!](?:\s|[\u4e00-\u9fff]|$)|[\u4e00-\u9fff]\(")
    quoted = re.compile("“[^”]*”")
    assert not [t for _text, t in pairs() if half.search(quoted.sub("“”", t))]


def test_nobody_is_left_with_an_english_sentence() -> None:
    wrong = [t for text, t in pairs() if text == t and len(LATIN.findall(literal_text(t))) > 4]
    assert not wrong


# One term for one thing.


def read_glossary() -> dict[str, tuple[str, ...]]:
    """Return the Chinese terms for each English one."""
    rows = re.findall(r"^\| ([a-z ]+) \| ([^|A-Za-z]+) \|$", GLOSSARY.read_text("utf-8"), re.M)
    return {
        english: tuple(term.strip() for term in chinese.split("·")) for english, chinese in rows
    }


GLOSSED = read_glossary()
# Messages in which a term means another thing.
OTHER_SENSE: Mapping[str, frozenset[str]] = {
    "cast": frozenset(("cast must be an object: a preset for each label",)),
    "processor": frozenset(("the lock file of a word processor",)),
    "token": frozenset(("found character '\\t' that cannot start any token",)),
    "sentence": frozenset(("{path}: sentence is no list of tables; write [[sentence]]",)),
    "voice": frozenset(  # the key of a preset
        (
            "voice is '{name}'; allowed is {allowed}",
            "voice is '{voice}'; allowed is the path of a file NAME.onnx",
            "{path}: voice is '{name}'; allowed is a name like {example}",
            "{path}: voice: {exc}",
        )
    ),
}


def test_the_glossary_is_read() -> None:
    assert GLOSSED["front matter"] == ("文首设置",)
    assert len(GLOSSED) > 30


@pytest.mark.parametrize("term", sorted(GLOSSED))
def test_a_term_is_used_and_has_one_translation(term: str) -> None:
    english = re.compile(rf"(?<![\w./-]){term}s?(?![\w./=-])", re.IGNORECASE)
    used = [
        (text, translation)
        for text, translation in pairs()
        if english.search(COMMAND.sub("", OPTION.sub("", literal_text(text))))
        and text not in OTHER_SENSE.get(term, ())
    ]
    assert used
    assert not [
        (text, translation)
        for text, translation in used
        if not any(chinese in translation for chinese in GLOSSED[term])
    ]


# Which language is chosen.


@pytest.mark.parametrize(
    ("option", "environment", "expected"),
    [
        ("zh", {"SPEECHCAST_LANG": "en"}, "zh"),
        ("en", {"SPEECHCAST_LANG": "zh", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"SPEECHCAST_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        (None, {"SPEECHCAST_LANG": "en", "LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh"}, "en"),
        (None, {"SPEECHCAST_LANG": "fr", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"SPEECHCAST_LANG": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        (None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        (None, {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_US.UTF-8"}, "zh"),
        (None, {"LC_MESSAGES": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LANG": "zh_TW"}, "zh"),
        (None, {"LANG": "zh_CN.GBK"}, "zh"),
        (None, {"LANG": "zh-Hans-CN"}, "zh"),
        (None, {"LANG": "C"}, "en"),
        (None, {"LANG": "POSIX"}, "en"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {"LANG": "en_US:zh"}, "en"),
        (None, {"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, "en"),
        (None, {"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh_CN"}, "zh"),
        (None, {"LANG": "zh_CN.UTF-8", "LANGUAGE": "de"}, "zh"),
        (None, {"LANG": "C", "LANGUAGE": "zh_CN"}, "en"),  # as gettext: C has no translations
        (None, {"LANG": "C.UTF-8", "LANGUAGE": "zh_CN"}, "en"),
    ],
)
def test_the_users_language(option: str | None, environment: dict[str, str], expected: str) -> None:
    assert choose_language(option, environment) == expected


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("zh_CN", "zh"),
        ("Chinese (Simplified)_China", "zh"),  # as Windows names it
        ("English_United States", "en"),
        ("C", "en"),
        (None, "en"),
    ],
)
def test_the_language_of_a_system_that_sets_no_variables(
    system: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_system_locale", lambda: system)
    assert choose_language(None, {}) == expected


def test_a_locale_that_python_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ValueError("unknown locale: UTF-8")  # LC_CTYPE=UTF-8, as a terminal of macOS sets it

    monkeypatch.setattr("locale.getlocale", refuse)
    assert choose_language(None, {}) == "en"


# The language in use.


@pytest.fixture
def chinese() -> None:
    use_language("zh")


@pytest.mark.usefixtures("chinese")
def test_messages_in_chinese() -> None:
    assert language() == "zh"
    assert _("preset") == "音色预设"
    forms = "{text} (and on {count} more line)", "{text} (and on {count} more lines)"
    assert ngettext(*forms, 2) == "{text}（另有 {count} 行）"
    assert not _("")


@pytest.mark.usefixtures("chinese")
def test_what_was_stored_in_english_is_shown_in_chinese() -> None:
    shown = translate_filled(
        "it could not be rewritten (a {brace})", ["it could not be rewritten ({reason})"]
    )
    assert shown == "改写失败（a {brace}）"
    assert translate_filled("10 MB of memory are free", ["{free} of memory"]) == (
        "10 MB of memory are free"
    )


@pytest.mark.parametrize("chosen", ["zh", "en"])
def test_a_production_is_the_same_in_every_language(chosen: Language, tmp_path: Path) -> None:
    def fingerprint() -> str:
        document = from_text("# 讲话\n\n大家好。\n\n![图](a.png)\n", markdown=True)
        return compute_fingerprint(resolve_defaults(resolve_request(document, "speech", tmp_path)))

    expected = fingerprint()
    use_language(chosen)
    assert fingerprint() == expected


def test_tests_speak_english_whatever_the_locale() -> None:
    assert language() == "en"
    code = "from speechcast.messages import choose_language; print(choose_language(None))"
    environment = os.environ | {"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}
    run = subprocess.run(
        [sys.executable, "-c", code], check=True, env=environment, capture_output=True, text=True
    )
    assert run.stdout.strip() == "en"
