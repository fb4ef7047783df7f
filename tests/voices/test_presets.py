"""Presets: every one we ship, and every mistake in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.errors import PresetError, TextError, UsageError
from speechcast.model import Pauses, Voice
from speechcast.voices import presets

WHOLE = {
    "description": '"mine"',
    "engine": '"tone"',
    "voice": '"sine"',
    "language": '"zh-CN"',
}
OFFLINE = "narrator orator report news story tone".split()
ONLINE = (
    "xiaoxiao xiaoyi yunyang yunjian yunxi yunxia xiaobei xiaoni hsiaochen yunjhe hiumaan wanlung "
    "aria guy jenny sonia ryan"
).split()


def preset(folder: Path, **changes: str) -> Path:
    lines = [f"{key} = {value}" for key, value in (WHOLE | changes).items() if value]
    path = folder / "mine.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", presets.PRESETS.list_files())
def test_every_preset_of_ours_is_whole(name: str) -> None:
    from speechcast.engines.registry import engine_class

    voice = presets.load(name)
    assert voice.name == name
    engine_class(voice.engine).required_bundles(voice)


def test_the_presets_promised() -> None:
    assert {*OFFLINE, *ONLINE} <= set(presets.PRESETS.list_files())
    assert all(presets.load(name).engine == "edge" for name in ONLINE)


def test_all_a_preset_can_say(tmp_path: Path) -> None:
    path = preset(
        tmp_path,
        rate='"-5%"',
        pitch='"+10Hz"',
        volume='"+20%"',
        pauses="{ clause = 0.1, sentence = 1, paragraph = 2.5, title = 3, join = 0, heading = 2 }",
    )
    assert presets.load(str(path)) == Voice(
        name="mine",
        description="mine",
        engine="tone",
        voice="sine",
        language="zh-CN",
        rate=-5,
        pitch=10,
        volume=20,
        pauses=Pauses(clause=0.1, sentence=1, paragraph=2.5, heading=2, title=3, join=0),
    )


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"spead": '"+5%"'}, "unknown key 'spead'; allowed are description, engine, voice"),
        ({"engine": '"espeak"'}, "engine is 'espeak'; allowed are kokoro, draft, piper, edge"),
        ({"engine": ""}, "engine is missing"),
        ({"voice": "3"}, "voice is 3; it must be text in quotes"),
        ({"language": '"Chinese"'}, "language is 'Chinese'; allowed is a tag like zh-CN"),
        ({"rate": "5"}, "rate is 5; it must be text from '-50%' to '\\+100%'"),
        ({"rate": '"+500%"'}, "rate is '\\+500%'; it must be text from '-50%' to '\\+100%'"),
        ({"pitch": '"+5%"'}, "pitch is '\\+5%'; it must be text from '-50Hz' to '\\+50Hz'"),
        ({"pauses": "3"}, "pauses is 3; it must be a table"),
        ({"pauses": "{ word = 1 }"}, "unknown key 'pauses.word'; allowed are clause, sentence"),
        ({"pauses": "{ title = -1 }"}, "pauses.title is -1; allowed are seconds from 0 to 10"),
        ({"pauses": "{ title = true }"}, "pauses.title is True; allowed are seconds"),
        ({"rate": "="}, "is not valid TOML"),
    ],
)
def test_a_mistake_names_file_key_and_what_is_allowed(
    tmp_path: Path, changes: dict[str, str], complaint: str
) -> None:
    path = preset(tmp_path, **changes)
    with pytest.raises(PresetError, match=complaint) as caught:
        presets.load(str(path))
    assert str(path) in str(caught.value)


def test_an_unknown_preset_suggests_the_nearest() -> None:
    with pytest.raises(PresetError, match="no preset 'narator'; did you mean 'narrator'?"):
        presets.load("narator")
    with pytest.raises(PresetError, match="'speechcast voices' lists them"):
        presets.load("qqqqqq")
    with pytest.raises(PresetError, match="no preset file"):
        presets.load("nowhere.toml")


def test_a_users_preset_wins_over_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "speechcast" / "voices"
    folder.mkdir(parents=True)
    preset(folder).rename(folder / "narrator.toml")
    assert presets.load("narrator").engine == "tone"


def test_the_rate_of_the_command_line() -> None:
    assert presets.with_rate(presets.load("report"), "+10%").rate == 10
    with pytest.raises(UsageError, match="--rate: rate is 'fast'; it must be text from"):
        presets.with_rate(presets.load("report"), "fast")


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("各位朋友，晚上好。", "narrator"),
        ("Good evening, friends.", "heart"),
        ("Bonsoir, mes amis.", "heart"),  # too short to tell
        (
            "We stand here today because a promise was made, a long time ago, by men and women who "
            "believed in a better country, and because it has yet to be kept.",
            "heart",
        ),
    ],
)
def test_the_texts_language_chooses_the_voice(text: str, voice: str) -> None:
    assert presets.choose_voice(text).name == voice


@pytest.mark.parametrize(
    "text",
    [
        "Mesdames et messieurs, je vous remercie d'être venus si nombreux ce soir. Nous avons une "
        "longue histoire à raconter, et elle commence dans un petit village au bord de la mer.",
        "Meine Damen und Herren, ich freue mich sehr, dass Sie heute Abend so zahlreich gekommen "
        "sind. Wir haben eine lange Geschichte zu erzählen, und sie beginnt in einem Dorf am Meer.",
        "Señoras y señores, les agradezco que hayan venido esta noche. Tenemos una larga historia "
        "que contar, y empieza en un pequeño pueblo a la orilla del mar, hace ya muchos años.",
    ],
    ids=["French", "German", "Spanish"],
)
def test_no_english_voice_is_chosen_for_another_language(text: str) -> None:
    with pytest.raises(TextError, match="neither Chinese nor English.*voices --online"):
        presets.choose_voice(text)


def test_a_voice_of_another_language_is_refused() -> None:
    with pytest.raises(TextError, match="the text is not Chinese, but the voice 'narrator' speaks"):
        presets.require_language(presets.load("narrator"), "Good evening, friends.")
    with pytest.raises(TextError, match="the text is Chinese.*--voice narrator"):
        presets.require_language(presets.load("aria"), "各位朋友，晚上好。")
    presets.require_language(presets.load("hiumaan"), "各位朋友，晚上好。")


def test_only_a_preset_of_the_users_own_folder_is_their_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`configured` lets a voice send text that a document chose it for."""
    monkeypatch.setattr("platformdirs.user_config_path", lambda _name: tmp_path / "config")
    own = presets.PRESETS.users_folder
    own.mkdir(parents=True)
    text = 'description = "d"\nengine = "tone"\nvoice = "sine"\nlanguage = "zh-CN"\n'
    for folder in (own, tmp_path):
        (folder / "mine.toml").write_text(text, encoding="utf-8")
    assert presets.load("mine").configured
    assert presets.load(str(own / "mine.toml")).configured
    assert not presets.load(str(tmp_path / "mine.toml")).configured
    assert not presets.load("narrator").configured
