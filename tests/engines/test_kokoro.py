"""What is particular to the embedded voices."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from speechcast.cores import count_cores
from speechcast.engines.kokoro.engine import SAMPLES_PER_FRAME, Kokoro
from speechcast.engines.kokoro.files import ENGLISH_VOICES, MODEL, VOICES
from speechcast.engines.kokoro.session import (
    OUT_OF_MEMORY,
    ModelSession,
    shared_session,
)
from speechcast.engines.kokoro.variants import choose_variant
from speechcast.engines.registry import engine_class
from speechcast.errors import EngineError, ModelError, PresetError, TextError
from speechcast.model import Token, Utterance, Voice
from speechcast.voices import presets
from tests.support.embedded import load_english
from tests.support.speeches import line, line_of
from tests.support.waiting import wait_until


def test_the_embedded_voice_names_what_it_cannot_read(narrator: Voice) -> None:
    engine = engine_class("kokoro")(narrator)
    for text, char in [
        ("他说Привет。", "П"),
        ("一㌔。", "㌔"),
    ]:
        with pytest.raises(TextError, match=f"line 1, sentence 1: the voice cannot read '{char}'"):
            engine.synthesize(line_of(text, narrator))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("narrator", "会议期间，市领导到会指导工作，听取大会发言。"),
        ("heart", "In the end, one of the 1,234 was to be at the U.S. gate, not in the house."),
        ("george", "In the end, one of the 1,234 was to be at the U.S. gate, not in the house."),
    ],
)
def test_inside_a_sentence_a_token_is_where_the_model_made_it(
    narrator: Voice, name: str, text: str
) -> None:
    """Only the neighbours of a pause follow the sound; the rest are the model's own frames."""
    voice = narrator if name == "narrator" else load_english(name)
    line = line_of(text, voice)
    engine = Kokoro(voice)
    symbols = engine.encode(line)
    samples, lengths = engine.infer(symbols)
    assert (lengths % SAMPLES_PER_FRAME == 0).all()
    assert lengths.sum() == len(samples)
    edges = np.concatenate(([0], np.cumsum(lengths)))
    clip = engine.synthesize(line)
    first_symbol = {
        token: position for position, (_, token) in reversed(list(enumerate(symbols, 1)))
    }
    voiced = [i for i, t in enumerate(line.tokens) if t.shown.strip()]
    cuts = set()
    for before, index in pairwise(voiced):
        span = clip.spans[index]
        if span and line.tokens[before].voiced:
            cuts.add(int(edges[first_symbol[index]]) - span.start)
    assert len(cuts) == 1  # what was trimmed from the clip's start, the same for every token


def utterance_of(*tokens: Token) -> Utterance:
    return replace(line("。"), tokens=tokens)


HAO = Token("好", "好", ("hao3",))


@pytest.mark.parametrize(
    ("token", "phonemes"),
    [
        (Token("五G", "五G", ("wu3",)), "u↓ ʨi↘"),
        (Token("COVID-19", "COVID十九", ("shi2", "jiu3")), "kʰou↘wei→tɤ ʂɨ↗ʨjou↓"),
        (Token("GDP", "GDP", ("ji4", "di4", "pi4")), "ʨi↘ti↘pʰi↘"),
        (Token("GDP", "季第譬", ("ji4", "di4", "pi4")), "ʨi↘ti↘pʰi↘"),
        (Token("花儿", "花儿", ("hua1", "r5")), "xwa→ɚ"),
        (Token("5GB", "五G B", ("wu3",)), "u↓ ʨi↘ pi↘"),
        (Token("*", "某，某", ("mou3", "mou3")), "mou↓, mou↓"),
        (Token("10Ω", "十Ω", ("shi2",)), "ʂɨ↗ ou→mi↓ka→"),
    ],
)
def test_a_token_of_characters_and_letters(narrator: Voice, token: Token, phonemes: str) -> None:
    engine = Kokoro(narrator)
    assert [group.symbols for group in engine.phonemize(utterance_of(HAO, token))] == [
        "xau↓",
        phonemes,
    ]
    clip = engine.synthesize(utterance_of(HAO, token))
    assert all(clip.spans)


def test_the_phonemes_are_those_of_each_token(narrator: Voice) -> None:
    tokens = (Token("行", "行", ("hang2",)), Token("，", "，"), Token("GDP", "GDP", ("ji4", "di4")))
    utterance = replace(line(), tokens=tokens)
    assert Kokoro.find_phonemes(narrator, utterance) == ["xa↗ŋ", "", "ʨi↘ti↘"]
    unreadable = replace(line(), tokens=(tokens[0], Token("𠮷", "𠮷")))
    assert Kokoro.find_phonemes(narrator, unreadable) == ["xa↗ŋ", ""]


def test_the_suffix_joins_the_word_before_it(narrator: Voice) -> None:
    engine = Kokoro(narrator)
    apart = utterance_of(Token("花", "花", ("hua1",)), Token("儿", "儿", ("r5",)))
    together = utterance_of(Token("花儿", "花儿", ("hua1", "r5")))
    assert [s.id for s in engine.encode(apart)] == [s.id for s in engine.encode(together)]


def test_a_character_without_its_reading_is_named(narrator: Voice) -> None:
    with pytest.raises(TextError, match="the voice cannot read '阳'"):
        Kokoro(narrator).synthesize(utterance_of(Token("重阳", "重阳", ("chong2",))))


@pytest.mark.parametrize("position", range(3))
def test_what_is_shown_but_not_spoken_makes_no_sound(narrator: Voice, position: int) -> None:
    """（掌声）, at the beginning, in the middle, at the end."""
    tokens = [HAO, Token("，", "，"), HAO]
    tokens.insert(position if position < 2 else 3, Token("（掌声）", ""))
    clip = Kokoro(narrator).synthesize(utterance_of(*tokens))
    assert [s is not None for s in clip.spans] == [t.voiced for t in tokens]
    plain = Kokoro(narrator).synthesize(utterance_of(HAO, Token("，", "，"), HAO))
    assert (clip.samples == plain.samples).all()


def test_a_voice_there_is_not_has_a_length_too(narrator: Voice) -> None:
    assert Kokoro.max_characters(replace(narrator, voice="")) == 45
    assert Kokoro.max_characters(presets.load("emma")) == 200


def test_a_preset_says_the_language_its_voice_speaks(narrator: Voice) -> None:
    with pytest.raises(PresetError, match="af_heart speaks en-US, not zh-CN"):
        Kokoro.required_bundles(replace(narrator, voice="af_heart"))


def test_each_language_needs_its_own_voices(narrator: Voice) -> None:
    assert Kokoro.required_bundles(narrator) == (MODEL, VOICES)
    for name in ("heart", "michael", "emma", "george"):
        assert Kokoro.required_bundles(load_english(name)) == (MODEL, ENGLISH_VOICES)


def test_without_the_extra_the_command_is_named() -> None:
    output = subprocess.run(
        [sys.executable, "-c", _WITHOUT], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    command = 'English needs espeak-ng; run: pip install "speechcast[english]"'
    assert output == [f"PresetError preset 'heart': {command}", f"EngineError {command}"]


_WITHOUT = """
import sys
sys.modules["phonemizer"] = None
from speechcast.voices import presets
from speechcast.cores import count_cores
from speechcast.engines.kokoro.engine import Kokoro
for step in (Kokoro.required_bundles, Kokoro):
    try:
        step(presets.load("heart"))
    except Exception as exc:
        print(type(exc).__name__, exc)
"""


def test_the_embedded_voice_takes_no_pitch(narrator: Voice) -> None:
    with pytest.raises(PresetError, match="cannot change its pitch"):
        engine_class("kokoro").required_bundles(replace(narrator, pitch=5))


# The model's session.


def test_a_cast_speaks_with_one_session_as_each_of_it_would(narrator: Voice) -> None:
    """Three voices at three speeds, four lines each at once."""
    cast = [replace(narrator, voice=v, rate=r) for v, r in CAST.items()]
    one = line_of("好。", narrator)
    alone = [Kokoro(voice).synthesize(one).samples for voice in cast]
    engines = [Kokoro(voice) for voice in cast] * 4
    with ThreadPoolExecutor(len(engines)) as together:
        takes = list(together.map(lambda e: e.synthesize(one).samples, engines))
    for samples, expected in zip(takes, alone * 4, strict=True):
        assert (samples == expected).all()
    assert shared_session(MODEL.files[0].path) is shared_session(MODEL.files[0].path)


CAST = {"zf_xiaoxiao": 0, "zm_yunjian": 10, "zm_yunyang": -10}


def test_no_more_threads_than_cores_are_at_work(narrator: Voice) -> None:
    del narrator  # its model is wanted
    one, at_work, most = ModelSession(MODEL.files[0].path, 2), set[int](), []

    def work(number: int) -> None:
        with one.borrow(lambda: False):
            at_work.add(number)
            most.append(len(at_work))
            wait_until(lambda: max(most) == 2)
            at_work.remove(number)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(work, range(20)))
    assert max(most) == 2


def test_closing_ends_what_is_being_spoken(narrator: Voice) -> None:
    """And leaves the session it was spoken by to the others, sound."""
    engine, other = Kokoro(narrator), Kokoro(narrator)
    before = other.synthesize(line_of("你好。", narrator))
    long = line_of("我们" * 60, narrator)
    failed: list[Exception] = []

    def record() -> None:
        try:
            engine.synthesize(long)
        except EngineError as exc:
            failed.append(exc)

    threads = [threading.Thread(target=record) for _ in range(count_cores())]
    for thread in threads:
        thread.start()
    session = shared_session(choose_variant(narrator).path)
    wait_until(lambda: session.running == count_cores())
    engine.close()
    for thread in threads:
        thread.join(5)
    assert len(failed) == count_cores()
    assert (other.synthesize(line_of("你好。", narrator)).samples == before.samples).all()


def test_closing_ends_what_waits_for_a_session(narrator: Voice) -> None:
    del narrator  # its model is wanted
    one = ModelSession(MODEL.files[0].path, 1)
    closed, failed = threading.Event(), threading.Event()

    def wait() -> None:
        with pytest.raises(EngineError, match="closed"), one.borrow(closed.is_set):
            pass
        failed.set()

    with one.borrow(lambda: False):
        thread = threading.Thread(target=wait)
        thread.start()
        closed.set()
        one.wake()
        thread.join(5)
        assert failed.is_set()
    with one.borrow(lambda: False):
        pass  # the place is free again


def test_a_damaged_model_is_told_of_and_holds_no_place(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"nonsense")
    broken = ModelSession(tmp_path / "model.onnx", 1)
    for _ in range(2):
        with (
            pytest.raises(ModelError, match="is damaged .*; delete it and run: speechcast voices"),
            broken.borrow(lambda: False),
        ):
            pass


@pytest.mark.skipif(sys.platform != "linux", reason="limits its address space as Linux does")
@pytest.mark.parametrize("opened", [False, True], ids=["to open the model", "to run it"])
def test_too_little_memory_is_not_a_damaged_model(narrator: Voice, opened: bool) -> None:
    del narrator  # its model is wanted
    command = [sys.executable, "-c", HUNGRY, "opened" if opened else ""]
    here = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=here)
    assert done.stdout.strip() == OUT_OF_MEMORY, done.stderr


HUNGRY = """
import resource, sys
import onnxruntime
from pathlib import Path
from tests.support.speeches import line_of
from speechcast.voices import presets
from speechcast.engines.kokoro import session
from speechcast.cores import count_cores
from speechcast.engines.kokoro.engine import Kokoro
from speechcast.errors import EngineError

session.WEIGHT_BYTES = session.RUN_BYTES = 1 << 20  # so that a run must ask for more
voice = presets.load("narrator")
engine = Kokoro(voice)
short, long = (engine.encode(line_of(text, voice)) for text in ("好。", "我们" * 60))
if sys.argv[1]:
    engine.infer(short)
status = Path("/proc/self/status").read_text()
taken = int(status.split("VmSize:")[1].split()[0]) * 1024
resource.setrlimit(resource.RLIMIT_AS, (taken + (4 << 20),) * 2)
try:
    engine.infer(long)
except EngineError as error:
    print(error)
"""


def test_a_line_too_long_for_the_model_is_refused(narrator: Voice) -> None:
    engine = engine_class("kokoro")(narrator)
    with pytest.raises(TextError, match="is too long for one breath and cannot be divided"):
        engine.synthesize(line_of("中华人民共和国" * 40, narrator))
