"""From an empty page to a finished production."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from tests.studio_browser.pages import SPEECH, open_project, record_all, select
from tests.studio_browser.studio_server import Studio

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.slow


def test_a_pasted_speech_becomes_an_mp3_and_an_srt_that_match(page: Page, tmp_path: Path) -> None:
    page.fill("#new-text", SPEECH)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".heading-title:has-text('2026')")
    assert page.locator(".heading-title .said").all_inner_texts() == ["二零二六"]
    page.click("#for-settings")
    page.click(".voice-card")
    page.click('.voice:has(strong:text-is("tone")) .button')
    page.wait_for_selector('.voice-card strong:text-is("tone")')
    page.click(".head .button-primary")
    page.wait_for_selector(".files", timeout=60_000)
    assert page.locator(".record-area button").count() == 0  # nothing is recorded any more
    names = page.locator(".file span:first-of-type").all_inner_texts()
    assert sorted(Path(name).suffix for name in names) == [".mp3", ".srt"]
    for link in page.locator(".file").all():
        with page.expect_download() as download:
            link.click()
        download.value.save_as(tmp_path / download.value.suggested_filename)
    pair = [str(next(tmp_path.glob(pattern))) for pattern in ("*.mp3", "*.srt")]
    command = [sys.executable, "-m", "speechcast", "check", *pair]
    check = subprocess.run(command, capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout + check.stderr


def test_a_file_is_opened(page: Page, tmp_path: Path) -> None:
    (tmp_path / "校庆.md").write_text("# 校庆致辞\n\n大家好！\n", "utf-8")
    page.set_input_files("#new-file", tmp_path / "校庆.md")
    page.wait_for_selector(".heading-title:has-text('校庆致辞')")
    page.click(".head a")
    page.wait_for_selector(".project:has-text('校庆')")


def test_what_cannot_be_read_is_said_and_the_page_goes_on(page: Page, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"no document")
    page.set_input_files("#new-file", tmp_path / "x.docx")
    page.wait_for_selector(".message-error[role=alert]")
    page.click(".message-error button")
    assert page.locator(".message").count() == 0
    assert page.locator("#new-text").is_enabled()


def test_a_text_that_is_refused_can_be_typed_on(page: Page) -> None:
    page.fill("#new-text", "……")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".message-error[role=alert]")
    page.wait_for_selector("form:not([aria-busy])")
    page.keyboard.insert_text("大家好。")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".sentence:has-text('大家好')")


def test_sentences_are_playable_one_by_one_and_as_a_whole(page: Page, studio: Studio) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    page.click('.sentence[data-number="2"] .play')
    page.wait_for_selector('.sentence[data-number="2"].playing')
    page.wait_for_selector('.sentence[data-number="2"]:not(.playing)')
    page.wait_for_selector('.sentence[data-number="2"] .play[data-state=recorded]')
    assert studio.state(project_id)["recorded"] == 1
    record_all(page)
    page.click(".play-all")
    page.wait_for_selector('.play-all[data-status="playing"]')
    page.wait_for_selector('.sentence[data-number="2"].playing')
    page.click(".play-all")
    page.wait_for_selector('.play-all[data-status="paused"]')


def test_markup_in_a_speech_is_shown_and_not_run(page: Page, studio: Studio) -> None:
    attack = "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
    body = f"大家好，{attack}谢谢。" + "今天我们在这里见面，心里很高兴。" * 12
    text = f"---\ntitle: {json.dumps(attack)}\n---\n{body}"
    project_id = studio.create(text)
    open_project(page, studio, project_id)
    assert page.locator(".sentence-text img, .sentence-text script").count() == 0
    assert "<script>" in page.locator(".script").inner_text()
    page.click(".head a")
    page.wait_for_selector(f".project strong:has-text({json.dumps(attack)})")
    page.goto(f"{studio.base}/#/projects/{quote('<img src=x>')}")
    page.wait_for_selector("[role=alert]:has-text('<img src=x>')")  # the server's words
    assert page.locator("#app img, #app script").count() == 0
    assert "run" not in page.title().replace(attack, "")


def test_a_project_that_is_left_while_it_opens_is_not_shown(page: Page, studio: Studio) -> None:
    project_id = studio.create(SPEECH)
    held: list[Route] = []
    answer = f"**/api/projects/{quote(project_id)}?unread"
    page.route(answer, lambda route: held.append(route))  # noqa: PLW0108 it sets attributes
    with page.expect_request(answer):
        page.goto(f"{studio.base}/#/projects/{quote(project_id)}")
    page.wait_for_selector(".page-wait")
    page.go_back()
    page.wait_for_selector("#new-text")
    with page.expect_response(answer):
        held[0].continue_()
    page.wait_for_timeout(200)  # it would be drawn by now
    assert page.locator("#new-text").count() == 1
    assert page.locator(".sentence").count() == 0


def test_a_long_speech_is_shown_before_its_readings_are_found(page: Page) -> None:
    held: list[Route] = []
    answers = re.compile(r"/api/projects/[^/?]+$")
    page.route(answers, lambda route: held.append(route))  # noqa: PLW0108 it sets attributes
    page.fill("#new-text", "\n\n".join(f"第{n}班有{n}人。" for n in range(1, 302)))
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".sentence >> nth=300")
    page.wait_for_selector(".reading-ahead:visible")
    assert page.locator(".sentence .said").count() == 0
    select(page, 3)
    assert page.locator("#sentence-text").input_value() == "第3班有3人。"
    assert page.locator(".chip").count() == 0
    held[0].continue_()
    page.wait_for_selector('.sentence[data-number="301"] .said')
    assert page.locator(".reading-ahead").is_hidden()
    page.wait_for_selector(".chip")


def test_a_long_speech_whose_readings_cannot_be_found_is_said(page: Page) -> None:
    refusal = {"error": "第 9 行读不了"}
    page.route(
        re.compile(r"/api/projects/[^/?]+$"),
        lambda route: route.fulfill(status=400, json=refusal),
    )
    page.fill("#new-text", "第一班有1人。\n\n" * 300)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector('main [role=alert]:has-text("第 9 行读不了")')
    assert page.locator(".sentence").count() == 0


def test_a_project_that_is_deleted_in_another_tab_is_said(page: Page, studio: Studio) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    studio.call("DELETE", f"/projects/{project_id}")
    page.wait_for_selector(f"main [role=alert]:has-text('{project_id}')")
    assert page.locator(".offline").count() == 0


def test_a_project_that_is_not_there_is_said(page: Page, studio: Studio) -> None:
    page.goto(f"{studio.base}/#/projects/nowhere")
    page.wait_for_selector("[role=alert]:has-text('nowhere')")
    page.click(".home a.button")
    page.wait_for_selector("#new-text")
