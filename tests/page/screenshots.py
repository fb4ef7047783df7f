"""Take the pictures of the listening page: `make screenshots`.

The default voice speaks an example; its words are lit as the page shows them after some seconds.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import ViewportSize

from speechcast import PageSound, make_speech
from tests.support.browser import PHONE, launch, wait_until

EXAMPLE = Path(__file__).parents[2] / "examples" / "kaixue.txt"
SECONDS = 31.5
WINDOW: ViewportSize = {"width": 1100, "height": 700}
VIEWS: list[tuple[str, ViewportSize, Literal["light", "dark"]]] = [
    ("desktop", WINDOW, "light"),
    ("phone", PHONE, "light"),
    ("phone-dark", PHONE, "dark"),
]


def main(folder: Path) -> None:
    """Write a picture of each view into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary, launch() as browser:
        production = make_speech(EXAMPLE, output=temporary, page=PageSound.EMBEDDED)
        for name, viewport, scheme in VIEWS:
            context = browser.new_context(viewport=viewport, color_scheme=scheme)
            page = context.new_page()
            page.goto(production.pages[0].as_uri())
            wait_until(page, "document.documentElement.classList.contains('ready')")
            page.evaluate(f"playFrom({SECONDS}); audio.pause()")
            page.wait_for_timeout(1500)  # the text scrolls to its place
            page.screenshot(path=folder / f"{name}.png")
            context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
