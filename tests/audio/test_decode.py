"""Sound files as people have them: with titles in any encoding."""

from __future__ import annotations

import struct
from io import BytesIO

import numpy as np
import pytest

from speechcast.audio.decode import DecodeError, decode_audio

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


def mp3_of(channels: int) -> bytes:
    """Return a tenth of a second of a tone as MP3, without tags, so that two can be joined."""
    import av

    tone = (8000 * np.sin(np.arange(2400) / 9)).astype(np.int16)
    layout = "mono" if channels == 1 else "stereo"
    untagged = {"write_xing": "0", "id3v2_version": "0"}
    file = BytesIO()
    with av.open(file, "w", format="mp3", options=untagged) as out:
        stream = out.add_stream("libmp3lame", rate=24_000, layout=layout)
        frame = av.AudioFrame.from_ndarray(
            np.repeat(tone, channels)[np.newaxis], format="s16", layout=layout
        )
        frame.rate = 24_000
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            out.mux(packet)
    return file.getvalue()


@pytest.mark.parametrize(("first", "second"), [(2, 1), (1, 2)])
def test_sound_that_changes_its_channels_is_refused(first: int, second: int) -> None:
    """PyAV's pool of frames reads past the end of those with fewer channels than the first."""
    with pytest.raises(DecodeError, match="its sound changes its format midway"):
        list(decode_audio(BytesIO(mp3_of(first) + mp3_of(second))))
    assert sum(len(block) for _, block in decode_audio(BytesIO(2 * mp3_of(first)))) > 4800
