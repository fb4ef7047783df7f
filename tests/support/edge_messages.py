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


def speech(sound: bytes, words: list[Word]) -> list[str | bytes]:
    """The sound in pieces, each word's boundary before the piece it begins in."""
    if not sound:
        return []
    messages: list[str | bytes] = []
    waiting = list(words)
    for at in range(0, len(sound), CHUNK):
        until = (at + CHUNK) / FRAME * FRAME_SECONDS
        while waiting and waiting[0].offset < until:
            messages.append(_boundary(waiting.pop(0)))
        messages.append(_audio(sound[at : at + CHUNK]))
    return [*messages, *map(_boundary, waiting), _audio(b"")]


def spoilt(messages: list[str | bytes], fault: Fault | None) -> list[str | bytes]:
    wrong: dict[Fault | None, str | bytes] = {
        Fault.WRONG_PATH: text_message("nonsense", {}),
        Fault.WRONG_BINARY: struct.pack(">H", 13) + b"Path:nonsense" + bytes(FRAME),
        Fault.BAD_JSON: text_message("audio.metadata", {})[:-1],
        Fault.ONE_BYTE: b"\0",
    }
    middle = len(messages) // 2
    return [*messages[:middle], wrong[fault], *messages[middle:]] if fault in wrong else messages


def text_message(path: str, content: dict[str, Any]) -> str:
    return (
        "X-RequestId:loopback\r\nContent-Type:application/json; charset=utf-8\r\n"
        f"Path:{path}\r\n\r\n{json.dumps(content)}"
    )


def sentences(text: str, words: list[Word]) -> list[Word]:
    """What is said of the words where whole sentences are asked for."""
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


def _boundary(word: Word) -> str:
    data = {
        "Offset": round(word.offset * TICKS),
        "Duration": round((word.end - word.start) * TICKS),
        "text": {"Text": word.text, "Length": len(word.text), "BoundaryType": "WordBoundary"},
    }
    return text_message("audio.metadata", {"Metadata": [{"Type": "WordBoundary", "Data": data}]})


def _audio(sound: bytes) -> bytes:
    kind = b"Content-Type:audio/mpeg\r\n" if sound else b""
    header = b"X-RequestId:loopback\r\n" + kind + b"X-StreamId:loopback\r\nPath:audio\r\n"
    return struct.pack(">H", len(header)) + header + sound


# The list of voices.


def voice_list() -> list[dict[str, Any]]:
    """The service's list of voices."""
    return [_voice(locale, n) for locale in _NAMES for n in _names(locale)]


def _names(locale: str) -> list[str]:
    return _NAMES[locale].split()


def _voice(locale: str, name: str) -> dict[str, Any]:
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


async def received(socket: web.WebSocketResponse) -> Request:
    """Both messages of a request."""
    options = json.loads(await _body(socket))["context"]["synthesis"]["audio"]
    assert options["outputFormat"] == "audio-24khz-48kbitrate-mono-mp3"
    words = options["metadataoptions"]["wordBoundaryEnabled"] == "true"
    ssml = await _body(socket)
    match = re.fullmatch(
        r"<speak .*?><voice name='.*?\((.*?), (.*?)\)'>"
        r"<prosody pitch='(.*?)' rate='(.*?)' volume='(.*?)'>(.*)</prosody></voice></speak>",
        ssml,
        re.DOTALL,
    )
    assert match, ssml
    region, name, pitch, rate, volume, text = match.groups()
    return Request(unescape(text), f"{region}-{name}", rate, pitch, volume, words)


async def _body(socket: web.WebSocketResponse) -> str:
    """What follows the headers of a text message. Raises ConnectionError."""
    message = await socket.receive()
    if message.type is not WSMsgType.TEXT:
        raise ConnectionError(message)
    text: str = message.data
    return text.partition("\r\n\r\n")[2]
