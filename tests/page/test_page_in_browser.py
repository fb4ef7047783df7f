"""The listening page in a browser: it plays, follows, seeks, searches, remembers and prints."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from speechcast import PageSound
from speechcast.page.writing import make_page
from tests.page.conftest import SPEECH, MadePage, copy_without_word_times, make
from tests.support.browser import (
    DESKTOP,
    PHONE,
    list_violations,
    needs_browser,
    wait_until,
    watch_problems,
    watch_requests,
)
from tests.support.focus import find_covered

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

pytestmark = [needs_browser, pytest.mark.slow]
LIT = """(() => {
  const [range] = CSS.highlights.get("word") ?? [];
  return range ? range.toString() : "";
})()"""


def open_page(browser: Browser, path: Path, **options: Any) -> Page:
    """Return the page in a browser of its own, ready to play."""
    context = browser.new_context(**{"viewport": DESKTOP, **options})
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html.ready")
    return page


@pytest.fixture
def page(browser: Browser, made: MadePage) -> Iterator[Page]:
    page = open_page(browser, made.page)
    yield page
    page.context.close()


def now(page: Page) -> float:
    return float(page.evaluate("audio.currentTime"))


def lit(page: Page) -> str:
    return str(page.evaluate(LIT))


# Where the sound was sent last, however long it has been playing from there.
WATCH_SEEKING = (
    "audio.addEventListener('seeking', () => { globalThis.sought = audio.currentTime; })"
)


def sought(page: Page) -> float:
    wait_until(page, "globalThis.sought !== undefined")  # the event follows the click
    page.evaluate("audio.pause()")
    return float(page.evaluate("globalThis.sought"))


def word_at(made: MadePage, seconds: float) -> str:
    return [word for start, word in made.words if start <= seconds][-1]


def test_nothing_is_asked_of_any_network_and_no_rule_is_broken(
    browser: Browser, made: MadePage
) -> None:
    context = browser.new_context(viewport=DESKTOP)
    requests = watch_requests(context)
    page = context.new_page()
    problems = watch_problems(page)
    page.goto(made.page.as_uri())
    page.wait_for_selector("html.ready")
    page.click("#play")
    wait_until(page, "audio.currentTime > 0.5")
    assert [url for url in requests if not url.startswith("blob:")] == [made.page.as_uri()]
    assert problems == []
    context.close()


def test_the_text_is_text(page: Page, made: MadePage) -> None:
    shown = page.evaluate("textOf.map((node) => node.data)")
    tokens = (t["shown"] for s in made.content["sentences"] for t in s["tokens"])
    assert "".join(shown) == "".join(tokens)
    assert "<script>" in "".join(shown)
    assert page.title().startswith("秋天 </script><script>")
    assert page.eval_on_selector_all("script", "all => all.length") == 2


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def test_the_cues_stand_under_the_waveform(page: Page, made: MadePage) -> None:
    times = page.evaluate("cueStarts.flatMap((start, cue) => [start, cueEnds[cue]])")
    cues = made.content["cues"]
    expected = [cue[edge]["seconds"] * 1000 for cue in cues for edge in ("start", "end")]
    assert times == pytest.approx(expected, abs=10.1)  # in hundredths
    texts = page.evaluate("cueStarts.map((start, cue) => cueBox(cue).textContent)")
    heard = [letters(cue["text"].replace("（掌声）", "")) for cue in cues]
    assert [letters(text) for text in texts] == heard


def test_the_lit_word_is_the_one_that_is_heard(page: Page, made: MadePage) -> None:
    samples = page.evaluate(
        """() => new Promise((resolve) => {
          const samples = [];
          const sample = () => {
            const [range] = CSS.highlights.get("word") ?? [];
            samples.push([audio.currentTime, range ? range.toString() : ""]);
            if (audio.currentTime < 8) requestAnimationFrame(sample); else resolve(samples);
          };
          audio.addEventListener("playing", () => requestAnimationFrame(sample), { once: true });
          element("play").click();
        })"""
    )
    heard = [(time, word) for time, word in samples if time > made.words[0][0] + 0.1]
    assert len(heard) > 20
    for time, word in heard:
        assert word in {word_at(made, time - 0.1), word_at(made, time), word_at(made, time + 0.1)}
    assert len({word for _, word in heard}) > 10


@pytest.mark.parametrize("text", ["四十", "问错", "掌声"])
def test_a_click_on_a_word_plays_from_there(page: Page, made: MadePage, text: str) -> None:
    place = page.evaluate(
        """(text) => {
          const p = textOf.findIndex((node) => node.data.includes(text));
          const from = textOf[p].data.indexOf(text);
          passages[p].scrollIntoView({ block: "center", behavior: "instant" });
          const box = rangeOf(p, from, from + text.length).getBoundingClientRect();
          return [box.left + box.width * 0.8, box.top + box.height / 2];
        }""",
        text,
    )
    page.evaluate(WATCH_SEEKING)
    page.mouse.click(*place)
    time = sought(page)
    index = next((i for i, (_, word) in enumerate(made.words) if word in text), None)
    if index is None:  # a stage direction makes no sound: the word before it is heard
        assert time < made.words[-1][0]
    else:
        assert time == pytest.approx(made.words[index][0], abs=0.01)


def test_the_keys(page: Page, made: MadePage) -> None:
    page.keyboard.press("Space")
    wait_until(page, "!audio.paused")
    page.keyboard.press("Space")
    assert page.evaluate("audio.paused")
    page.evaluate("seekTo(0)")
    page.keyboard.press("ArrowRight")
    assert now(page) == pytest.approx(5, abs=0.01)
    page.keyboard.press("ArrowLeft")
    assert now(page) == 0
    page.keyboard.press("ArrowDown")
    cues = [cue["start"]["seconds"] for cue in made.content["cues"]]
    assert now(page) == pytest.approx(cues[0], abs=0.01)
    page.keyboard.press("]")
    assert page.evaluate("audio.playbackRate") == 1.1
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("时间 f")  # what is typed is no key
    assert page.input_value("#query") == "时间 f"


def test_the_keys_can_be_turned_off(page: Page) -> None:
    page.click("#help-button")
    page.uncheck("#shortcuts")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    assert now(page) == 0
    for _ in range(5):  # a page that is loaded at once may miss what was stored a moment ago
        page.reload()
        page.wait_for_selector("html.ready")
        if not page.is_checked("#shortcuts", timeout=1000):
            return
    pytest.fail("what was chosen is not remembered")


def test_search_finds_every_match_in_either_case(page: Page) -> None:
    page.click("#search-button")
    page.fill("#query", "ｏk")
    assert page.inner_text("#matches") == "1 / 1"
    page.fill("#query", "问题")
    assert page.inner_text("#matches").endswith("/ 3")
    page.keyboard.press("Enter")
    assert page.inner_text("#matches").startswith("2 /")
    assert page.evaluate("[...CSS.highlights.get('match')].map(String)") == ["问题"] * 3
    page.fill("#query", "没有这个词")
    assert page.inner_text("#matches") == "没有找到"
    page.keyboard.press("Escape")
    assert page.is_hidden("#search-bar")


def test_chapters(page: Page, made: MadePage) -> None:
    titles = page.eval_on_selector_all("#chapters button", "all => all.map((b) => b.innerText)")
    assert [title.split("\n")[0].split(" ")[0] for title in titles[1:]] == ["先说时间", "再说问题"]
    page.evaluate(WATCH_SEEKING)
    page.click("#chapters button >> nth=2")
    time = sought(page)
    heading = next(s for s in made.content["sentences"] if s["text"].startswith("再说问题"))
    assert time == pytest.approx(heading["start"]["seconds"], abs=0.01)
    assert page.get_attribute("#chapters button >> nth=2", "aria-current") == "true"


def test_it_remembers_where_you_stopped_and_starts_over(page: Page) -> None:
    page.evaluate("seekTo(12)")
    page.select_option("#speed", "1.5")
    page.click("#language-button")
    wait_until(page, "localStorage.length === 2")
    page.reload()
    page.wait_for_selector("html.ready")
    assert now(page) == pytest.approx(12, abs=0.5)
    assert page.evaluate("audio.playbackRate") == 1.5
    assert page.inner_text("#notice-text") == "You stopped at 0:12."
    assert page.evaluate("isInSight()")
    page.click("#notice-button")
    page.evaluate("audio.pause()")
    assert now(page) < 2
    page.evaluate("seekTo(soundLength()); audio.play()")
    wait_until(page, "audio.ended")
    page.reload()
    page.wait_for_selector("html.ready")
    assert now(page) == 0


def test_the_text_follows_until_you_scroll_away(browser: Browser, made: MadePage) -> None:
    page = open_page(browser, made.page, viewport={"width": 390, "height": 480})
    page.evaluate("seekTo(soundLength() - 3)")
    wait_until(page, "isInSight()")
    assert page.is_hidden("#follow")
    page.wait_for_timeout(1100)  # our own scroll is over
    page.mouse.move(100, 200)
    page.mouse.wheel(0, -5000)
    page.wait_for_selector("#follow", state="visible")
    page.click("#follow")
    wait_until(page, "isInSight()")
    assert page.is_hidden("#follow")
    page.context.close()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(
    browser: Browser, made: MadePage, viewport: ViewportSize, scheme: str
) -> None:
    page = open_page(browser, made.page, viewport=viewport, color_scheme=scheme)
    page.evaluate("playFrom(8); audio.pause()")
    assert list_violations(page) == []
    page.click("#search-button")
    page.fill("#query", "问题")
    assert list_violations(page) == []
    page.keyboard.press("Escape")
    page.click("#help-button")
    assert list_violations(page) == []
    page.context.close()


def test_it_is_as_wide_as_a_narrow_window(browser: Browser, made: MadePage) -> None:
    page = open_page(browser, made.page, viewport={"width": 320, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("#speed").evaluate("(node) => node.getBoundingClientRect().right") <= 320
    page.context.close()


def test_the_waveform_is_seen_in_the_colours_of_the_user(browser: Browser, made: MadePage) -> None:
    page = open_page(browser, made.page, forced_colors="active")
    ground, wave, heard = page.evaluate(
        """[getComputedStyle(document.body).backgroundColor, resolveColour("--wave"),
            resolveColour("--accent")]"""
    )
    assert len({ground, wave, heard}) == 3
    page.context.close()


def test_it_prints_as_a_transcript(page: Page) -> None:
    page.evaluate("playFrom(8); audio.pause()")
    page.emulate_media(media="print")
    visible = "all => all.filter((node) => node.checkVisibility()).map((node) => node.id)"
    assert page.eval_on_selector_all("#top, #player, #contents, #follow, .at", visible) == []
    paragraphs = page.inner_text("article").split("\n")
    assert paragraphs[0].startswith("秋天的第一堂课")
    assert paragraphs[-1] == "（掌声）谢谢大家！"
    assert not any(line.strip().replace(":", "").isdigit() for line in paragraphs)


def test_the_switch_changes_every_text(page: Page) -> None:
    texts = "all => all.map((n) => (n.ariaLabel ?? '') + n.innerText + (n.title ?? ''))"
    page.click("#language-button")
    page.click("#help-button")
    shown = page.eval_on_selector_all(
        "#top button, #player [aria-label], #help, #contents h2, .skip, .at", texts
    )
    assert not any("\u4e00" <= c <= "\u9fff" for text in shown for c in text.replace("中文", ""))
    assert page.get_attribute("html", "lang") == "en"


def test_a_linked_sound_plays_beside_the_page_alone(
    browser: Browser, tmp_path: Path, made: MadePage
) -> None:
    linked = make(tmp_path, SPEECH, PageSound.LINKED)
    page = open_page(browser, linked.page)
    page.evaluate("playFrom(5); audio.pause()")
    assert lit(page) == word_at(made, 5)
    page.context.close()
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(linked.page, alone)
    page = browser.new_page()
    page.goto((alone / linked.page.name).as_uri())
    wait_until(page, "!element('notice').hidden && element('notice').className.includes('error')")
    assert "speech.mp3" in page.inner_text("#notice-text")
    page.close()


def test_a_page_of_subtitles_without_times_of_words_says_so(
    browser: Browser, made: MadePage, page: Page, tmp_path: Path
) -> None:
    page.click("#help-button")
    assert page.is_hidden("#cue-note")
    sound = copy_without_word_times(made.audio, tmp_path)
    made_of_srt = make_page(sound, made.audio.with_suffix(".srt")).page
    other = open_page(browser, made_of_srt)
    other.evaluate("playFrom(9); audio.pause()")
    cue = [c for c in made.content["cues"] if c["start"]["seconds"] <= 9][-1]
    assert letters(lit(other)) == letters(cue["text"])
    other.click("#help-button")
    assert other.is_visible("#cue-note")
    other.context.close()


def test_a_browser_that_cannot_unpack_the_times_plays_and_says_so(
    browser: Browser, made: MadePage
) -> None:
    context = browser.new_context(viewport=DESKTOP)
    context.add_init_script("delete globalThis.DecompressionStream")
    page = context.new_page()
    problems = watch_problems(page)
    page.goto(made.page.as_uri())
    page.wait_for_selector("html.ready")
    assert "太旧" in page.inner_text("#notice-text")
    page.click("#play")
    wait_until(page, "audio.currentTime > 0.3")
    page.keyboard.press("ArrowDown")
    page.mouse.click(700, 300)
    page.click("#search-button")
    page.fill("#query", "问题")
    assert page.inner_text("#matches") == "1 / 3"
    assert problems == []
    context.close()


def test_the_text_is_readable_without_javascript(browser: Browser, made: MadePage) -> None:
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    page = context.new_page()
    page.goto(made.page.as_uri())
    assert page.inner_text("article").split("\n")[-1] == "（掌声）谢谢大家！"
    assert page.locator("article button").count() == 0  # it would do nothing
    context.close()


def test_an_older_browser_has_a_lamp_over_the_text(browser: Browser, made: MadePage) -> None:
    context = browser.new_context(viewport=DESKTOP)
    context.add_init_script("delete globalThis.Highlight; delete Uint8Array.fromBase64")
    page = context.new_page()
    problems = watch_problems(page)
    page.goto(made.page.as_uri())
    page.wait_for_selector("html.ready")
    page.evaluate("playFrom(8); audio.pause()")
    # both in one script, since the page may still be scrolling to the word
    lamp, word = page.eval_on_selector(
        ".lamp", "(lamp) => [lamp.getBoundingClientRect().top, litBox().top]"
    )
    assert lamp == pytest.approx(word, abs=1)
    assert problems == []
    context.close()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_what_has_the_focus_is_not_under_a_bar(
    browser: Browser, long_page: MadePage, viewport: ViewportSize, key: str
) -> None:
    page = open_page(browser, long_page.page, viewport=viewport)
    page.keyboard.press("/")
    page.fill("#query", "第")
    assert find_covered(page, 70, key) == []
