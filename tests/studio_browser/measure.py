"""How quick the studio's page is: `python -m tests.studio_browser.measure`.

From the start of the command to the first sound of a pasted sentence; the time of a retake: from
the click that changes a sentence's rate to its sound. Both with the voice `narrator`, and no clip
of another run.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Response

from tests.studio_browser.pages import select
from tests.studio_browser.studio_server import run_studio
from tests.support.browser import launch

SENTENCES = "各位老师、同学们，早上好！今年我们学校有了新的图书馆。谢谢大家。"
RETAKES = 5


@contextmanager
def timed(label: str, pid: int = 0) -> Iterator[None]:
    """Print how long a block takes, and how much of the processor a process takes for it."""
    begin, used = time.monotonic(), cpu_seconds(pid)
    yield
    wall = time.monotonic() - begin
    print(f"{label}: {wall:.2f} s" + (f", server {cpu_seconds(pid) - used:.2f} s" if pid else ""))


def cpu_seconds(pid: int) -> float:
    """Return the processor seconds of a process, as Linux counts them; 0 for none."""
    if not pid:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as folder, launch() as browser:
        os.environ["SPEECHCAST_CACHE"] = str(Path(folder, "clips"))
        page = browser.new_page(locale="zh-CN")
        page.set_default_timeout(180_000)
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 it sets attributes
        with timed("from the command to the first sound"):
            studio_run = run_studio(Path(folder, "projects"))
            studio = studio_run.__enter__()
            with timed("  of which from the page's address to the first page"):
                page.goto(studio.address)
                page.wait_for_selector("#new-text")
            with timed("  of which from pasting to the first sound"):
                page.fill("#new-text", SENTENCES)
                page.keyboard.press("Control+Enter")
                page.click('.sentence[data-number="1"] .play')
                page.wait_for_selector('.play[data-status="playing"]')
        static = [r for r in answers if r.url.startswith(studio.base) and "/api/" not in r.url]
        weight = sum(int(r.headers.get("content-length", 0)) for r in static)
        print(f"the page: {len(static)} files, {weight} bytes")
        select(page, 3)
        for _ in range(RETAKES):
            page.wait_for_selector('.play[data-status="playing"]', state="detached")
            with timed("a retake", studio.pid):
                page.click("[data-focus=rate-1]")
                page.click("[data-focus=take-current]")
                page.wait_for_selector('.take[data-status="playing"]')
        browser.close()
        studio_run.__exit__(None, None, None)


if __name__ == "__main__":
    main()
