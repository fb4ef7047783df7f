"""Piper voices, which are files of the user's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from speechcast.engines.base import SAMPLE_RATE
from speechcast.engines.piper import model as piper_model
from speechcast.engines.piper.engine import Piper
from speechcast.engines.piper.files import PiperConfig, find_speaker, read_config
from speechcast.engines.piper.phonemes import PACKAGES, list_groups, number_phonemes
from speechcast.errors import ModelError, PresetError, UnreadableError
from speechcast.model import Utterance, Voice
from speechcast.voices import presets
from tests.support.embedded import load_piper
from tests.support.speeches import line_of

IPA = "abdefhijklmnoprstuvwzæðŋɐɑɔəɚɛɡɪɹɾʃʊʌʒˈˌːθχɕøʏ012345 "
PINYIN = "Ø b h sh y w ai ua ui an i a 1 2 3 4 5".split()


@pytest.fixture(scope="module")
def joe() -> Voice:
    return load_piper()


@pytest.fixture
def engine(joe: Voice) -> Iterator[Piper]:
    with closing(Piper(joe)) as engine:
        yield engine


def config_of(language: str, espeak_voice: str, kind: str = "espeak") -> PiperConfig:
    """Return the description of a voice with a number for each phoneme."""
    phonemes = PINYIN if kind == "pinyin" else list(IPA)
    ids = {p: (n,) for n, p in enumerate(["_", "^", "$", *",.:;!?", *phonemes])}
    return PiperConfig(
        kind=kind,
        espeak_voice=espeak_voice,
        language=language,
        rate=22_050,
        hop=256,
        ids=ids,
        clusters=(),
        scales=(0.667, 1.0, 0.8),
        speakers={"anna": 0, "ben": 2},
        speaker_count=3,
        speaker=1,
    )


def groups_of(text: str, config: PiperConfig) -> list[tuple[str, str]]:
    """Return what is shown and the phonemes of each group."""
    line = line_in(text, config.language)
    return [(line.tokens[g.token].shown, g.symbols) for g in list_groups(line, config)]


def line_in(text: str, language: str) -> Utterance:
    voice = Voice(name="v", description="d", engine="piper", voice="v.onnx", language=language)
    return line_of(text, voice)


# Phonemes.


@pytest.fixture
def _espeak() -> None:
    for package in PACKAGES:
        pytest.importorskip(package, reason="needs pip install 'speechcast[piper]'")


@pytest.mark.usefixtures("_espeak")
def test_words_are_read_in_their_clause_and_divided() -> None:
    assert groups_of("The end of the man, a U.S. plan.", config_of("en-US", "en-us")) == [
        ("The", "ðɪʲ"),
        ("end", "ˈɛnd"),
        ("of", "ʌv"),
        ("the", "ðə"),
        ("man", "mˈæn"),
        (",", ","),
        ("a", "ɐ"),
        ("U.S.", "jˌuːˈɛs"),
        ("plan", "plˈæn"),
        (".", "."),
    ]


@pytest.mark.usefixtures("_espeak")
def test_any_language_of_espeak_is_read_and_a_sign_belongs_to_its_figure() -> None:
    groups = groups_of("25 % der Leute.", config_of("de", "de"))
    assert [shown for shown, _ in groups] == ["25", "25", "der", "Leute", "."]
    assert groups[1][1].startswith("proːtsˈɛnt")


@pytest.mark.usefixtures("_espeak")
def test_mandarin_is_read_from_our_pinyin() -> None:
    config = config_of("zh-CN", "cmn")
    assert groups_of("银行，行走。", config) == [
        ("银行", "jˈiɜn χˈɑɜŋ"),
        ("，", ","),
        ("行走", "ɕˈiɜŋ tsˈou2"),
        ("。", "."),
    ]


def test_a_voice_of_pinyin_gets_initials_finals_and_tones() -> None:
    config = config_of("zh-CN", "cmn", "pinyin")
    line = line_in("爱花，水。", "zh-CN")
    numbers = number_phonemes(list_groups(line, config), config)
    names = {n[0]: p for p, n in config.ids.items()}
    assert " ".join(names[n.id] for n in numbers) == "^ Ø ai 4 _ h ua 1 _ , _ sh ui 3 _ . _ $"
    assert [n.token for n in numbers if names[n.id] == "ui"] == [2]


def test_a_syllable_that_the_voice_does_not_have_is_refused() -> None:
    config = config_of("zh-CN", "cmn", "pinyin")
    with pytest.raises(UnreadableError, match="cannot read"):
        list_groups(line_in("床。", "zh-CN"), config)


def test_a_voice_of_letters_gets_letters() -> None:
    config = config_of("uk", "uk", "text")
    config = replace(config, ids={**config.ids, "т": (90,), "а": (91,), "к": (92,)})
    assert groups_of("Так, так.", config)[:2] == [("Так", "Так"), (",", ",")]
    numbers = number_phonemes(list_groups(line_in("так", "uk"), config), config)
    assert [n.id for n in numbers] == [1, 0, 90, 0, 91, 0, 92, 0, 2]


def test_vowels_that_are_one_phoneme_are_given_as_one() -> None:
    config = config_of("en", "en", "text")
    config = replace(config, ids={**config.ids, "ai": (90,)}, clusters=("ai",))
    numbers = number_phonemes(list_groups(line_in("aik", "en"), config), config)
    assert [n.id for n in numbers][2] == 90


def test_what_the_voice_cannot_read_is_named(joe: Voice) -> None:
    errors = Piper.find_refusals(joe, line_of("We say 你好 to ☃ you", joe))
    assert [e.piece for e in errors] == ["你", "好"]


# The sound.


def test_the_spans_follow_each_other_and_fill_the_clip(engine: Piper, joe: Voice) -> None:
    line = line_of("We shall pay any price, and bear any burden.", joe)
    clip = engine.synthesize(line)
    spans = [s for s in clip.spans if s]
    assert clip.rate == SAMPLE_RATE
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert sum(s.end - s.start for s in spans) > 0.7 * len(clip.samples)
    assert 0.1 < np.abs(clip.samples).max() / 32768 <= 1


def test_an_engine_gives_the_same_sound_again(engine: Piper, joe: Voice) -> None:
    """The model draws random numbers, which gave another sound each time."""
    line = line_of("Let us begin.", joe)
    first = engine.synthesize(line)
    assert all((engine.synthesize(line).samples == first.samples).all() for _ in range(2))


def test_the_noise_is_that_of_a_normal_distribution() -> None:
    noise = piper_model.make_noise()
    assert abs(noise.mean()) < 0.01
    assert abs(noise.std() - 1) < 0.01


# The files.


def write_voice(folder: Path, joe: Voice, **changes: object) -> Path:
    """Write a voice whose model is a link to joe's, and its .json with changes."""
    model = folder / "mine.onnx"
    model.symlink_to(joe.voice)
    table = json.loads(Path(f"{joe.voice}.json").read_text("utf-8"))
    Path(f"{model}.json").write_text(json.dumps({**table, **changes}), "utf-8")
    return model


def write_preset(folder: Path, voice: str, options: str = "") -> Path:
    path = folder / "mine.toml"
    lines = ['description = "d"', 'engine = "piper"', f'voice = "{voice}"', 'language = "en-US"']
    path.write_text("\n".join([*lines, options, ""]), "utf-8")
    return path


def test_a_path_is_looked_up_from_the_presets_folder(tmp_path: Path, joe: Voice) -> None:
    model = write_voice(tmp_path, joe)
    voice = presets.read_preset(write_preset(tmp_path, "mine.onnx"))
    assert voice.voice == str(model)
    assert Piper.required_bundles(voice) == ()
    assert presets.read_preset(write_preset(tmp_path, str(model))).voice == str(model)


def test_another_model_and_another_speaker_are_other_sounds(tmp_path: Path, joe: Voice) -> None:
    changed = replace(joe, voice=str(write_voice(tmp_path, joe, num_speakers=2)))
    second = replace(changed, options={"speaker": "1"})
    versions = {Piper.sound_version(v) for v in (joe, changed, second)}
    assert len(versions) == 3


def test_a_speaker_goes_by_name_or_number() -> None:
    config = config_of("en", "en")
    assert [find_speaker(config, name) for name in ("", "ben", "0")] == [1, 2, 0]
    for name in ("3", "-1", "²", "carl"):
        with pytest.raises(PresetError, match="allowed are 0 to 2, or a name: anna, ben"):
            find_speaker(config, name)


BROKEN = {
    "missing.onnx": "there is no file .*missing.onnx$",
    "alone.onnx": r"there is no file .*alone.onnx.json; a Piper voice is two files",
    "odd.onnx": "odd.onnx.json is no description of a Piper voice",
    "bare.onnx": "bare.onnx.json is no description of a Piper voice",
    "list.onnx": "list.onnx.json is no description of a Piper voice",
    "folder.onnx": "there is no file .*folder.onnx$",
}


@pytest.mark.parametrize(("name", "complaint"), BROKEN.items())
def test_a_voice_that_is_not_whole_is_one_clear_line(
    name: str, complaint: str, tmp_path: Path
) -> None:
    for model in ("alone.onnx", "odd.onnx", "list.onnx", "bare.onnx"):
        (tmp_path / model).write_bytes(b"x")
    (tmp_path / "folder.onnx").mkdir()
    (tmp_path / "odd.onnx.json").write_text('{"password": "secret"', "utf-8")
    bare = {"audio": {"sample_rate": 0}, "espeak": {"voice": "en"}, "phoneme_id_map": {}}
    (tmp_path / "bare.onnx.json").write_text(json.dumps(bare), "utf-8")
    (tmp_path / "list.onnx.json").write_text("[]", "utf-8")
    with pytest.raises(PresetError, match=complaint) as caught:
        Piper.required_bundles(presets.read_preset(write_preset(tmp_path, name)))
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"no model", b"\x08\x08secret"])
@pytest.mark.usefixtures("joe")
def test_a_damaged_model_is_one_clear_line(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "mine.onnx").write_bytes(content)
    with pytest.raises(ModelError, match=r"mine.onnx (is damaged|has no durations)") as caught:
        piper_model.open_voice(tmp_path / "mine.onnx")
    assert "secret" not in str(caught.value)


def test_what_the_engine_cannot_do_is_refused(
    tmp_path: Path, joe: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    thai = replace(joe, voice=str(write_voice(tmp_path, joe, phoneme_type="thai")))
    refused = {
        "speaks en-US, not zh-CN": replace(joe, language="zh-CN"),
        "cannot change its pitch": replace(joe, pitch=5),
        "of the kind 'thai', which is not supported": thai,
        "options.speaker is 'anna'": replace(joe, options={"speaker": "anna"}),
        "on another machine": replace(joe, voice="//server/share/x.onnx", configured=False),
    }
    for problem, voice in refused.items():
        with pytest.raises(PresetError, match=problem):
            Piper.required_bundles(voice)
    monkeypatch.setattr("speechcast.engines.piper.engine.has_piper", lambda: False)
    with pytest.raises(PresetError, match=r'pip install "speechcast\[piper\]"'):
        Piper.required_bundles(joe)


def test_a_description_tells_the_language_and_the_rate(joe: Voice) -> None:
    config = read_config(Path(joe.voice))
    assert (config.language, config.rate, config.kind) == ("en-US", 22_050, "espeak")
