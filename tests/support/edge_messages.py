"""The messages of the loopback read-aloud service, and its list of voices."""

from __future__ import annotations

import json
import re
import struct
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import unescape

from aiohttp import WSMsgType, web

from tests.support.edge_faults import Fault
from tests.support.edge_sound import FRAME, FRAME_SECONDS, Request, Word

TICKS = 10_000_000
CHUNK = 5 * FRAME  # bytes of sound a message

_NAMES = {
    "zh-CN": "Xiaoxiao Xiaoyi Yunyang Yunjian Yunxi Yunxia",
    "zh-CN-liaoning": "Xiaobei",
    "zh-CN-shaanxi": "Xiaoni",
    "zh-TW": "HsiaoChen HsiaoYu YunJhe",
    "zh-HK": "HiuMaan WanLung",
    "en-US": "Aria Guy Jenny",
    "en-GB": "Sonia Ryan",
}
_MEN = set("Yunyang Yunjian Yunxi Yunxia YunJhe WanLung Guy Ryan".split())
VOICES = [f"{locale}-{name}Neural" for locale, names in _NAMES.items() for name in names.split()]


def compose_messages(sound: bytes, words: list[Word]) -> list[str | bytes]:
    """Return the sound in pieces, with word boundaries among them.

    Each word's boundary comes before the piece it begins in.
    """
    if not sound:
        return []
    messages: list[str | bytes] = []
    waiting = list(words)
    for offset in range(0, len(sound), CHUNK):
        until = (offset + CHUNK) / FRAME * FRAME_SECONDS
        while waiting and waiting[0].offset < until:
            messages.append(_compose_boundary(waiting.pop(0)))
        messages.append(_compose_audio(sound[offset : offset + CHUNK]))
    return [*messages, *map(_compose_boundary, waiting), _compose_audio(b"")]


def spoil_messages(messages: list[str | bytes], fault: Fault | None) -> list[str | bytes]:
    wrong: dict[Fault | None, str | bytes] = {
        Fault.WRONG_PATH: compose_text("nonsense", {}),
        Fault.WRONG_BINARY: struct.pack(">H", 13) + b"Path:nonsense" + bytes(FRAME),
        Fault.BAD_JSON: compose_text("audio.metadata", {})[:-1],
        Fault.ONE_BYTE: b"\0",
    }
    middle = len(messages) // 2
    return [*messages[:middle], wrong[fault], *messages[middle:]] if fault in wrong else messages


def compose_text(path: str, content: dict[str, Any]) -> str:
    return (
        "X-RequestId:loopback\r\nContent-Type:application/json; charset=utf-8\r\n"
        f"Path:{path}\r\n\r\n{json.dumps(content)}"
    )


def merge_sentences(text: str, words: list[Word]) -> list[Word]:
    """Return the words merged into sentences, as where sentence boundaries are requested."""
    sentences, left = [], list(words)
    for match in re.finditer(r"[^.!?。！？]+[.!?。！？]*\s*", text):
        letters = sum(map(str.isalnum, match[0]))
        first = last = left[0] if left else None
        while left and letters > 0:
            last = left.pop(0)
            letters -= sum(map(str.isalnum, last.text))
        if first and last:
            sentences.append(replace(first, text=match[0].strip(), end=last.end))
    return sentences


def _compose_boundary(word: Word) -> str:
    data = {
        "Offset": round(word.offset * TICKS),
        "Duration": round((word.end - word.start) * TICKS),
        "text": {"Text": word.text, "Length": len(word.text), "BoundaryType": "WordBoundary"},
    }
    return compose_text("audio.metadata", {"Metadata": [{"Type": "WordBoundary", "Data": data}]})


def _compose_audio(sound: bytes) -> bytes:
    kind = b"Content-Type:audio/mpeg\r\n" if sound else b""
    header = b"X-RequestId:loopback\r\n" + kind + b"X-StreamId:loopback\r\nPath:audio\r\n"
    return struct.pack(">H", len(header)) + header + sound


# The list of voices.


def list_voices() -> list[dict[str, Any]]:
    """Return the service's list of voices."""
    return [_describe_voice(locale, n) for locale in _NAMES for n in _split_names(locale)]


def _split_names(locale: str) -> list[str]:
    return _NAMES[locale].split()


def _describe_voice(locale: str, name: str) -> dict[str, Any]:
    return {
        "Name": f"Microsoft Server Speech Text to Speech Voice ({locale}, {name}Neural)",
        "ShortName": f"{locale}-{name}Neural",
        "Gender": "Male" if name in _MEN else "Female",
        "Locale": locale,
        "SuggestedCodec": "audio-24khz-48kbitrate-mono-mp3",
        "FriendlyName": f"Microsoft {name} Online (Natural) - {locale}",
        "Status": "GA",
        "VoiceTag": {"ContentCategories": ["General"], "VoicePersonalities": ["Friendly"]},
    }


async def read_request(socket: web.WebSocketResponse) -> Request:
    """Receive both messages of a request."""
    options = json.loads(await _read_body(socket))["context"]["synthesis"]["audio"]
    assert options["outputFormat"] == "audio-24khz-48kbitrate-mono-mp3"
    words = options["metadataoptions"]["wordBoundaryEnabled"] == "true"
    ssml = await _read_body(socket)
    match = re.fullmatch(
        r"<speak .*?><voice name='.*?\((.*?), (.*?)\)'>"
        r"<prosody pitch='(.*?)' rate='(.*?)' volume='(.*?)'>(.*)</prosody></voice></speak>",
        ssml,
        re.DOTALL,
    )
    assert match, ssml
    region, name, pitch, rate, volume, text = match.groups()
    return Request(unescape(text), f"{region}-{name}", rate, pitch, volume, words)


async def _read_body(socket: web.WebSocketResponse) -> str:
    """Return what follows the headers of a text message.

    Raises:
        ConnectionError: No text message was received.
    """
    message = await socket.receive()
    if message.type is not WSMsgType.TEXT:
        raise ConnectionError(message)
    text: str = message.data
    return text.partition("\r\n\r\n")[2]
