"""Sound files as people have them: with titles in any encoding."""

from __future__ import annotations

import struct
from io import BytesIO

import numpy as np
import pytest

from speechcast.audio.decode import decode_audio

SAMPLES = np.arange(2400, dtype=np.int16)


def wav_of(title: bytes) -> bytes:
    """Return a WAV of `SAMPLES` with a title, as a recorder of that system writes it."""
    name = struct.pack("<4s4sI", b"INFO", b"INAM", len(title)) + title + b"\0" * (len(title) % 2)
    chunks = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 24_000, 48_000, 2, 16)
    chunks += struct.pack("<4sI", b"LIST", len(name)) + name
    chunks += struct.pack("<4sI", b"data", SAMPLES.nbytes) + SAMPLES.tobytes()
    return struct.pack("<4sI4s", b"RIFF", 4 + len(chunks), b"WAVE") + chunks


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "shift-jis", "utf-16"])
def test_a_title_in_any_encoding_is_no_obstacle(encoding: str) -> None:
    blocks = list(decode_audio(BytesIO(wav_of("文化".encode(encoding)))))
    assert np.array_equal(np.concatenate([block for _, block in blocks]), SAMPLES)
