"""Put a sentence right, and keep the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.studio_browser.pages import (
    SPEECH,
    expect_count,
    open_cues,
    open_project,
    record_all,
    select,
)
from tests.studio_browser.studio_server import Studio

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse, BrowserContext, Page, Route

pytestmark = pytest.mark.slow


def cue_starts(state: Any) -> list[tuple[int, float]]:
    return [(cue["sentence"], cue["start"]) for cue in state["cues"]]


def test_a_sentence_changed_is_recorded_alone_and_the_rest_moves(
    page: Page, studio: Studio
) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    record_all(page)
    before, sounds = studio.state(project_id), studio.sounds(project_id)
    figure = page.locator('.sentence[data-number="3"] .word.figure')
    figure.click()
    page.fill("[data-focus=spoken]", "三十三")
    page.click("[data-focus=save-reading]")
    page.wait_for_selector('.sentence[data-number="3"] .said:text-is("三十三")')
    page.click(".takes [data-focus=take-current]")
    page.wait_for_selector(".record-area .good")
    expect_count(page, ".length.estimate", 0)
    after = studio.state(project_id)
    changed = [a != b for a, b in zip(studio.sounds(project_id), sounds, strict=True)]
    assert [i for i, c in enumerate(changed, 1) if c] == [3]
    shift = after["seconds"] - before["seconds"]
    assert shift > 0.1
    for (number, old), (same, new) in zip(cue_starts(before), cue_starts(after), strict=True):
        assert same == number
        assert new - old == pytest.approx(shift if number > 3 else 0, abs=1e-6)
    assert page.locator(".take").count() == 2  # before and now, side by side


def test_a_recording_that_ends_before_its_request_is_answered_is_over(
    page: Page, studio: Studio
) -> None:
    held: list[tuple[Route, APIResponse]] = []
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    page.route("**/record", lambda route: held.append((route, route.fetch())))
    record_all(page)
    route, response = held[0]
    route.fulfill(response=response)
    page.wait_for_timeout(500)
    assert page.locator(".record-area .good").is_visible()


def test_an_older_state_that_comes_late_is_not_shown(page: Page, studio: Studio) -> None:
    project_id = studio.create(SPEECH)
    held: list[tuple[Route, Any]] = []

    def hold_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append((route, route.fetch().json()))

    open_project(page, studio, project_id)
    page.route(lambda url: url.endswith(f"/api/projects/{quote(project_id)}"), hold_first)
    page.click('.sentence[data-number="1"] .play')  # once it has its sound, the state is read
    while not held:
        page.wait_for_timeout(50)
    record_all(page)
    route, answer = held[0]
    route.fulfill(json={**answer, "parts": {**answer["parts"], "recording": True}})
    page.wait_for_timeout(500)
    assert page.locator(".record-area .good").is_visible()


def test_a_doubtful_reading_is_settled_by_one_click(page: Page, studio: Studio) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    question = studio.state(project_id)["questions"][0]
    cards = page.locator(".question")
    count = cards.count()
    other = question["candidates"][1]
    page.locator(".question >> nth=0").locator(".choice >> nth=1").click()
    expect_count(page, ".question", count - 1)
    assert studio.state(project_id)["readings"] == {question["word"]: other["reading"]}
    page.click("[aria-label=撤销]")
    expect_count(page, ".question", count)
    assert studio.state(project_id)["readings"] == {}
    page.click("[aria-label=重做]")
    expect_count(page, ".question", count - 1)


def test_a_cue_cut_by_hand_survives_another_recording(page: Page, studio: Studio) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    record_all(page)
    open_cues(page)
    count = page.locator(".cue").count()
    page.click(".cue >> nth=1")
    page.locator(".cue.selected .cut").first.click()
    expect_count(page, ".cue", count + 1)
    texts = page.locator(".cue-text").all_inner_texts()[:3]
    page.click("#for-script")
    select(page, 2)
    page.click("[data-focus=rate-1]")  # a little faster: recorded again
    page.wait_for_selector('.sentence[data-number="2"] .flag:text-is("+5%")')
    record_all(page)
    open_cues(page)
    cues = studio.state(project_id)["cues"]
    assert len(cues) == count + 1
    assert page.locator(".cue").count() == count + 1
    assert cues[1]["text"] == texts[1].replace("\n", "")
    page.click(".cue >> nth=1")
    page.click("[data-focus=uncut]")
    expect_count(page, ".cue", count)


def test_cues_are_joined_by_hand(page: Page, studio: Studio) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    record_all(page)
    open_cues(page)
    count = page.locator(".cue").count()
    page.click(".cue >> nth=1")
    page.click("[data-focus=join]")
    expect_count(page, ".cue", count - 1)
    page.keyboard.press("Control+z")
    expect_count(page, ".cue", count)


def test_settings_say_what_they_do_to_the_length(page: Page, studio: Studio) -> None:
    open_project(page, studio, studio.create(SPEECH))
    page.click("#for-settings")
    page.locator("[data-focus=rate]").focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    page.wait_for_selector(".delta:has-text('+')")
    page.fill("#fit", "nonsense")
    page.click("[data-focus=save-fit]")
    page.wait_for_selector(".message-error")


def test_a_text_changed_in_the_panel_is_the_sentence_s(page: Page, studio: Studio) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    select(page, 2)
    page.fill("#sentence-text", "各位来宾，早上好！")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector('.sentence[data-number="2"]:has-text("来宾")')
    assert "各位来宾，早上好！今年" in studio.state(project_id)["text"]


def test_two_tabs_show_the_same_project(
    context: BrowserContext, page: Page, studio: Studio
) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    other = context.new_page()
    open_project(other, studio, project_id)
    select(page, 3)
    page.click("[data-focus=pause-1]")
    other.wait_for_selector('.sentence[data-number="3"] .flag:has-text("停")')
    record_all(other)
    page.wait_for_selector(".record-area .good")


def test_a_text_typed_is_not_lost_when_it_is_changed_elsewhere(page: Page, studio: Studio) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    select(page, 2)
    page.fill("#sentence-text", "各位来宾，早上好！")
    sentence = f"/projects/{project_id}/sentences/2"
    studio.call("PATCH", sentence, {"text": "各位朋友，早上好！"})
    page.wait_for_selector('.sentence[data-number="2"]:has-text("朋友")')
    assert page.input_value("#sentence-text") == "各位来宾，早上好！"
    page.click("[data-focus=save-text]")
    page.wait_for_selector('.sentence[data-number="2"]:has-text("来宾")')
    assert page.input_value("#sentence-text") == "各位来宾，早上好！"


def test_a_text_typed_is_not_lost_when_it_is_refused(page: Page, studio: Studio) -> None:
    from playwright.sync_api import expect

    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    select(page, 2)
    held: list[Route] = []
    page.route("**/sentences/2", lambda route: held.append(route))  # noqa: PLW0108 it sets attributes
    page.fill("#sentence-text", "各位来宾，早上好！")
    page.click("[data-focus=save-text]")
    while not held:
        page.wait_for_timeout(50)
    sentence = f"/projects/{project_id}/sentences/2"
    studio.call("PATCH", sentence, {"text": "各位朋友，早上好！"})
    held[0].continue_()
    page.wait_for_selector(".message-error")
    page.wait_for_selector('.sentence[data-number="2"]:has-text("朋友")')
    expect(page.locator("#sentence-text")).to_have_value("各位来宾，早上好！")


def test_a_whole_text_that_was_changed_elsewhere_is_not_overwritten_unseen(
    page: Page, studio: Studio
) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    page.click(".main-tools .icon-button >> nth=0")
    page.fill("#whole-text", "各位来宾，早上好！")
    sentence = f"/projects/{project_id}/sentences/2"
    studio.call("PATCH", sentence, {"text": "各位朋友，早上好！"})
    page.wait_for_selector('.sentence[data-number="2"]:has-text("朋友")', state="attached")
    page.click("dialog button:not([type=button])")
    page.wait_for_selector(".message-error")
    assert "朋友" in studio.state(project_id)["text"]
    assert page.input_value("#whole-text") == "各位来宾，早上好！"
    page.click("dialog button:not([type=button])")  # once it was said, it is meant
    page.wait_for_selector("dialog", state="detached")
    assert studio.state(project_id)["text"] == "各位来宾，早上好！"


def test_a_text_typed_is_not_shown_for_another_sentence(page: Page, studio: Studio) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    select(page, 2)
    page.fill("#sentence-text", "各位来宾，早上好！")
    text = studio.state(project_id)["text"]
    studio.call("PUT", f"/projects/{project_id}/text", {"text": "开场白。\n\n" + text})
    page.wait_for_selector(".sentence >> nth=5")
    assert "来宾" not in page.input_value("#sentence-text")


def test_an_online_voice_asks_before_anything_leaves(page: Page, studio: Studio) -> None:
    project_id = studio.create(SPEECH, voice="xiaoxiao")
    open_project(page, studio, project_id)
    page.click('.sentence[data-number="2"] .play')
    page.wait_for_selector("dialog .address")
    address = page.locator("dialog .address").inner_text()
    assert address == studio.state(project_id)["transfers"][0]["address"]
    page.keyboard.press("Enter")  # the button that has the focus: do not send
    page.wait_for_selector("dialog", state="detached")
    page.wait_for_selector('.sentence[data-number="2"]:not(.playing)')
    assert not studio.state(project_id)["transfers"][0]["allowed"]
    assert studio.state(project_id)["recorded"] == 0


def test_a_reading_can_hold_for_one_place_alone(page: Page, studio: Studio) -> None:
    project_id = studio.create("我们在长跑。他们也在长跑。")
    open_project(page, studio, project_id)
    select(page, 1)
    page.locator('.chip:has-text("跑")').click()
    page.fill(
        "[data-focus=pinyin]", page.input_value("[data-focus=pinyin]").replace("pao3", "pao2")
    )
    page.check("[data-focus=scope-here]")
    page.click("[data-focus=save-reading]")
    page.wait_for_selector('.chip:has-text("庖")')  # as a voice that reads text is given it
    state = studio.state(project_id)
    assert "pao2}" in state["text"]
    assert state["readings"] == {}
    assert [s["text"] for s in state["sentences"]] == ["我们在长跑。", "他们也在长跑。"]


def test_a_passage_gets_another_voice_in_one_step(page: Page, studio: Studio) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    select(page, 2)
    page.select_option("[data-focus=voice]", "orator")
    page.fill("[data-focus=through]", "4")
    page.click("[data-focus=save-voice]")
    expect_count(page, '.sentence .flag:text-is("orator")', 3)
    page.click("[aria-label=撤销]")
    expect_count(page, '.sentence .flag:text-is("orator")', 0)


def test_the_whole_text_can_be_edited_and_a_speaker_gets_a_voice(
    page: Page, studio: Studio
) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    page.click("[aria-label=编辑全文]")
    page.fill("#whole-text", "主持人：请校长讲话。\n\n校长：同学们好！大家请坐。\n")
    page.click("dialog .button-primary")
    page.wait_for_selector("dialog", state="detached")
    expect_count(page, ".sentence", 3)
    page.click("#for-settings")
    page.click("summary")
    page.fill("[data-focus=speaker-label]", "校长")
    page.select_option("[data-focus=speaker-voice]", "orator")
    page.click("[data-focus=save-speaker]")
    page.wait_for_selector('.speaker:has-text("校长")')
    expect_count(page, '[data-focus="cast-校长"]', 1)
    assert studio.state(project_id)["settings"]["cast"] == {"校长": "orator"}


def test_a_text_typed_is_not_lost_when_another_sentence_is_chosen(
    page: Page, studio: Studio
) -> None:
    open_project(page, studio, studio.create(SPEECH))
    select(page, 2)
    page.fill("#sentence-text", "各位来宾，早上好！")
    select(page, 3)
    page.wait_for_selector('.sentence[data-number="2"]:has-text("来宾")')


SHOWN = """() => ({
  script: [...document.querySelectorAll(".sentence")].map((row) => [
    [...row.classList].filter((name) => name !== "selected").join(" "),
    row.innerText,
    row.querySelector(".play").dataset.state,
  ]),
  questions: document.querySelector(".questions").textContent,
  head: document.querySelector(".head").innerText,
  time: document.querySelector(".bar .time").innerText,
})"""


def test_after_many_changes_a_page_shows_what_one_shows_that_is_opened_anew(
    context: BrowserContext, page: Page, studio: Studio
) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)

    def elsewhere(method: str, path: str, body: Any) -> Callable[[], Any]:
        return lambda: studio.call(method, f"/projects/{project_id}{path}", body)

    def type_sentence() -> None:
        select(page, 2)
        page.fill("#sentence-text", "各位来宾，早上好！两句。")
        page.keyboard.press("Control+Enter")

    steps: list[Callable[[], Any]] = [
        elsewhere("PATCH", "/sentences/3", {"text": "今年有5个班。他们在银行行走。"}),
        type_sentence,
        elsewhere("PATCH", "/settings", {"rate": 5}),
        lambda: page.click("[aria-label=撤销]"),
        elsewhere("PUT", "/readings", {"word": "行走", "pinyin": "xing2 zou3"}),
        lambda: page.click('.sentence[data-number="2"] .play'),
        elsewhere("PUT", "/text", {"text": "开场白。\n\n" + SPEECH}),
        lambda: page.click("[aria-label=撤销]"),
        lambda: page.click("[aria-label=重做]"),
        lambda: record_all(page),
        type_sentence,
        elsewhere("POST", "/undo", {}),
    ]
    for number, step in enumerate(steps):
        version = studio.state(project_id)["version"]
        step()
        if step is not steps[5] and step is not steps[9]:
            while studio.state(project_id)["version"] == version:
                page.wait_for_timeout(50)
        for _ in range(20):
            anew = context.new_page()
            open_project(anew, studio, project_id)
            shown, expected = page.evaluate(SHOWN), anew.evaluate(SHOWN)
            anew.close()
            if shown == expected:
                break
        assert shown == expected, number
