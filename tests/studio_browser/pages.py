"""What a user does on the studio's page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.studio_browser.studio_server import Studio

if TYPE_CHECKING:
    from playwright.sync_api import Page

SPEECH = """# 在2026年开学典礼上的讲话

各位老师、同学们，早上好！今年有3个班。

愿你们在这一年里长高、长大、长本事，愿每一个清晨都值得期待。谢谢大家。
"""


def open_project(page: Page, studio: Studio, project_id: str) -> None:
    """Show a project."""
    page.goto(f"{studio.base}/#/projects/{quote(project_id)}")
    page.wait_for_selector(".sentence")


def select(page: Page, number: int) -> None:
    """Click on a sentence's text."""
    page.locator(f'.sentence[data-number="{number}"] .sentence-text').click(
        position={"x": 4, "y": 12}
    )
    page.wait_for_selector(f'.sentence[data-number="{number}"].selected')


def record_all(page: Page, seconds: float = 60) -> None:
    """Record what is not recorded yet, and wait until all is."""
    page.wait_for_selector(".record-area > *")
    if page.locator(".record-area button").is_visible():  # else every clip was there
        page.locator(".record-area button").click()
    page.wait_for_selector(".record-area .good", timeout=seconds * 1000)
    expect_count(page, ".length.estimate", 0)


def open_cues(page: Page) -> None:
    """Show the cues as they are now."""
    page.click("#for-cues")
    page.wait_for_selector(".cues:not([aria-busy]) .cue")


def expect_count(page: Page, selector: str, count: int) -> None:
    """Wait until there are so many elements."""
    from playwright.sync_api import expect

    expect(page.locator(selector)).to_have_count(count, timeout=60_000)
