"""The online voices: the request, the way it takes, and the clip from its response."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from speechcast.engines.edge.engine import Edge
from speechcast.engines.online.proxy import find_proxy
from speechcast.errors import PresetError, ServiceUnreachable
from speechcast.model import Clip, Voice
from speechcast.redaction import without_login
from speechcast.voices import presets
from tests.support.edge_service import Conditions, EdgeService, Fault
from tests.support.loopback import Loopback
from tests.support.recording import CALM, HASTY, XIAOXIAO, Recording, point_at
from tests.support.speeches import line_of
from tests.support.waiting import wait_until

CHECK = "会议期间，市领导到会指导。"


@pytest.fixture
def service() -> Iterator[EdgeService]:
    with EdgeService() as running, point_at(running):
        yield running


def synthesize(voice: Voice, text: str) -> Clip:
    with contextlib.closing(Edge(voice, CALM)) as engine:
        return engine.synthesize(line_of(text, voice))


def test_the_service_is_asked_for_what_the_preset_says(service: EdgeService) -> None:
    """But for the volume, which is set when the production is put together."""
    text = "“A<B & C”，中共某市委。"
    Recording(voice=replace(XIAOXIAO, rate=-5, pitch=10, volume=20))(text)
    (request,) = service.requests
    assert request.text == text
    assert request.voice == "zh-CN-XiaoxiaoNeural"
    assert (request.rate, request.pitch, request.volume) == ("-5%", "+10Hz", "+0%")
    assert request.word_boundaries


def test_timings_follow_the_sound_not_the_services_clock(service: EdgeService) -> None:
    """The service's boundaries run some 75 ms before the sound."""
    del service
    clip = synthesize(XIAOXIAO, CHECK)
    first = np.flatnonzero(np.abs(clip.samples) > 1000)[0]
    assert abs(first - clip.speech_span.start) <= 0.010 * clip.rate


def test_a_word_the_service_writes_its_own_way_keeps_its_place() -> None:
    aria = replace(presets.load("aria"), voice="en-US-AriaNeural")
    clips = []
    for fault in (None, Fault.REWRITE):
        with EdgeService(fault) as running, point_at(running):
            clips.append(synthesize(aria, "In 2023, we met."))
    assert clips[0].spans == clips[1].spans


def test_the_presets_limit_holds(service: EdgeService) -> None:
    service.conditions = Conditions(latency=0.05)
    texts = [f"第{c}项议题。" for c in "一二三四五六七八九十"]
    Recording(voice=replace(XIAOXIAO, options={"limit": "2"}))(*texts)
    assert service.most_at_once == 2


@pytest.mark.parametrize("limit", ["0", "65", "-1", "many", "2.5", ""])
def test_a_limit_that_is_none_is_refused(limit: str) -> None:
    with pytest.raises(
        PresetError, match=f"preset 'xiaoxiao': limit is '{limit}'; allowed are 1 t"
    ):
        Edge.required_bundles(replace(XIAOXIAO, options={"limit": limit}))


# Through a proxy.


class Proxy(Loopback):
    """An HTTP proxy that relays every request to one service."""

    def __init__(self, service: EdgeService) -> None:
        super().__init__()
        self.service = service
        self.addresses: list[str] = []

    async def start_server(self) -> int:
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def stop_server(self) -> None:
        self._server.close()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.readline()
        self.addresses.append(first.split()[1].decode().partition("?")[0])
        there, back = await asyncio.open_connection("127.0.0.1", self.service.port)
        back.write(first)
        await asyncio.gather(_copy(reader, back), _copy(there, writer))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(1 << 16):
            writer.write(data)
        writer.close()


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SPEECHCAST_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return monkeypatch


@pytest.mark.parametrize("setting", ["preset", "SPEECHCAST_PROXY", "HTTP_PROXY", "all_proxy"])
def test_the_service_is_reached_through_a_proxy(
    service: EdgeService, no_proxies: pytest.MonkeyPatch, setting: str
) -> None:
    """Its name is never looked up here: it does not exist."""
    no_proxies.setattr("edge_tts.communicate.WSS_URL", "ws://service.invalid/edge/v1?a=b")
    with Proxy(service) as proxy:
        address = f"http://127.0.0.1:{proxy.port}"
        voice = replace(XIAOXIAO, options={"proxy": address} if setting == "preset" else {})
        if setting != "preset":
            no_proxies.setenv(setting, address)
        synthesize(voice, CHECK)
        assert proxy.addresses == ["ws://service.invalid/edge/v1"]


def test_a_proxy_that_is_gone_is_named(no_proxies: pytest.MonkeyPatch) -> None:
    no_proxies.setenv("SPEECHCAST_PROXY", "http://anna:pass@127.0.0.1:9")
    message = (
        "cannot be reached through http://127.0.0.1:9 .the proxy refused the connection.; check"
    )
    with (
        EdgeService() as running,
        point_at(running),
        pytest.raises(ServiceUnreachable, match=message) as failure,
    ):
        synthesize(XIAOXIAO, CHECK)
    assert "pass" not in str(failure.value)


class HangingProxy(Loopback):
    """A proxy that takes every connection and says nothing."""

    async def start_server(self) -> int:
        self._server = await asyncio.start_server(self._hang, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def stop_server(self) -> None:
        self._server.close()

    async def _hang(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["ws", "wss"])
def test_a_proxy_that_hangs_is_named(no_proxies: pytest.MonkeyPatch, scheme: str) -> None:
    no_proxies.setattr("edge_tts.communicate.WSS_URL", f"{scheme}://service.invalid/edge/v1?a=b")
    with HangingProxy() as proxy:
        address = f"http://127.0.0.1:{proxy.port}"
        voice = replace(XIAOXIAO, options={"proxy": address})
        message = f"cannot be reached through {address} .no answer for 0.6 seconds"
        with pytest.raises(ServiceUnreachable, match=message):
            Recording(voice=voice, deadlines=HASTY)(CHECK)


@pytest.mark.slow
def test_a_name_that_cannot_be_looked_up_is_no_connection(no_proxies: pytest.MonkeyPatch) -> None:
    no_proxies.setattr("edge_tts.communicate.WSS_URL", "ws://service.invalid/edge/v1?a=b")
    message = "'xiaoxiao' cannot be reached .(its name cannot be looked up|no answer for 5 seconds)"
    with pytest.raises(ServiceUnreachable, match=message):
        synthesize(XIAOXIAO, CHECK)


WSS = "wss://speech.platform.bing.com/consumer"


@pytest.mark.parametrize(
    ("url", "environment", "proxy"),
    [
        (WSS, {}, None),
        (WSS, {"HTTPS_PROXY": "http://a:1"}, "http://a:1"),
        (WSS, {"https_proxy": "a:1"}, "http://a:1"),
        (WSS, {"HTTP_PROXY": "http://a:1"}, None),
        (WSS, {"ALL_PROXY": "http://a:1"}, "http://a:1"),
        (WSS, {"ALL_PROXY": "socks5://b:2", "HTTPS_PROXY": "http://a:1"}, "http://a:1"),
        (WSS, {"HTTPS_PROXY": "http://a:1", "NO_PROXY": ".bing.com"}, None),
        (WSS, {"HTTPS_PROXY": "http://a:1", "SPEECHCAST_PROXY": "http://c:3"}, "http://c:3"),
        (WSS, {"SPEECHCAST_PROXY": "http://c:3", "NO_PROXY": "*"}, "http://c:3"),
        ("http://127.0.0.1:8880", {"HTTP_PROXY": "http://a:1"}, None),
        ("http://localhost:8880", {"ALL_PROXY": "http://a:1"}, None),
        ("http://far:8880", {"HTTP_PROXY": "http://a:1"}, "http://a:1"),
    ],
)
def test_what_the_machine_has_set_holds(
    no_proxies: pytest.MonkeyPatch, url: str, environment: dict[str, str], proxy: str | None
) -> None:
    for name, value in environment.items():
        no_proxies.setenv(name, value)
    assert find_proxy(url) == proxy


@pytest.mark.parametrize(
    "proxy", ["socks5://127.0.0.1:1080", "http://", "http://a:99999", "ftp://a"]
)
def test_what_is_no_http_proxy_is_refused(no_proxies: pytest.MonkeyPatch, proxy: str) -> None:
    del no_proxies
    with pytest.raises(PresetError, match="cannot be used, allowed is an HTTP proxy like"):
        find_proxy(WSS, proxy)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://anna:pass@host:1/x?key=y", "http://host:1/x"),
        ("anna:pass@host:1", "host:1"),
        ("http://host", "http://host"),
    ],
)
def test_a_login_is_not_shown(address: str, shown: str) -> None:
    assert without_login(address) == shown


# Its end.


def test_closing_ends_what_is_waited_for() -> None:
    with EdgeService(Fault.MUTE_MIDWAY) as running, point_at(running):
        engine = Edge(XIAOXIAO)
        failed: list[Exception] = []

        def record() -> None:
            try:
                engine.synthesize(line_of(CHECK, XIAOXIAO))
            except Exception as exc:
                failed.append(exc)

        thread = threading.Thread(target=record)
        thread.start()
        wait_until(lambda: running.requests)
        engine.close()
        thread.join(5)
    assert "closed" in str(failed[0])
