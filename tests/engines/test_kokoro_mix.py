"""Mixes of embedded voices: how they are written, and how they sound."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.engines.kokoro.engine import Kokoro
from speechcast.engines.kokoro.files import (
    ENGLISH_VOICES,
    FURTHER_ENGLISH_VOICES,
    MODEL,
    VOICES,
    find_voice_file,
)
from speechcast.engines.kokoro.g2p_en import is_installed
from speechcast.engines.kokoro.mix import WHOLE, format_mix, normalize_mix, parse_mix
from speechcast.engines.kokoro.voices import find_bundles, list_embedded_voices
from speechcast.errors import PresetError
from speechcast.model import Voice
from speechcast.synthesis.clip_cache import ClipCache
from speechcast.synthesis.jobs import sound_version
from speechcast.voices import presets
from tests.support.speeches import line_of

NAMES = st.sampled_from(list_embedded_voices()[:8])
WEIGHTS = st.integers(100, 9999).map(lambda n: f"{n // 100}.{n % 100:02}")  # none vanishes
MIXES = st.dictionaries(NAMES, WEIGHTS, min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("zf_xiaobei", "zf_xiaobei"),
        ("zf_xiaobei*0.3", "zf_xiaobei"),
        ("zf_xiaoxiao*0.7 + zf_xiaoyi*0.3", "zf_xiaoxiao*0.7 + zf_xiaoyi*0.3"),
        ("zf_xiaoyi*.3+zf_xiaoxiao*.7", "zf_xiaoxiao*0.7 + zf_xiaoyi*0.3"),
        ("zf_xiaoxiao * 70  +  zf_xiaoyi * 30", "zf_xiaoxiao*0.7 + zf_xiaoyi*0.3"),
        ("zf_xiaoyi + zf_xiaoxiao", "zf_xiaoxiao*0.5 + zf_xiaoyi*0.5"),
        ("a*2 + b", "a*0.6667 + b*0.3333"),
        ("a + b + c", "a*0.3334 + b*0.3333 + c*0.3333"),
        ("a*9999 + b", "a*0.9999 + b*0.0001"),
    ],
)
def test_equal_mixes_are_written_alike(written: str, normal: str) -> None:
    assert normalize_mix(written) == normal


@given(MIXES, st.data())
def test_order_spaces_and_scale_of_a_mix_do_not_count(
    mix: dict[str, str], data: st.DataObject
) -> None:
    parts = parse_mix("+".join(f"{voice}*{weight}" for voice, weight in mix.items()))
    assert sum(part.share for part in parts) == WHOLE
    assert parse_mix(format_mix(parts)) == parts
    shuffled = data.draw(st.permutations(list(mix.items())))
    scaled = "  + ".join(f"{voice} *{float(weight) * 10:.1f}" for voice, weight in shuffled)
    assert parse_mix(scaled) == parts


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "is neither a voice nor a mix; write one like zf_xiaobei"),
        ("zf_xiaobei +", "is neither a voice nor a mix"),
        ("zf_xiaobei*", "is neither a voice nor a mix"),
        ("zf_xiaobei*.", "is neither a voice nor a mix"),
        ("zf_xiaobei*-1", "is neither a voice nor a mix"),
        ("zf_xiaobei*inf", "is neither a voice nor a mix"),
        ("zf_xiaobei*nan", "is neither a voice nor a mix"),
        ("zf_xiaobei*1e3", "is neither a voice nor a mix"),
        ("zf_xiaobei*٣", "is neither a voice nor a mix"),
        ("0.3*zf_xiaobei", "is neither a voice nor a mix"),
        ("zf_xiaobei*1*2", "is neither a voice nor a mix"),
        ("zf_xiaobei zf_xiaoyi", "is neither a voice nor a mix"),
        ("zf_xiaobei*9999999", "is neither a voice nor a mix"),
        ("zf_xiaobei*0 + zf_xiaoyi", "gives zf_xiaobei the weight 0; leave it out"),
        ("zf_xiaobei*0.000", "gives zf_xiaobei the weight 0; leave it out"),
        ("zf_xiaobei + zf_xiaobei*2", "names zf_xiaobei twice; give it one weight"),
        ("zf_xiaobei*0.0001 + zf_xiaoyi*9", "zf_xiaobei is less than a ten-thousandth of the mix"),
    ],
)
def test_what_is_no_mix_is_refused(written: str, reason: str) -> None:
    with pytest.raises(PresetError, match=reason.replace("*", r"\*")) as refused:
        normalize_mix(written)
    assert "\n" not in str(refused.value)


def test_all_voices_of_a_mix_are_fetched() -> None:
    assert find_bundles("zf_xiaobei + zm_yunxi") == (VOICES,)
    assert find_bundles("af_sky") == (FURTHER_ENGLISH_VOICES,)
    assert find_bundles("af_bella*3 + bf_emma*2 + af_sky") == (
        FURTHER_ENGLISH_VOICES,
        ENGLISH_VOICES,
    )


@pytest.mark.parametrize(
    ("mix", "reason"),
    [
        ("zf_xiaoxia", "no embedded voice 'zf_xiaoxia'; did you mean 'zf_xiaoxiao'?"),
        ("zf_xiaobei + nobody", "no embedded voice 'nobody'; 'speechcast voices --embedded' lists"),
        ("zf_xiaobei*2 + af_sky", "zf_xiaobei speaks zh-CN and af_sky en-US; only voices of one"),
        ("zf_xiaobei + zf_001", "only voices of one model can be mixed"),
    ],
)
def test_a_mix_that_cannot_be_spoken_names_the_voice(mix: str, reason: str) -> None:
    with pytest.raises(PresetError, match=reason.replace("?", r"\?")):
        find_bundles(mix)


def test_there_are_28_english_and_108_mandarin_voices() -> None:
    voices = list_embedded_voices()
    assert len(set(voices)) == len(voices) == 136
    assert sum(name.startswith("z") for name in voices) == 8 + 100


# As presets and on the command line.


@pytest.mark.parametrize(
    ("name", "voice", "language"),
    [
        ("zf_xiaobei", "zf_xiaobei", "zh-CN"),
        ("bm_fable", "bm_fable", "en-GB"),
        ("zf_xiaoyi*3+zf_xiaoxiao*7", "zf_xiaoxiao*0.7 + zf_xiaoyi*0.3", "zh-CN"),
        ("af_heart + bf_emma*2", "bf_emma*0.6667 + af_heart*0.3333", "en-GB"),
    ],
)
def test_a_voice_without_a_preset_goes_by_its_name(name: str, voice: str, language: str) -> None:
    loaded = presets.load(name)
    assert (loaded.engine, loaded.voice, loaded.name) == ("kokoro", voice, voice)
    assert loaded.language == language


def test_a_preset_of_that_name_holds_before_the_voice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "speechcast" / "voices"
    folder.mkdir(parents=True)
    text = 'description = "d"\nengine = "tone"\nvoice = "sine"\nlanguage = "zh-CN"\n'
    (folder / "zf_xiaobei.toml").write_text(text, encoding="utf-8")
    assert presets.load("zf_xiaobei").engine == "tone"
    assert presets.load("zf_xiaoni").engine == "kokoro"


def write_preset(folder: Path, voice: str, engine: str = "kokoro") -> str:
    path = folder / "mine.toml"
    path.write_text(
        f'description = "d"\nengine = "{engine}"\nvoice = "{voice}"\nlanguage = "zh-CN"\n',
        encoding="utf-8",
    )
    return str(path)


def test_a_preset_may_mix_voices(tmp_path: Path) -> None:
    path = write_preset(tmp_path, "zf_xiaoyi*0.3+zf_xiaoxiao*0.7")
    assert presets.load(path).voice == "zf_xiaoxiao*0.7 + zf_xiaoyi*0.3"


@pytest.mark.parametrize(
    ("voice", "reason"),
    [
        ("zf_xiaoyi*0", r"mine\.toml: voice: 'zf_xiaoyi\*0' gives zf_xiaoyi the weight 0"),
        ("zf_xiaoyi<", r"mine\.toml: voice is 'zf_xiaoyi<'; allowed is a name like zf_xiaobei, or"),
        ("zf_xiaoyi + ", r"mine\.toml: voice: 'zf_xiaoyi \+ ' is neither a voice nor a mix"),
    ],
)
def test_a_preset_with_a_wrong_mix_is_named(tmp_path: Path, voice: str, reason: str) -> None:
    with pytest.raises(PresetError, match=reason):
        presets.load(write_preset(tmp_path, voice))


@pytest.mark.parametrize("engine", ["edge", "tone"])
def test_a_mix_reaches_no_other_engine(tmp_path: Path, engine: str) -> None:
    mix = "zh-CN-XiaoxiaoNeural*0.7 + zh-CN-XiaoyiNeural*0.3"
    with pytest.raises(PresetError, match=r"mine\.toml: voice is"):
        presets.load(write_preset(tmp_path, mix, engine))


# As sound.


def mixed(narrator: Voice, voice: str) -> Voice:
    return replace(narrator, voice=voice)


def key_of(voice: Voice) -> str:
    return ClipCache.key(line_of("好。", voice), voice, sound_version(voice))


def test_clips_of_different_mixes_are_not_mixed_up() -> None:
    mixes = ["zf_xiaoxiao", "zf_xiaoyi", "zf_xiaoxiao*7+zf_xiaoyi*3", "zf_xiaoxiao*3+zf_xiaoyi*7"]
    assert len({key_of(presets.load(mix)) for mix in mixes}) == 4
    assert key_of(presets.load("zf_xiaoyi*.3 + zf_xiaoxiao*.7")) == key_of(presets.load(mixes[2]))


def test_a_mix_sounds_as_the_sum_of_its_styles(narrator: Voice) -> None:
    utterance = line_of("各位代表，大家好。", narrator)
    names = ["zf_xiaoxiao", "zf_xiaoyi"]
    one, other = (np.fromfile(find_voice_file(name).path, np.float32) for name in names)
    engine = Kokoro(mixed(narrator, "zf_xiaoyi*0.25 + zf_xiaoxiao*0.75"))
    expected = np.float32(0.75) * one + np.float32(0.25) * other
    assert (engine._style.ravel() == expected).all()
    assert engine._style.dtype == np.float32
    mix = engine.synthesize(utterance)
    for name in names:
        alone = Kokoro(mixed(narrator, name)).synthesize(utterance)
        assert not np.array_equal(alone.samples, mix.samples)


def test_a_voice_alone_sounds_as_before(narrator: Voice) -> None:
    rows = np.fromfile(find_voice_file("zf_xiaoxiao").path, np.float32)
    assert (Kokoro(narrator)._style.ravel() == rows).all()


@pytest.mark.skipif(not is_installed(), reason="needs pip install 'speechcast[english]'")
def test_the_largest_part_of_an_english_mix_decides_its_pronunciation() -> None:
    schedules = {}
    for mix in ("bf_emma*2 + af_heart", "bf_emma", "bf_emma + af_heart*2", "af_heart"):
        voice = presets.load(mix)
        schedules[mix] = Kokoro.find_phonemes(voice, line_of("A schedule.", voice))[2]
    assert schedules["bf_emma*2 + af_heart"] == schedules["bf_emma"]
    assert schedules["bf_emma + af_heart*2"] == schedules["af_heart"]
    assert schedules["bf_emma"] != schedules["af_heart"]


def test_all_bundles_of_a_mix_are_required(narrator: Voice) -> None:
    assert Kokoro.required_bundles(mixed(narrator, "zf_xiaoyi + zm_yunxi")) == (MODEL, VOICES)
    with pytest.raises(PresetError, match="preset 'narrator': there is no embedded voice 'zf_x'"):
        Kokoro.required_bundles(mixed(narrator, "zf_xiaoyi + zf_x"))
