"""Time the whole path of a text, from bytes to subtitles, at three lengths of many patterns.

    python -m benchmarks.growth [CHARACTERS ...]

Each pattern is a short unit repeated to 1,000, 10,000 and 100,000 characters, in one paragraph and,
where the unit has no mark that ends one, in one sentence. The text is read, parsed, tokenized,
placed on a timeline with clips of a known length, segmented, written as SRT, read again, and
compared with its source after a cue at each end was changed. Time that grows with the text shows
as the same microseconds a character in every column. The last column is the ratio of the last two;
`tests/test_growth.py` holds the growth of the work itself, without a clock.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from speechcast.check.text_match import compare_text
from speechcast.documents.document import from_bytes
from speechcast.frontend.utterances import Reader, to_utterances
from speechcast.model import Clip, Span, Utterance, Voice
from speechcast.script.parser import parse
from speechcast.subtitles import style
from speechcast.subtitles.caption import Caption
from speechcast.subtitles.captions import Captions
from speechcast.subtitles.formats import srt
from speechcast.subtitles.read import read_captions
from speechcast.subtitles.segment import segment
from speechcast.timeline import place
from speechcast.voices import presets

LENGTHS = (1_000, 10_000, 100_000)
PATTERNS = {
    "a sentence without an end": "我们今天开会",
    "commas": "好，来",
    "one word": "a",
    "short words": "a b ",
    "word and figure": "顿2",
    "brackets": "（好）",
    "empty brackets": "（）",
    "brackets that never close": "（好",
    "titles that never close": "《好",
    "quotes": "“好”",
    "straight quotes": '"好',
    "quotations inside a clause": "好“好！”",
    "initials with spaces": "A. ",
    "abbreviations before capitals": "Inc. A",
    "numbers of a list": "1. 好 ",
    "full stops": "好。",
    "exclamation marks": "! ",
    "initials": "A.",
    "abbreviations": "p.m. ",
    "dots": ". ",
    "versions": "1.",
    "digits": "1",
    "thousands": "1,111,",
    "ranges": "1-",
    "times": "12:30 ",
    "dates": "2024-01-02 ",
    "shares": "5%",
    "amounts": "$5 ",
    "ordinals": "第",
    "ones": "一",
    "roman numerals": "XI ",
    "dashes": "——好",
    "ellipses": "……好",
    "list marks": "好、",
    "spaces": "好 ",
    "wide spaces": "好　",
    "lines": "好\n",
    "lines that end with a comma": "好，\n",
    "pause marks": "好[停顿]",
    "a pause mark without an end": "[停顿 ",
    "directions": "（掌声）好。",
    "lines of directions": "好\n（掌声）\n",
    "a direction without an end": "(applause a",
    "readings": "重{chóng}庆",
    "substitutions": "{景市|景德镇市}",
    "braces": "{好",
    "addresses": "a@b.c/?d=e&",
    "comparisons": "好<",
    "combining accents": "e\u0301",
    "syllables": "xian",
    "asterisks": "*好*",
    "Markdown pictures": "![",
    "emoji": "😀好",
}


def main() -> None:
    lengths = [int(n) for n in sys.argv[1:]] or LENGTHS
    voice = presets.load("tone")
    run("今天开会。It is 5%.", voice)  # loads the dictionaries
    print(f"{'microseconds a character at':<32}{''.join(f'{n:>10,}' for n in lengths)}     ratio")
    for name, unit in PATTERNS.items():
        costs = [measure(run, repeated(unit, n), voice) / n for n in lengths]
        ratio = costs[-1] / costs[-2] if len(costs) > 1 else 1.0
        print(f"{name:<32}{''.join(f'{1e6 * c:10.0f}' for c in costs)}{ratio:10.1f}", flush=True)


def measure(work: Callable[[str, Voice], object], text: str, voice: Voice) -> float:
    """Return the seconds of CPU time that the work on a text takes."""
    started = time.process_time()
    work(text, voice)
    return time.process_time() - started


def repeated(unit: str, characters: int) -> str:
    """Return the unit, repeated to about this length, after some words."""
    return "今天" + unit * (characters // len(unit)) + "开会"


def run(text: str, voice: Voice) -> None:
    """Take a text all the way to subtitles, and check them."""
    document = from_bytes(text.encode(), "text")
    utterances = to_utterances(parse(document.blocks), {"": Reader(voice, 200)})
    timeline = place(utterances, [silent_clip(u) for u in utterances], {"": voice.pauses})
    for name in ("video", "netflix-en"):
        cues = segment(timeline, style.load(name))
    captions = tuple(read_back(srt.compose(Captions(tuple(cues), timeline, "", voice.language))))
    list(compare_text(captions, document))
    changed = [replace(c, text="改" + c.text) for c in captions[:1]]
    list(compare_text([*changed, *captions[1:-1]], document))


def silent_clip(utterance: Utterance) -> Clip:
    """Return a clip of a fifth of a second for each character that is spoken."""
    spans: list[Span | None] = []
    end = 0
    for token in utterance.tokens:
        length = 200 * sum(c.isalnum() for c in token.spoken)
        spans.append(Span(end, end + length) if length else None)
        end += length
    return Clip(np.zeros(end, dtype=np.int16), 1000, tuple(spans))


def read_back(text: str) -> Iterator[Caption]:
    """Yield the captions of an SRT file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "subtitles.srt"
        path.write_text(text, "utf-8")
        yield from read_captions(path)[0]


if __name__ == "__main__":
    main()
