"""What a preset may not say: it is refused when it is read, with its file and key named."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.config_files import ConfigTable
from speechcast.errors import PresetError
from speechcast.voices import presets
from tests.support.systems import names_freely
from tests.support.users import preset_at

EDGE = 'description = "d"\nengine = "edge"\nvoice = "{}"\nlanguage = "zh-CN"\n'


def write(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "voice",
    [
        "zh-CN-XiaoxiaoNeural",
        "zh-CN-liaoning-XiaobeiNeural",
        "fil-PH-AngeloNeural",
        "en-US-AvaMultilingualNeural",
        "en-US-Ava:DragonHDLatestNeural",
        "Microsoft Server Speech Text to Speech Voice (zh-CN, XiaoxiaoNeural)",
        "Microsoft Server Speech Text to Speech Voice (zh-CN-liaoning, XiaobeiNeural)",
    ],
)
def test_names_of_the_service_are_taken(tmp_path: Path, voice: str) -> None:
    assert presets.load(write(tmp_path, EDGE.format(voice))).voice == voice


@pytest.mark.parametrize(
    "voice",
    [
        "zh-CN-X'/><break time='9s'/>Neural",
        "zh-CN-Xiaoxiao' xml:lang='xNeural",
        "zh-CN-Xiaoxiao&amp;Neural",
        "zh-CN-Xiaoxiao<Neural",
        "zh-CN-Xiao xiaoNeural",
        "zh-CN-Xiaoxiao\\u000d\\u000aPath:ssmlNeural",
        "zh-CN-\\u200bXiaoxiaoNeural",
        "Microsoft Server Speech Text to Speech Voice (zh-CN, X')Neural)",
        "zh-CN-晓晓Neural",
        "xiaoxiao",
        "a" * 300,
    ],
)
def test_a_voice_that_is_no_name_does_not_reach_the_service(tmp_path: Path, voice: str) -> None:
    with pytest.raises(PresetError, match=r"mine\.toml: voice is '") as refused:
        presets.load(write(tmp_path, EDGE.format(voice)))
    assert len(str(refused.value)) < 400
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("voice", ["alloy", "af_sky+af_bella(0.5)", "中文女", "voices/ref.wav"])
def test_a_server_names_its_voices_as_it_likes(tmp_path: Path, voice: str) -> None:
    text = preset_at("http://127.0.0.1:8880").replace('"nova"', f'"{voice}"')
    assert presets.load(write(tmp_path, text)).voice == voice


@pytest.mark.parametrize("voice", ["a<b", "a'b", "a&b", 'a\\"b', "a\\nb", "a\\u202eb", "a" * 201])
def test_but_not_with_marks_of_a_markup(tmp_path: Path, voice: str) -> None:
    text = preset_at("http://127.0.0.1:8880").replace('"nova"', f'"{voice}"')
    with pytest.raises(PresetError, match=r"mine\.toml: voice is"):
        presets.load(write(tmp_path, text))


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ('api_key = "sk-secret-value"', "unknown key 'options.api_key'"),
        ('key_variable = "sk-secret-value"', "options.key_variable is not the name of an env"),
        ('model = "a\\nb: c"', "options.model is"),
    ],
)
def test_options_that_are_none(tmp_path: Path, lines: str, reason: str) -> None:
    text = preset_at("http://127.0.0.1:8880") + lines + "\n"
    with pytest.raises(PresetError, match=reason) as refused:
        presets.load(write(tmp_path, text))
    assert "sk-secret-value" not in str(refused.value)


def test_a_description_cannot_control_the_terminal(tmp_path: Path) -> None:
    text = EDGE.format("zh-CN-XiaoxiaoNeural").replace('"d"', '"\\u001b[2Jd"')
    with pytest.raises(PresetError, match="description is '�"):
        presets.load(write(tmp_path, text))


@names_freely
def test_a_files_name_cannot_either(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\u202e.toml"
    path.write_text(EDGE.format("zh-CN-XiaoxiaoNeural").replace('"d"', '"👩‍🏫"'), encoding="utf-8")
    assert presets.load(str(path)).name == "a�[2J�"


@pytest.mark.parametrize(
    "name",
    ["a" * 300, "a" * 300 + ".toml", "啊" * 300 + ".toml", "a\0b.toml", "\udcff", "", "../tone"],
)
def test_a_name_that_no_file_can_have(name: str) -> None:
    with pytest.raises(PresetError, match="there is no preset") as refused:
        presets.load(name)
    assert len(str(refused.value)) < 300
    str(refused.value).encode()


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 5000, "rate = " + "1" * 5000, "a = 1" + " " * 1_000_001, "\0"]
)
def test_a_file_that_breaks_its_reader(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PresetError, match=r"a\.toml is"):
        ConfigTable.read(path)


@pytest.mark.parametrize("value", ["edge", ["edge", 5], ["edge", " "], [["edge"]], 5, {"a": "b"}])
def test_a_list_of_texts_holds_nothing_else(value: object) -> None:
    with pytest.raises(PresetError, match="it must be a list of texts in quotes"):
        ConfigTable(Path("a.toml"), {"allow": value}).get_texts("allow")


def test_of_several_names_that_are_near_the_nearest_is_offered() -> None:
    with pytest.raises(PresetError, match="did you mean 'local-yunxia'"):
        presets.load("local-yunxa")
