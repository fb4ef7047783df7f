"""One browser and one studio for the tests of the studio's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.studio_browser.studio_server import Studio, run_studio
from tests.support import browser as shared

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


browser = shared.browser  # a fixture


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    if shared.find_chromium() is None:
        pytest.skip(shared.HOW_TO_HAVE_THEM_RUN)
    with run_studio(tmp_path_factory.mktemp("projects")) as studio:
        yield studio


@pytest.fixture
def context(browser: Browser, studio: Studio) -> Iterator[BrowserContext]:
    """Yield a fresh profile; a request to elsewhere or an error in the page fails the test."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(60_000)
    foreign: list[str] = []
    errors: list[str] = []
    ours = (studio.base, "blob:", "data:")
    context.on("request", lambda r: None if r.url.startswith(ours) else foreign.append(r.url))
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    yield context
    context.close()
    assert foreign == [], "the page asked another machine"
    assert [e for e in errors if "status of 4" not in e] == []  # a refusal is shown to the user


@pytest.fixture
def page(context: BrowserContext, studio: Studio) -> Page:
    page = context.new_page()
    page.goto(studio.address)
    page.wait_for_selector("#new-text")
    return page
