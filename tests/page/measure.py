"""How heavy and how quick the page of a long speech is: `python -m tests.page.measure HOURS`.

The text is the examples', over and over; a word is heard for about as long as the embedded voices
need for it, and the sound is a minute of noise, over and over. Frames are those that the browser
draws; what a page costs beside them is the processor time of its main thread in each second.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from speechcast.audio.file_activity import AudioActivity
from speechcast.audio.tags.model import TimedRange
from speechcast.page.page import compose
from speechcast.page.sound import link
from speechcast.page.transcript import TimedParagraph, Transcript
from speechcast.page.waveform import measure_waveform
from speechcast.page.writing import MOST_LEVELS, STEP
from speechcast.subtitles.caption import Caption
from tests.support.browser import DESKTOP, launch, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

EXAMPLES = Path(__file__).parents[2] / "examples"
HOUR = 3_600_000  # milliseconds
WORD = re.compile(r"[\u4e00-\u9fff]{1,2}|[A-Za-z0-9]+")
CHARACTER = [150, 175, 200, 225, 250]  # milliseconds; the voices' frames have 25
PAUSES = {"。": 600, "！": 600, "？": 600, "，": 250, "、": 150, "；": 400, "：": 400}
CUE = 18  # characters
SECONDS = 12  # of a measurement
RECORD = """(seconds) => new Promise((resolve) => {
  const times = [];
  const note = (time) => {
    times.push(time);
    if (time - times[0] < seconds * 1000) requestAnimationFrame(note); else resolve(times);
  };
  requestAnimationFrame(note);
})"""
SCROLL = """(pixels) => {
  scrollTo({ top: 0, behavior: "instant" });
  const step = () => {
    scrollBy({ top: pixels, behavior: "instant" });
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}"""


def speak(text: str, now: int, chance: random.Random) -> tuple[TimedParagraph, list[Caption], int]:
    """Return a paragraph that is heard from `now` on, its cues, and when it ends."""
    words: list[TimedRange] = []
    cues: list[Caption] = []
    begin = 0
    for match in WORD.finditer(text):
        words.append(TimedRange(match.start(), match.end(), now))
        now += sum(chance.choice(CHARACTER) for _ in match[0][:4])
        pause = PAUSES.get(text[match.end() : match.end() + 1], 0)
        if pause or match.end() - words[begin].start >= CUE:
            first = words[begin]
            cues.append(Caption(first.time, now, text[first.start : match.end()]))
            begin = len(words)
        now += pause
    return TimedParagraph(text, tuple(words)), cues, now + 900


def speak_for(hours: float) -> tuple[Transcript, int]:
    """Return a speech of so many hours, and its length in milliseconds."""
    chance = random.Random(20)
    files = ("kaixue.txt", "report.txt", "interview.txt")
    lines = [line for name in files for line in (EXAMPLES / name).read_text("utf-8").split("\n")]
    texts = [line.strip() for line in lines if len(line) > 40]
    passages: list[TimedParagraph] = []
    cues: list[Caption] = []
    now = 300
    while now < hours * HOUR:
        passage, more, now = speak("".join(chance.sample(texts, 2)), now, chance)
        passages.append(passage)
        cues += more
    speech = Transcript(title="长", language="zh-CN", passages=tuple(passages), cues=tuple(cues))
    return speech, now


def write_page(folder: Path, hours: float) -> Path:
    """Write a page and its sound; print what it weighs."""
    speech, length = speak_for(hours)
    noise = np.random.default_rng(20)
    power = np.square(noise.random(length * 2 // 5) * 0.3)  # frames of 2.5 ms
    wave = measure_waveform(AudioActivity(24_000, length * 24, power, ()), STEP, MOST_LEVELS)
    sound = folder / "long.mp3"
    write_sound(sound, length // 60_000 + 1)
    page = folder / "long.html"
    page.write_text("".join(compose(speech, wave, link(sound, folder))), "utf-8", newline="")
    text = sum(len(passage.text.encode()) for passage in speech.passages)
    words = sum(len(passage.ranges) for passage in speech.passages)
    print(
        f"{hours:g} h: {page.stat().st_size} bytes, {text} of them text; {words} words, "
        f"{len(speech.cues)} cues, {len(speech.passages)} paragraphs"
    )
    return page


def write_sound(path: Path, minutes: int) -> None:
    """Write so many minutes of noise as an MP3 of frames alone."""
    one = path.with_name("one.mp3")
    noise = np.random.default_rng(20).normal(scale=2000, size=16_000 * 60).astype(np.int16)
    bare = {"write_xing": "0", "id3v2_version": "0"}
    with av.open(str(one), "w", format="mp3", options=bare) as container:
        stream = container.add_stream("libmp3lame", rate=16_000, layout="mono")
        stream.bit_rate = 24_000
        frame = av.AudioFrame.from_ndarray(noise[None, :], format="s16p", layout="mono")
        frame.sample_rate = 16_000
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    with path.open("wb") as out:
        for _ in range(minutes):
            out.write(one.read_bytes())


def read_metrics(session: CDPSession) -> dict[str, float]:
    """Return the browser's own metrics of a page, by name."""
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    return {metric["name"]: metric["value"] for metric in metrics}


def report_frames(page: Page, session: CDPSession, label: str) -> None:
    """Print how many frames are drawn in a second, and how busy the page is."""
    before = read_metrics(session)
    times: list[float] = page.evaluate(RECORD, SECONDS)
    after = read_metrics(session)
    lengths = sorted(b - a for a, b in pairwise(times))
    busy = {k: after[k] - before[k] for k in ("TaskDuration", "ScriptDuration", "LayoutDuration")}
    rate = 1000 * len(lengths) / (times[-1] - times[0])
    print(
        f"{label}: {rate:.1f} frames a second, median {lengths[len(lengths) // 2]:.1f} ms, "
        f"99 % {lengths[int(0.99 * len(lengths))]:.1f}, longest {lengths[-1]:.1f}; busy "
        + ", ".join(f"{name[:-8].lower()} {1000 * v / SECONDS:.0f}" for name, v in busy.items())
        + " ms a second",
        flush=True,
    )


def measure(page: Page, hours: float) -> None:
    """Measure a page that is open: following at two speeds, scrolling, memory."""
    session = page.context.new_cdp_session(page)
    # The processor's time, not the clock's: it counts only while the page runs.
    session.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
    session.send("Performance.enable")
    report_frames(page, session, "idle")
    for speed in (1, 2):
        page.evaluate(f"setSpeed({speed}); playFrom({hours * 1800})")
        wait_until(page, "!audio.paused && audio.readyState > 2")
        page.wait_for_timeout(1500)
        report_frames(page, session, f"following at {speed}×")
    page.evaluate("audio.pause()")
    page.evaluate(SCROLL, 40)
    report_frames(page, session, "scrolling 40 pixels a frame")
    metrics = read_metrics(session)
    print(f"heap {metrics['JSHeapUsedSize'] / 1e6:.1f} MB, {metrics['Nodes']:.0f} nodes")


def main(hours: float) -> None:
    """Measure the page of a speech of so many hours."""
    with tempfile.TemporaryDirectory() as folder, launch() as browser:
        path = write_page(Path(folder), hours)
        page = browser.new_page(viewport=DESKTOP)
        page.goto(path.as_uri())
        page.wait_for_selector("html.ready", timeout=120_000)
        loaded = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
        print(f"shown after {page.evaluate(loaded):.0f} ms")
        measure(page, hours)


if __name__ == "__main__":
    main(float(sys.argv[1]))
