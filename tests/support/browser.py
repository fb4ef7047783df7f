"""A headless browser for tests: Debian's Chromium, driven by Playwright.

Where either is missing, the tests that use it are skipped with the line that says how to get it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

HOW_TO_HAVE_THEM_RUN = (
    "no Chromium here; to run the browser tests: "
    "apt-get install chromium fonts-noto-cjk, and pip install -e '.[dev]'"
)
# A page is tested as it stands: the browser itself asks nothing of the network.
_ARGUMENTS = [
    "--no-sandbox",  # Chromium's own refuses to run as root, as in a container
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
]
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
_POLL = 0.03  # seconds


def find_chromium() -> str | None:
    """Return the path of Chromium; None if it or Playwright is missing."""
    return (shutil.which("chromium") or shutil.which("chromium-browser")) if _driver() else None


def _driver() -> bool:
    return bool(find_spec("playwright"))


needs_browser = pytest.mark.skipif(find_chromium() is None, reason=HOW_TO_HAVE_THEM_RUN)


@contextmanager
def launch() -> Iterator[Browser]:
    """Yield a browser that lives while the block lasts."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield one browser for the tests of a module; skip them where there is none.

    Playwright's event loop counts as running in this thread until it is stopped, so a browser that
    lived on would keep the tests of other modules from running one of their own.
    """
    if find_chromium() is None:
        pytest.skip(HOW_TO_HAVE_THEM_RUN)
    with launch() as running:
        yield running


def watch_requests(context: BrowserContext) -> list[str]:
    """Return a list that grows by the address of every request of a context."""
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    return requests


def watch_problems(page: Page) -> list[str]:
    """Return a list that grows by every error and warning in a page's console."""
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: (
            problems.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    return problems


def wait_until(page: Page, condition: str, seconds: float = 30) -> None:
    """Wait until an expression is true in a page.

    `page.wait_for_function` does the same by `eval`, which a page's own policy forbids.
    """
    for _ in range(round(seconds / _POLL)):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(1000 * _POLL)
    pytest.fail(f"after {seconds:g} s it is not so that {condition}")


def list_violations(page: Page) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 AA, each as its rule and its first element."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    return [
        f"{violation['id']} ({violation['impact']}): {violation['nodes'][0]['html'][:200]}"
        for violation in results.response["violations"]
    ]
