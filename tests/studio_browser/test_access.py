"""The page by keyboard alone, by a screen reader's rules, and when the server is away."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.studio_browser.pages import SPEECH, open_cues, open_project, record_all, select
from tests.studio_browser.studio_server import Studio, run_studio
from tests.support.focus import find_covered

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.slow
Scheme = Literal["light", "dark"]

# Notes what the live regions that are not inert say, as a screen reader does.
LISTEN = """() => {
  globalThis.spoken = [];
  new MutationObserver((changes) => {
    const live = "[role=status]:not(.total), [role=alert]";
    const elements = changes.map(({ target }) => target.closest ? target : target.parentElement);
    const open = document.querySelector("dialog[open]") ?? document;
    for (const region of new Set(elements.map((element) => element?.closest(live)))) {
      if (region && open.contains(region) && region.textContent) spoken.push(region.textContent);
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def require_accessible(page: Page, state: str) -> None:
    """Fail if axe finds anything that is serious or critical, in light or in dark."""
    axe_module = pytest.importorskip("axe_playwright_python.sync_playwright")
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        violations = axe_module.Axe().run(page).response["violations"]
        bad = [
            (v["id"], node["html"][:120], node.get("failureSummary", "")[:300])
            for v in violations
            if v["impact"] in {"serious", "critical"}
            for node in v["nodes"]
        ]
        assert bad == [], f"{state}, {scheme}"
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")


def test_axe_finds_nothing_serious(page: Page, studio: Studio) -> None:
    require_accessible(page, "the first page")
    open_project(page, studio, studio.create(SPEECH))
    require_accessible(page, "doubtful readings")
    select(page, 3)
    page.locator(".chip").first.click()
    require_accessible(page, "a sentence")
    page.click("#for-settings")
    require_accessible(page, "settings")
    page.click(".voice-card")
    require_accessible(page, "voices")
    page.keyboard.press("Escape")
    record_all(page)
    open_cues(page)
    page.click(".cue >> nth=1")
    require_accessible(page, "cues")
    page.set_viewport_size({"width": 390, "height": 844})
    page.click(".panel-open")
    page.wait_for_timeout(300)  # the sheet slides in
    require_accessible(page, "the panel on a phone")


def test_a_sentence_is_heard_and_changed_by_keyboard_alone(page: Page, studio: Studio) -> None:
    page.keyboard.press("Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.id") == "new-text":
            break
        page.keyboard.press("Tab")
    page.keyboard.insert_text(SPEECH)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".sentence")
    project_id = page.evaluate("decodeURIComponent(location.hash.split('/').pop())")
    studio.call("PATCH", f"/projects/{project_id}/settings", {"voice": "tone"})
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('sentence')"):
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector('.sentence[data-number="3"].selected:focus')
    page.keyboard.press(" ")
    page.wait_for_selector('.sentence[data-number="3"].playing')
    page.keyboard.press("Enter")
    page.wait_for_selector(".inspector :focus")
    while page.evaluate("document.activeElement.id") != "sentence-text":
        page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("今年有四个班。")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector('.sentence[data-number="3"]:has-text("四个班")')
    page.keyboard.press("Escape")
    page.wait_for_selector('.sentence[data-number="3"]:focus')
    page.keyboard.press("Control+z")
    page.wait_for_selector('.sentence[data-number="3"]:has(.figure:has-text("3"))')
    page.keyboard.press("?")
    page.wait_for_selector("dialog .keys")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")


def test_a_screen_reader_hears_what_is_a_heading_what_is_recorded_and_how_far_it_is(
    page: Page, studio: Studio
) -> None:
    open_project(page, studio, studio.create(SPEECH))
    title = page.get_by_role("list").get_by_role("heading", level=2)
    assert (title.text_content() or "").startswith("标题：在2026")
    page.get_by_role("button", name="听第 2 句", exact=True).wait_for()
    page.evaluate(LISTEN)
    record_all(page)
    page.get_by_role("button", name="听第 2 句，已录好").wait_for()
    spoken = page.evaluate("spoken")
    assert page.evaluate("document.activeElement.textContent") == "全部录好"  # read with the focus
    assert "全部录好" not in spoken
    assert 2 <= len(spoken) <= 5  # a quarter at a time


def test_a_screen_reader_hears_the_end_of_a_recording_wherever_it_is(
    page: Page, studio: Studio
) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    page.evaluate(LISTEN)
    studio.call("POST", f"/projects/{project_id}/record")
    page.wait_for_selector(".record-area .good")
    assert page.evaluate("spoken").pop() == "全部录好"


def test_another_page_is_read_from_its_title_on(page: Page) -> None:
    page.fill("#new-text", SPEECH)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".sentence")
    assert page.evaluate("document.activeElement.textContent") == "在2026年开学典礼上的讲话"
    page.go_back()
    page.wait_for_selector("#new-text")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    roles = page.locator("header, footer").evaluate_all("(all) => all.map((each) => each.tagName)")
    assert roles == ["HEADER"]


def test_that_changes_are_saved_is_heard_once_after_the_last(page: Page, studio: Studio) -> None:
    open_project(page, studio, studio.create(SPEECH))
    select(page, 3)
    page.evaluate(LISTEN)
    for count in (1, 2, 3):
        page.click("[data-focus=rate-1]")
        page.wait_for_selector(f'.sentence.selected .flag:text-is("+{5 * count}%")')
    page.wait_for_selector('[role=status]:text-is("已保存")', state="attached")
    assert [text for text in page.evaluate("spoken") if "保存" in text] == ["已保存"]


def test_that_a_change_was_refused_is_heard_and_not_that_it_was_saved(
    page: Page, studio: Studio
) -> None:
    open_project(page, studio, studio.create(SPEECH))
    page.route("**/sentences/3", lambda route: route.fulfill(status=400, json={"error": "满了"}))
    select(page, 3)
    page.evaluate(LISTEN)
    page.click("[data-focus=rate-1]")
    page.wait_for_selector('.saved:text-is("没有保存")')
    page.unroute("**/sentences/3")
    page.wait_for_timeout(2500)  # longer than the page waits before it says so
    assert page.locator("[role=alert]").all_inner_texts() == ["满了"]
    assert page.evaluate("spoken") == []
    page.click("[data-focus=rate-1]")
    page.wait_for_selector('.saved:text-is("已保存")')
    page.wait_for_selector('[role=status]:text-is("已保存")', state="attached")


def test_what_goes_wrong_in_a_dialog_is_said_in_it(page: Page, studio: Studio) -> None:
    open_project(page, studio, studio.create(SPEECH))
    page.click(".main-tools button >> nth=0")
    page.fill("#whole-text", "……")
    page.click("dialog .button-primary")
    page.wait_for_selector("dialog[open] .message-error[role=alert]")
    assert page.locator("#whole-text").input_value() == "……"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    page.click(".message-error button")
    assert page.locator(".message").count() == 0


def test_a_value_is_heard_with_its_control_and_not_when_it_is_drawn(
    page: Page, studio: Studio
) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    assert page.locator("output").count() == 0  # which are live regions
    page.click("#for-settings")
    page.get_by_role("slider", name="语速", exact=True).wait_for()
    page.evaluate(LISTEN)
    page.get_by_role("slider", name="语速", exact=True).press("ArrowRight")
    page.wait_for_selector(".settings [role=status]:not(:empty)", state="attached")
    assert [text[:3] for text in page.evaluate("spoken")] == ["全长约"]
    select(page, 3)
    button = page.get_by_role("group", name="这句的语速").get_by_role("button", name="快一点")
    button.click()
    page.wait_for_selector(".sentence.selected .flag")
    described = button.get_attribute("aria-describedby")
    assert page.locator(f"#{described}").text_content() == "+5%"


def test_a_screen_reader_hears_an_export_by_quarters(page: Page, studio: Studio) -> None:
    open_project(page, studio, studio.create("\n\n".join(f"这是第{n}段。" for n in range(40))))
    page.evaluate(LISTEN)
    page.click(".head .button-primary")
    page.wait_for_selector("dialog .files")
    spoken = page.evaluate("spoken")
    assert spoken[0] == "先录还没有录的句子……"
    assert spoken[-1] == "做好了，声音和字幕对得上。"
    stages = [re.sub(r"\d+", "", text) for text in spoken]
    assert "正在录音， /  句" in stages
    assert "正在写声音和字幕文件，%" in stages
    assert max(map(stages.count, stages)) <= 5  # from nothing to all, a quarter at a time


def test_a_connection_that_was_never_there_is_said(page: Page, studio: Studio) -> None:
    page.route("**/events", lambda route: route.fulfill(status=404))
    open_project(page, studio, studio.create(SPEECH))
    page.wait_for_selector(".offline:not([hidden])")


def test_what_is_chosen_is_seen_in_the_colours_of_the_user(page: Page, studio: Studio) -> None:
    page.emulate_media(forced_colors="active")
    open_project(page, studio, studio.create(SPEECH))
    outline = "(row) => getComputedStyle(row).outlineStyle"
    assert page.locator(".sentence.selected").evaluate(outline) == "solid"
    assert page.locator(".sentence:not(.selected)").first.evaluate(outline) == "none"
    edge = "(tab) => getComputedStyle(tab).borderBottomColor"
    tabs = page.locator(".main-head [role=tab]")
    assert tabs.nth(0).evaluate(edge) != tabs.nth(1).evaluate(edge)


def test_the_focus_is_seen_wherever_it_goes(page: Page, studio: Studio) -> None:
    open_project(page, studio, studio.create(SPEECH))
    for _ in range(30):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        tag = page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
        assert outline != "none" or tag.startswith("<body"), tag


def test_the_language_is_switched_and_kept(page: Page) -> None:
    page.click(".language")
    page.wait_for_selector("h1:has-text('Turn a speech')")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.reload()
    page.wait_for_selector("h1:has-text('Turn a speech')")


def test_every_tab_and_the_server_speak_the_language_chosen(
    context: BrowserContext, page: Page, studio: Studio
) -> None:
    page.fill("#new-text", "还没有保存的稿子")
    other = context.new_page()
    other.goto(f"{studio.base}/#/projects/nowhere")
    with page.expect_request("**/api/projects") as asked:
        page.click(".language")
    assert asked.value.header_value("Page-Language") == "en"
    assert page.input_value("#new-text") == "还没有保存的稿子"
    other.wait_for_selector("a:has-text('All speeches')")
    assert other.evaluate("document.documentElement.lang") == "en"


def test_six_hundred_sentences_stay_quick(page: Page, studio: Studio) -> None:
    text = "\n\n".join(f"这是第{n}段的第一句，说的是今年的工作。这是第二句。" for n in range(300))
    open_project(page, studio, studio.create(text))
    assert page.locator(".sentence").count() == 600
    drawn = page.evaluate(
        """() => { let rows = 0;
        for (const row of document.querySelectorAll(".sentence-text"))
          if (row.checkVisibility({ contentVisibilityAuto: true })) rows += 1;
        return rows; }"""
    )
    assert drawn < 60
    page.locator(".sentence").first.focus()
    page.keyboard.press("End")
    page.wait_for_selector('.sentence[data-number="600"]:focus')


def test_the_server_may_end_and_begin_again(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    with run_studio(tmp_path) as studio:
        port = studio.base.rpartition(":")[2]
        project_id = studio.create(SPEECH)
        page.goto(studio.address.partition("#")[0])
        open_project(page, studio, project_id)
        select(page, 3)
        page.click("[data-focus=pause-1]")
        page.wait_for_selector('.sentence[data-number="3"] .flag')
    page.wait_for_selector(".offline:not([hidden])")
    with run_studio(tmp_path, "--port", port) as again:
        page.goto(again.address.partition("#")[0])
        open_project(page, again, project_id)
        page.wait_for_selector('.sentence[data-number="3"] .flag')
    context.close()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("width", [1280, 390])
def test_what_has_the_focus_is_not_under_a_bar(
    page: Page, studio: Studio, width: int, key: str
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    text = "\n\n".join(f"这是第{n}段的第一句。重庆这是第二句。" for n in range(20))
    project_id = studio.create(text, subtitles=["srt", "vtt"])
    open_project(page, studio, project_id)
    record_all(page)
    open_cues(page)
    page.click(".cue >> nth=1")
    assert find_covered(page, 60, key) == []
    page.focus(".cue.selected")
    assert find_covered(page, 30, "ArrowDown" if key == "Tab" else "ArrowUp") == []
    if width == 390:
        page.click(".panel-open")
        page.wait_for_timeout(300)  # the sheet slides in
    page.click("#for-settings")
    assert find_covered(page, 60, key) == []
    page.click(".voice-card")
    assert find_covered(page, 60, key) == []


def test_the_sentence_in_work_stays_in_sight_above_the_sheet(page: Page, studio: Studio) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    text = "\n\n".join(f"这是第{n}段的第一句，有一点长，占两行。这是第二句。" for n in range(12))
    open_project(page, studio, studio.create(text))
    for number in (1, 2, 9, 24):
        select(page, number)
        page.wait_for_timeout(300)  # the sheet slides in
        page.click("[data-focus=rate-1]")  # the row becomes higher: it says so
        page.wait_for_selector(".sentence.selected .flag")
        row = page.locator(".sentence.selected").bounding_box()
        view, sheet = (
            page.locator(".script-scroll").bounding_box(),
            page.locator(".panel").bounding_box(),
        )
        assert row
        assert view
        assert sheet
        assert row["y"] >= view["y"]
        assert row["y"] + row["height"] <= sheet["y"]
        page.click(".panel-close")
        page.wait_for_timeout(300)
