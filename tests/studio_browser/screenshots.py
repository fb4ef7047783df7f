"""Pictures of the studio in every state: `python -m tests.studio_browser.screenshots FOLDER`.

`--all` draws every state at both widths, light and dark; without it, the six for the manual.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tests.studio_browser.pages import open_cues, open_project, record_all, select
from tests.studio_browser.studio_server import Studio, run_studio
from tests.support.browser import DESKTOP, PHONE, launch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

SPEECH = """# 在2026年秋季开学典礼上的讲话

各位老师、各位家长，亲爱的同学们：

早上好！今天，我们迎来了3,200名新同学，比去年多了5.2%。操场边的银杏刚刚开始变黄，你们的书包已经装得满满的了。

## 先说说时间

一个学年大约有40周，每周5天，听起来很长；可是等你们回头看的时候，它会像一阵风，从教室的窗前吹过去。所以我想请大家做一件小事：每天写下一句话，写你今天学会了什么。

## 再说说问题

愿你们在这一年里长高、长大、长本事，愿每一个清晨都值得期待。谢谢大家！
"""
ENGLISH = """# Opening the new library

Dear teachers, dear students, good morning! Today 3,200 books move into 12 new rooms.

A library is a place where a question is never too small. Come with one, and leave with three.
"""
Scheme = Literal["light", "dark"]
RATES = count(1)  # in per cent: what is recorded at another was never recorded
Draw = Callable[["Page", Studio, str], None]


def draw_home(page: Page, studio: Studio, _: str) -> None:
    page.goto(f"{studio.base}/#/")
    page.wait_for_selector(".project-list .muted:has-text(':')")


def draw_empty(page: Page, studio: Studio, project_id: str) -> None:
    page.route("**/api/projects", lambda route: route.fulfill(json=[]))
    open_project(page, studio, project_id)
    page.goto(f"{studio.base}/#/")
    page.wait_for_selector(".projects:not([aria-busy]) .empty")


def draw_opening(page: Page, studio: Studio, project_id: str) -> None:
    page.route("**/api/projects/*", lambda _: None)  # it never answers
    page.goto(f"{studio.base}/#/projects/{project_id}")
    page.wait_for_selector(".page-wait")


def draw_long(page: Page, studio: Studio, _: str) -> None:
    title = f"在第{'四十' * 20}届ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ年会上的讲话"
    project_id = studio.create(f"# {title}\n\n{'谢谢' * 60}。\n\n大家好。")
    open_project(page, studio, project_id)
    select(page, 2)


def draw_recording(page: Page, studio: Studio, _: str) -> None:
    project_id = studio.create(SPEECH, voice="narrator", rate=next(RATES))
    open_project(page, studio, project_id)
    page.locator(".record-area button").click()
    page.wait_for_selector('.sentence .play[data-state="recorded"]', timeout=120_000)


def draw_findings(page: Page, studio: Studio, _: str) -> None:
    short = "# 讲话\n\n谢谢。\n\n早。\n\n"  # shown for less time than this style allows
    project_id = studio.create(short + SPEECH, rate=100, style="netflix-zh")
    open_project(page, studio, project_id)
    record_all(page)
    open_cues(page)
    page.wait_for_selector(".findings li")


def draw_retake(page: Page, studio: Studio, _: str) -> None:
    project_id = studio.create(SPEECH)
    open_project(page, studio, project_id)
    record_all(page)
    select(page, 3)
    page.click("[data-focus=rate-1]")
    page.wait_for_selector("[data-focus=take-previous]")


def draw_offline(page: Page, studio: Studio, project_id: str) -> None:
    page.route("**/events", lambda route: route.abort())
    open_project(page, studio, project_id)
    page.wait_for_selector(".offline:not([hidden])")


def draw_script(page: Page, studio: Studio, project_id: str) -> None:
    open_project(page, studio, project_id)


def draw_sentence(page: Page, studio: Studio, project_id: str) -> None:
    open_project(page, studio, project_id)
    select(page, 4)
    page.locator('.chip:has-text("5.2%")').click()


def draw_settings(page: Page, studio: Studio, project_id: str) -> None:
    open_project(page, studio, project_id)
    open_settings(page)


def draw_voices(page: Page, studio: Studio, project_id: str) -> None:
    draw_settings(page, studio, project_id)
    page.click(".voice-card")
    page.wait_for_selector(".voice")


def draw_cues(page: Page, studio: Studio, project_id: str) -> None:
    open_project(page, studio, project_id)
    open_cues(page)
    page.wait_for_selector(".verdict > *")
    page.click(".cue >> nth=3")


def draw_asking(page: Page, studio: Studio, project_id: str) -> None:
    draw_voices(page, studio, project_id)
    page.locator('.voice:has(strong:text-is("xiaoxiao")) .play').click()
    page.wait_for_selector(".address")


def draw_files(page: Page, studio: Studio, project_id: str) -> None:
    open_project(page, studio, project_id)
    page.click(".head .button-primary")
    page.wait_for_selector(".files", timeout=120_000)


def draw_error(page: Page, studio: Studio, project_id: str) -> None:
    draw_settings(page, studio, project_id)
    page.fill("#fit", "soon")
    page.click("[data-focus=save-fit]")
    page.wait_for_selector(".message-error")


def draw_missing(page: Page, studio: Studio, _: str) -> None:
    page.goto(f"{studio.base}/#/projects/nowhere")
    page.wait_for_selector("[role=alert]")


def draw_keys(page: Page, studio: Studio, project_id: str) -> None:
    open_project(page, studio, project_id)
    page.keyboard.press("?")
    page.wait_for_selector(".keys")


def open_settings(page: Page) -> None:
    """Show the settings, also where the panel is a sheet."""
    if page.locator(".panel-open").is_visible():
        page.click(".panel-open")
    page.click("#for-settings")


LOOKS: list[tuple[str, ViewportSize, Scheme]] = [
    ("zh-CN", DESKTOP, "light"),
    ("en", DESKTOP, "dark"),
    ("en", PHONE, "light"),
    ("zh-CN", PHONE, "dark"),
]
STATES: dict[str, Draw] = {
    "home": draw_home,
    "empty": draw_empty,
    "opening": draw_opening,
    "long": draw_long,
    "recording": draw_recording,
    "findings": draw_findings,
    "retake": draw_retake,
    "offline": draw_offline,
    "script": draw_script,
    "sentence": draw_sentence,
    "settings": draw_settings,
    "voices": draw_voices,
    "cues": draw_cues,
    "asking": draw_asking,
    "files": draw_files,
    "error": draw_error,
    "missing": draw_missing,
    "keys": draw_keys,
}
MANUAL: list[tuple[str, str, ViewportSize, Scheme]] = [
    ("script", "zh-CN", DESKTOP, "light"),
    ("sentence", "zh-CN", DESKTOP, "light"),
    ("voices", "en", DESKTOP, "light"),
    ("cues", "zh-CN", DESKTOP, "dark"),
    ("home", "zh-CN", PHONE, "light"),
    ("sentence", "zh-CN", PHONE, "dark"),
]


@contextmanager
def show(
    browser: Browser, studio: Studio, language: str, size: ViewportSize, scheme: Scheme
) -> Iterator[Page]:
    """Yield a page in a fresh profile."""
    context = browser.new_context(
        locale=language,
        viewport=size,
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(studio.address)
    page.wait_for_selector("#new-text")
    yield page
    context.close()


def prepare_projects(browser: Browser, studio: Studio, voice: str) -> dict[str, str]:
    """Make the projects that are shown, the Chinese one recorded; return their ids by language."""
    chinese = studio.create(SPEECH, voice=voice)
    english = studio.create(ENGLISH, voice="heart")
    with show(browser, studio, "zh-CN", DESKTOP, "light") as page:
        open_project(page, studio, chinese)
        record_all(page, 300)
    return {"zh-CN": chinese, "en": english}


def main() -> None:
    """Draw the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="every state, not only the manual's")
    parser.add_argument("--states", default=",".join(STATES), help="of these, with --all")
    parser.add_argument("--voice", default="narrator", help="of the Chinese speech")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    everything: list[tuple[str, str, ViewportSize, Scheme]] = [
        (state, language, size, scheme)
        for state in arguments.states.split(",")
        for language, size, scheme in LOOKS
        if language == "zh-CN" or state not in {"cues", "sentence", "asking"}
    ]
    with (
        tempfile.TemporaryDirectory() as projects,
        launch() as browser,
        run_studio(Path(projects)) as studio,
    ):
        ids = prepare_projects(browser, studio, arguments.voice)
        for state, language, size, scheme in everything if arguments.all else MANUAL:
            with show(browser, studio, language, size, scheme) as page:
                STATES[state](page, studio, ids[language])
                page.wait_for_timeout(300)
                width = "phone" if size is PHONE else "desktop"
                path = arguments.folder / f"{state}-{width}-{scheme}-{language[:2]}.png"
                page.screenshot(path=path)
                print(path, path.stat().st_size)
            for project in studio.call("GET", "/projects"):
                studio.call("POST", f"/projects/{project['id']}/cancel")


if __name__ == "__main__":
    main()
