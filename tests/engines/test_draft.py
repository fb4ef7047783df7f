"""The draft voice: FastSpeech2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.engines.draft import g2p_zh, units
from speechcast.engines.draft.engine import SAMPLES_PER_FRAME, Draft
from speechcast.engines.draft.files import ACOUSTIC_MODEL, read_acoustic_model, read_vocoder
from speechcast.engines.draft.models import shared_models
from speechcast.engines.draft.vocoder import MELS, build_vocoder
from speechcast.engines.refusals import PhonemeGroup
from speechcast.errors import EngineError, ModelError, PresetError
from speechcast.model import Voice
from tests.support.embedded import load_draft
from tests.support.speeches import line_of


@pytest.fixture(scope="module")
def draft() -> Voice:
    return load_draft()


@pytest.fixture
def engine(draft: Voice) -> Iterator[Draft]:
    with closing(Draft(draft)) as engine:
        yield engine


def read(text: str, voice: Voice) -> list[str]:
    return [group.symbols for group in g2p_zh.read_syllables(line_of(text, voice))]


# What the model is given.

SYLLABLES = {
    "zhong1": "zh ong1",
    "an4": "^ an4",
    "yuan2": "^ van2",
    "lv4": "l v4",
    "liu2": "l iou2",
    "r5": "er5",
    "er2": "^ er2",
    "ng2": "^ en2",
    "kiu1": "k iou1",  # the letter Q
    "fai4": "f ai4",  # wifi
    "zhong6": "",
    "": "",
}


@pytest.mark.parametrize(("pinyin", "symbols"), SYLLABLES.items())
@pytest.mark.usefixtures("draft")
def test_a_syllable_is_an_initial_and_a_final(pinyin: str, symbols: str) -> None:
    assert g2p_zh.split_syllable(pinyin) == symbols


TEXTS = {
    "你好，世界。": "n i2|h ao3|,|sh iii4|j ie4|.",
    "花儿、草。": "h ua1|er5|、|c ao3|.",
    "GDP增长5%": "j i4|d i4|p i1|z eng1|zh ang3|b ai3|f en1|zh iii1|^ u3",
    "他说：“好！”": "t a1|sh uo1|:|h ao3|!",
}


@pytest.mark.parametrize(("text", "groups"), TEXTS.items())
def test_an_utterance_is_syllables_and_breaths(text: str, groups: str, draft: Voice) -> None:
    assert "|".join(read(text, draft)) == groups


def test_what_the_voice_cannot_read_is_named(draft: Voice) -> None:
    errors = Draft.find_refusals(draft, line_of("你好ПриветИ世界", draft))
    assert [e.piece for e in errors] == list("ПриветИ")


def test_phonemes_are_shown_by_token(draft: Voice) -> None:
    line = line_of("世界，你好。", draft)
    shown = zip(line.tokens, Draft.find_phonemes(draft, line), strict=True)
    assert [(t.shown, p) for t, p in shown] == [
        ("世界", "sh iii4 j ie4"),
        ("，", ""),
        ("你好", "n i2 h ao3"),
        ("。", ""),
    ]


# Units.


def groups_of(lengths: list[int]) -> list[PhonemeGroup]:
    """Return clauses of so many syllables, each a word of its own, with a comma after each."""
    groups: list[PhonemeGroup] = []
    for length in lengths:
        groups += [PhonemeGroup(len(groups) + i, "b a1") for i in range(length)]
        groups.append(PhonemeGroup(len(groups), ","))
    return groups


@pytest.mark.usefixtures("draft")
@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 200), max_size=6))
def test_units_hold_every_syllable_once_and_none_is_too_long(lengths: list[int]) -> None:
    groups = groups_of(lengths)
    divided = units.divide_into_units(groups)
    held = [t for unit in divided for t in dict.fromkeys(unit.tokens) if t is not None]
    assert held == [g.token for g in groups if g.symbols != ","]
    assert all(len(set(unit.tokens) - {None}) <= units.LONGEST_CLAUSE for unit in divided)


@pytest.mark.usefixtures("draft")
def test_a_word_is_not_divided() -> None:
    groups = [PhonemeGroup(i // 7, "b a1") for i in range(91)]
    tokens = [set(unit.tokens) - {None} for unit in units.divide_into_units(groups)]
    assert len(tokens) == 3
    assert sum(map(len, tokens)) == 13


# The model.


def test_durations_are_the_length_of_the_sound(draft: Voice) -> None:
    for text in ("啊", "会议期间，市领导到会指导，听取大会发言。"):
        for unit in units.divide_into_units(g2p_zh.read_syllables(line_of(text, draft))):
            audio, frames = shared_models().run(unit.ids, 1.0)
            assert len(frames) == len(unit.ids)
            assert frames.sum() * SAMPLES_PER_FRAME == len(audio)


@pytest.mark.usefixtures("draft")
def test_what_the_library_says_of_a_failure_is_framed_by_what_to_do() -> None:
    with pytest.raises(EngineError, match="try it again, or choose another voice; .*GATHER"):
        shared_models().run([1_000_000], 1.0)


@pytest.mark.usefixtures("draft")
def test_the_vocoder_is_that_of_the_file() -> None:
    """LiteRT's rounds each band to a step of 1/127."""
    from ai_edge_litert.interpreter import Interpreter

    original = Interpreter(model_content=read_vocoder(), num_threads=1)
    mel = np.random.default_rng(1).normal(0, 1, (1, 60, MELS)).astype(np.float32)
    session = onnxruntime.InferenceSession(build_vocoder(original))
    original.resize_tensor_input(0, mel.shape)
    original.allocate_tensors()
    original.set_tensor(0, mel)
    original.invoke()
    expected = original.get_tensor(original.get_output_details()[0]["index"]).ravel()
    sound = session.run(None, {"mel": mel})[0].ravel()
    assert sound.shape == expected.shape
    assert np.abs(expected).max() > 0.1
    assert np.abs(sound - expected).max() < 0.03


def test_a_session_gives_the_same_sound_again(engine: Draft, draft: Voice) -> None:
    """The dropouts that the model's training left on gave another sound each time."""
    line = line_of("我们共同努力。", draft)
    first = engine.synthesize(line)
    assert all((engine.synthesize(line).samples == first.samples).all() for _ in range(2))


def test_a_long_clause_is_spoken_whole(engine: Draft, draft: Voice) -> None:
    line = line_of("我们" * 70, draft)
    clip = engine.synthesize(line)
    assert sum(span is not None for span in clip.spans) == sum(t.voiced for t in line.tokens)
    assert 140 / 8 <= len(clip.samples) / clip.rate <= 140 / 3


@pytest.mark.usefixtures("draft")
def test_a_damaged_model_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(ACOUSTIC_MODEL.path.read_bytes())
    content[15_924_400] ^= 1
    monkeypatch.setattr("speechcast.downloads.bundle.models_folder", lambda: tmp_path)
    (tmp_path / ACOUSTIC_MODEL.name).write_bytes(content)
    with pytest.raises(ModelError, match="damaged or missing"):
        read_acoustic_model()


def test_what_the_engine_cannot_do_is_refused(draft: Voice) -> None:
    with pytest.raises(PresetError, match="speaks zh-CN, not en-US"):
        Draft.required_bundles(replace(draft, language="en-US"))
    with pytest.raises(PresetError, match="cannot change its pitch"):
        Draft.required_bundles(replace(draft, pitch=5))


def test_a_first_use_asks_nothing_of_a_model_that_is_not_there_yet(
    draft: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speechcast.downloads.bundle.models_folder", lambda: tmp_path)
    line = line_of("你好", draft)
    assert Draft.find_refusals(draft, line) == ()
    assert set(Draft.find_phonemes(draft, line)) == {""}


def test_a_missing_extra_is_named(draft: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speechcast.engines.draft.engine.has_litert", lambda: False)
    with pytest.raises(PresetError, match=r'pip install "speechcast\[draft\]"'):
        Draft.required_bundles(draft)


def test_the_terms_forbid_commercial_use(draft: Voice) -> None:
    assert "not for commercial use" in Draft.terms(draft)
    assert "not for commercial use" in draft.description


def test_an_onset_is_heard_after_every_comma(engine: Draft, draft: Voice) -> None:
    line = line_of("会议期间，市领导到会指导、听取发言。", draft)
    clip = engine.synthesize(line)
    ends = [s.end for s in clip.spans if s]
    starts = [s.start for s in clip.spans if s]
    gaps = sorted(b - a for a, b in zip(ends, starts[1:], strict=False))
    assert np.isclose(gaps[-1], 0.25 * clip.rate, atol=0.06 * clip.rate)
    assert np.isclose(gaps[-2], 0.15 * clip.rate, atol=0.06 * clip.rate)
