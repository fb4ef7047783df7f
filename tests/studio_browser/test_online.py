"""An online voice in the page: it asks, says to whom and how much, and sends after a yes alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from speechcast.studio.speech_api import create_speech_app
from speechcast.studio.speech_service import SpeechService
from speechcast.synthesis.resources import NO_CACHE
from tests.studio_browser.pages import open_project, record_all
from tests.studio_browser.studio_server import Studio, run_studio
from tests.support.studio_client import serve_app

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

PATIENCE = 300  # seconds; the times of words take an embedded voice, which is loaded for them
TEXT = "各位代表，大家好。今天开会。"
ATTACK = "<img src=x onerror='document.title=1'>{n}</p><script>document.title = 1</script>"
PRESET = """
description = "{attack}"
engine = "openai"
voice = "tone"
language = "zh-CN"
[options]
address = "{address}"
"""


class Listener:
    """An application that notes the texts that are sent to it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.texts: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def receive_and_note() -> Message:
            message = await receive()
            if body := message.get("body"):
                self.texts.append(json.loads(body)["input"])
            return message

        await self._app(scope, receive_and_note, send)


@pytest.fixture
def service() -> Listener:
    return Listener(create_speech_app(SpeechService(NO_CACHE), None))


@pytest.fixture
def address(service: Listener) -> Iterator[str]:
    with serve_app(service) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> Iterator[Studio]:
    """Yield a studio whose user has a preset for that service, and no clip of another run."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("SPEECHCAST_CACHE", str(tmp_path / "clips"))
    folder = tmp_path / "speechcast" / "voices"
    folder.mkdir(parents=True)
    (folder / "remote.toml").write_text(PRESET.format(attack=ATTACK, address=address))
    with run_studio(tmp_path / "projects") as studio:
        yield studio


def test_it_asks_sends_nothing_without_a_yes_and_speaks_after_it(
    page: Page, studio: Studio, service: Listener, address: str
) -> None:
    open_project(page, studio, studio.create(TEXT))
    page.click("#for-settings")
    page.click(".voice-card")
    voice = page.locator('.voice:has(strong:text-is("remote"))')
    assert ATTACK in voice.inner_text()  # a description is text
    assert address in voice.inner_text()
    voice.locator(".play").click()  # to hear it, too, is to send
    question = page.locator("dialog:has(.address)")
    assert question.locator(".address").inner_text() == address
    page.keyboard.press("Enter")  # the button that has the focus: do not send
    question.wait_for(state="detached")
    voice.locator("[aria-label='用 remote']").click()
    page.click('.sentence[data-number="2"] .play')
    assert f"{len('今天开会。')} 个字" in question.inner_text()
    page.keyboard.press("Escape")
    question.wait_for(state="detached")
    assert service.texts == []
    page.click('.sentence[data-number="2"] .play')
    question.locator(".button-primary").click()
    recorded = '.sentence[data-number="2"] .play[data-state=recorded]'
    page.wait_for_selector(recorded, timeout=PATIENCE * 1000)
    assert service.texts == ["今天开会。"]
    record_all(page, PATIENCE)  # it is not asked again
    assert service.texts == ["今天开会。", "各位代表，大家好。"]
    assert page.title() == "各位代表，大家好 – speechcast"  # no script was run
