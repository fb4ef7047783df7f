"""The tags of every audio format, read back by mutagen and by FFmpeg."""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import mutagen
import pytest
from mutagen.flac import FLAC, Picture
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from mutagen.wave import WAVE

from speechcast.audio.decode import read_played_length
from speechcast.audio.encode import OutputFile, encode
from speechcast.audio.formats import AUDIO_FORMATS
from speechcast.audio.stitch import stitch
from speechcast.audio.tags.model import Cover, Tags, TimedText
from speechcast.audio.tags.writers import write_tags
from speechcast.engines.tone import Tone
from speechcast.errors import UsageError
from speechcast.model import Pauses, Voice
from speechcast.timeline import place
from tests.support.speeches import line

CHAPTERS = (TimedText("一、去年的工作", 0, 1500), TimedText("二、展望", 1500, 2800))
TAGS = Tags(
    title="开学典礼",
    speaker="王小明",
    date="2023-09-01",
    album="讲话集",
    track=3,
    tracks=12,
    voice="narrator",
    language="zh-CN",
    text="同学们，早上好！\n今天，我们开学了。",
    lyrics=(TimedText("同学们，早上好！", 300, 1200), TimedText("今天，我们开学了。", 1700, 2800)),
    chapters=CHAPTERS,
)
LABELS = {"title": "开学典礼", "artist": "王小明", "album": "讲话集", "date": "2023-09-01"}


def png() -> bytes:
    """Return a PNG of one red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\0\0")
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def write_tagged(name: str, tags: Tags, voice: Voice, folder: Path) -> Path:
    timeline = place(
        [line(*"同学们早上好今天")], [Tone(voice).synthesize(line(*"同学们早上好今天"))], PAUSES
    )
    path = folder / f"a{AUDIO_FORMATS[name].suffix}"
    chapters = tags.chapters
    encode(
        stitch(timeline, {}),
        timeline.rate,
        OutputFile(path, AUDIO_FORMATS[name], chapters=chapters),
    )
    before = read_played_length(path)
    write_tags(path, name, tags)
    assert read_played_length(path) == before
    return path


PAUSES = {"": Pauses()}


@pytest.mark.parametrize("name", AUDIO_FORMATS)
def test_a_player_shows_the_tags(name: str, tone: Voice, tmp_path: Path) -> None:
    path = write_tagged(name, TAGS, tone, tmp_path)
    with av.open(str(path)) as file:
        shown = {k.lower(): v for k, v in (file.metadata | file.streams.audio[0].metadata).items()}
        chapters = file.chapters()
    assert {k: v for k, v in shown.items() if k in LABELS} == LABELS
    assert shown["track"].split("/")[0] == "3"
    assert [c["metadata"]["title"] for c in chapters] == ["一、去年的工作", "二、展望"]
    assert [round(float(c["start"] * (c["time_base"] or 0)), 3) for c in chapters] == [0.0, 1.5]


@pytest.mark.parametrize("read", [ID3, lambda path: WAVE(path).tags])
def test_id3_holds_the_lyrics_whole_and_line_by_line(
    read: Any, tone: Voice, tmp_path: Path
) -> None:
    frames = read(write_tagged("mp3" if read is ID3 else "wav", TAGS, tone, tmp_path))
    assert frames["USLT::zho"].text == TAGS.text
    (timed,) = frames.getall("SYLT")
    assert timed.text == [("同学们，早上好！", 300), ("今天，我们开学了。", 1700)]
    assert (timed.lang, timed.format, timed.type) == ("zho", 2, 1)
    assert frames["TLAN"].text == ["zho"]
    assert frames["TXXX:VOICE"].text == ["narrator"]


def test_id3_has_a_table_of_contents(tone: Voice, tmp_path: Path) -> None:
    frames: Any = ID3(write_tagged("mp3", TAGS, tone, tmp_path))
    (contents,) = frames.getall("CTOC")
    chapters = [frames[f"CHAP:{name}"] for name in contents.child_element_ids]
    assert [(c.start_time, c.end_time) for c in chapters] == [(0, 1500), (1500, 2800)]
    assert [c.sub_frames["TIT2"].text for c in chapters] == [["一、去年的工作"], ["二、展望"]]


def test_more_chapters_than_a_table_of_contents_can_name(tone: Voice, tmp_path: Path) -> None:
    chapters = tuple(TimedText(f"第{n}章", 4 * n, 4 * n + 4) for n in range(600))
    path = write_tagged("mp3", replace(TAGS, chapters=chapters), tone, tmp_path)
    frames: Any = ID3(path)
    contents = {frame.element_id: frame.child_element_ids for frame in frames.getall("CTOC")}
    assert all(len(children) <= 255 for children in contents.values())
    ids = [child for part in contents["toc"] for child in contents[part]]
    titles = [frames[f"CHAP:{name}"].sub_frames["TIT2"].text for name in ids]
    assert titles == [[chapter.text] for chapter in chapters]
    with av.open(str(path)) as file:
        assert len(file.chapters()) == 600


def test_an_audiobook_holds_the_lyrics_and_its_place(tone: Voice, tmp_path: Path) -> None:
    file: Any = MP4(write_tagged("m4b", TAGS, tone, tmp_path))
    assert file["\xa9lyr"] == [TAGS.text]
    assert file["trkn"] == [(3, 12)]
    assert file["stik"] == [2]
    assert file["----:com.apple.iTunes:LANGUAGE"] == [b"zho"]
    assert [c.title for c in file.chapters] == ["一、去年的工作", "二、展望"]


@pytest.mark.parametrize("name", ["opus", "flac"])
def test_vorbis_comments_hold_the_lyrics(name: str, tone: Voice, tmp_path: Path) -> None:
    file: Any = mutagen.File(write_tagged(name, TAGS, tone, tmp_path))
    assert file["lyrics"] == [TAGS.text]
    assert file["syncedlyrics"] == ["[00:00.30]同学们，早上好！\n[00:01.70]今天，我们开学了。"]


def test_a_cover_is_in_every_format(tone: Voice, tmp_path: Path) -> None:
    (tmp_path / "cover.png").write_bytes(png())
    tags = Tags(title="a", cover=Cover.read(tmp_path / "cover.png"))
    paths: dict[str, Any] = {
        name: write_tagged(name, tags, tone, tmp_path) for name in AUDIO_FORMATS
    }
    id3: Any = ID3(paths["mp3"])
    assert id3.getall("APIC")[0].data == png()
    wave: Any = WAVE(paths["wav"])
    assert wave.tags.getall("APIC")[0].data == png()
    mp4: Any = MP4(paths["m4b"])
    assert bytes(mp4["covr"][0]) == png()
    flac: Any = FLAC(paths["flac"])
    assert flac.pictures[0].data == png()
    opus: Any = mutagen.File(paths["opus"])
    block: Any = Picture(base64.b64decode(opus["metadata_block_picture"][0]))
    assert (block.data, block.mime) == (png(), "image/png")


@pytest.mark.parametrize("name", AUDIO_FORMATS)
def test_what_is_empty_is_not_written(name: str, tone: Voice, tmp_path: Path) -> None:
    path = write_tagged(name, Tags(title="a"), tone, tmp_path)
    with av.open(str(path)) as file:
        shown = {k.lower() for k in file.metadata | file.streams.audio[0].metadata}
        assert not file.chapters()
    assert not shown & {"artist", "album", "date", "track", "lyrics"}


@pytest.mark.parametrize("name", AUDIO_FORMATS)
def test_the_same_sound_and_tags_give_the_same_bytes(
    name: str, tone: Voice, tmp_path: Path
) -> None:
    first = write_tagged(name, TAGS, tone, tmp_path).read_bytes()
    assert write_tagged(name, TAGS, tone, tmp_path).read_bytes() == first


@pytest.mark.parametrize(
    ("content", "why"), [(b"GIF89a", "neither JPEG nor PNG"), (None, "cannot be read")]
)
def test_a_file_that_is_not_a_cover(content: bytes | None, why: str, tmp_path: Path) -> None:
    path = tmp_path / "cover.gif"
    if content:
        path.write_bytes(content)
    with pytest.raises(UsageError, match=f"cover.gif .*{why}"):
        Cover.read(path)


@pytest.mark.parametrize(
    ("language", "code"),
    [("zh-CN", "zho"), ("en-GB", "eng"), ("yue-HK", "yue"), ("sv-SE", "und"), ("", "und")],
)
def test_a_language_by_three_letters(language: str, code: str) -> None:
    assert Tags(language=language).language_code == code
