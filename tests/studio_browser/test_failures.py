"""What cannot be had is said, and can be tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.studio_browser.pages import (
    SPEECH,
    expect_count,
    open_cues,
    open_project,
    record_all,
)
from tests.studio_browser.studio_server import Studio

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_cues_that_cannot_be_had_are_asked_for_again(page: Page, studio: Studio) -> None:
    open_project(page, studio, studio.create(SPEECH))
    record_all(page)
    page.route("**/cues", lambda route: route.fulfill(status=404, json={"error": "没有了"}))
    page.click("#for-cues")
    page.wait_for_selector(".message-error")
    expect_count(page, ".cues[aria-busy]", 0)
    again = page.locator(".cues-view button", has_text="再试一次")
    again.wait_for()
    page.unroute("**/cues")
    again.click()
    open_cues(page)
    expect_count(page, ".cues-view button:has-text('再试一次')", 0)


def show_project(page: Page, project_id: str) -> None:
    page.evaluate("id => (location.hash = `#/projects/${encodeURIComponent(id)}`)", project_id)
    page.wait_for_selector(".failed [role=alert]")


def test_a_project_that_is_no_more_says_so_and_leads_back(page: Page, studio: Studio) -> None:
    project_id = studio.create("大家好。")
    studio.call("DELETE", f"/projects/{project_id}")
    show_project(page, project_id)
    page.click(".failed a")
    page.wait_for_selector("#new-text")


def test_a_page_that_cannot_reach_the_studio_says_it_in_its_own_words(
    page: Page, studio: Studio
) -> None:
    project_id = studio.create("大家好。")
    page.evaluate(
        "() => { window.fetch = () => Promise.reject(new TypeError('a word of fetch')); }"
    )
    show_project(page, project_id)
    assert "连不上 speechcast" in page.locator(".failed [role=alert]").inner_text()
