"""Online voices against a service on loopback: speed and load.

    python -m benchmarks online
    python -m benchmarks.online [throttling] [thousand] [killed]

The rows compare with the `edge-tts` command, with the same text and the same service, whose latency
is 300 ms and which makes sound at 20 times real time (200 times from 600 sentences on, or the
command alone would take a quarter of an hour for 6,000).

throttling:  a service that answers 429 above 8 in flight, against a limit of 8 from the start.
thousand:    1,000 sentences with a fault in one of five, ten times over.
killed:      50 times SIGKILL at a random moment, each followed by a whole run.

What goes wrong, fault by fault, is in benchmarks/online_faults.py.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.cli.test_online_command import killed_again_and_again, sentence
from tests.engines.test_edge_faults import a_thousand_sentences
from tests.support.edge_command import command_line
from tests.support.edge_service import Conditions, EdgeService
from tests.support.edge_sound import Request, synthesize

from benchmarks.rows import Plan, Row, Run, run_command
from speechcast.synthesis.clip_cache import ClipCache
from speechcast.voices import presets

CONDITIONS = Conditions(latency=0.3, speed=20)
FAST = replace(CONDITIONS, speed=200)
VOICE = presets.load("xiaoxiao")


@dataclass(frozen=True)
class Recording:
    """What a command took with a service of its own.

    Attributes:
        run: The command's cost.
        recording: The seconds from its first request to its last answer.
        answered: When each answer was complete, in seconds, sorted.
        refused: How many requests were refused.
    """

    run: Run
    recording: float
    answered: Sequence[float]
    refused: int


def online(plan: Plan) -> Iterator[Row]:
    """Yield the rows of speeches that an online voice speaks."""
    yield from compare(plan, [formal_sentence(n) for n in range(60)], CONDITIONS, 3)
    if not plan.quick:
        yield from compare(plan, [sentence(n) for n in range(600)], FAST, 2)
        yield from compare(plan, [sentence(n) for n in range(6000)], FAST, 1)
    yield from edited(plan)


def compare(plan: Plan, texts: Sequence[str], conditions: Conditions, rounds: int) -> Iterator[Row]:
    """Yield the rows of a speech of these sentences, against the `edge-tts` command."""
    source = write_source(plan.folder, texts)
    encode_ahead([*texts, *list_pieces(source)])
    media = ["--write-media", str(plan.folder / "theirs.mp3")]
    subtitles = ["--write-subtitles", str(plan.folder / "theirs.srt")]
    edge_tts = ["edge_tts", "-f", str(source), "-v", VOICE.voice, *media, *subtitles]
    ours, theirs = [], []
    for n in range(plan.rounds(rounds)):
        clips = plan.folder / f"clips-{len(texts)}-{n}"
        ours.append(record(make_command(source), clips, conditions))
        theirs.append(record(edge_tts, clips, conditions))
    name = f"{len(texts):,} sentences online"
    yield Row(
        f"{name}: recording",
        "edge-tts",
        tuple(o.recording for o in ours),
        tuple(t.recording for t in theirs),
        note="From the first request to the last answer.",
    )
    yield Row(
        f"{name}, whole",
        "edge-tts",
        tuple(o.run.seconds for o in ours),
        tuple(t.run.seconds for t in theirs),
        note=f"The service makes sound at {conditions.speed:.0f} times real time, "
        f"after {conditions.latency * 1000:.0f} ms.",
    )


def edited(plan: Plan) -> Iterator[Row]:
    """Yield the row of a speech of 600 sentences of which one changed."""
    texts = [sentence(n) for n in range(60 if plan.quick else 600)]
    encode_ahead(texts)
    clips = plan.folder / "clips-edited"
    first = record(make_command(write_source(plan.folder, texts)), clips, FAST)
    again = []
    for n in range(plan.rounds(3)):
        texts[len(texts) * (n + 1) // 5] = f"这一句改了{n + 2}次。"
        before = ClipCache(clips).summary().entries
        changed = record(make_command(write_source(plan.folder, texts)), clips, FAST)
        again.append(changed.run.seconds)
        assert ClipCache(clips).summary().entries == before + 1
    yield Row(
        f"{len(texts)} sentences online, one edited",
        "the first time",
        tuple(again),
        (first.run.seconds,) * len(again),
        note="One sentence is requested.",
    )


def main() -> None:
    """Run the parts named on the command line, or all."""
    parts: dict[str, Callable[[Path], None]] = {
        "throttling": throttling,
        "thousand": thousand,
        "killed": killed,
    }
    for name in sys.argv[1:] or parts:
        print(f"{name}:")
        with tempfile.TemporaryDirectory() as folder:
            parts[name](Path(folder))


def throttling(folder: Path, most: int = 8, number: int = 400) -> None:
    texts = [sentence(n) for n in range(number)]
    source = write_source(folder, texts)
    encode_ahead(texts)
    known = record(make_command(source, "--jobs", str(most)), folder / "known")
    aware = throughput(known.answered)
    for retry_after in (None, "2"):
        limited = replace(CONDITIONS, max_at_once=most, retry_after=retry_after)
        unaware = record(make_command(source), folder / f"unknown-{retry_after}", limited)
        discovered = throughput(unaware.answered)
        print(
            f"  Retry-After {retry_after}: {discovered:.1f} answers a second, "
            f"{discovered / aware:.0%} of the {aware:.1f} of --jobs {most}; "
            f"{unaware.refused} of {number + unaware.refused} refused"
        )


def thousand(folder: Path, times: int = 10) -> None:
    del folder
    for _ in range(times):
        started = time.perf_counter()
        a_thousand_sentences(random.randrange(10**6))
        print(f"  whole, in order, none twice ({time.perf_counter() - started:.0f} s)")


def killed(folder: Path, times: int = 50) -> None:
    twice = killed_again_and_again(folder, times, seed=random.randrange(10**6))
    print(f"  killed {times} times, the same files every time; sentences asked for twice, all of")
    print("  them in flight: " + ", ".join(f"{n} ({c} times)" for n, c in sorted(twice.items())))


def formal_sentence(number: int) -> str:
    """Return a sentence as long as those of formal speeches.

    It has 13 to 103 characters, 58 on average. No clause stands in two of them, since what stands
    twice in a speech is spoken once; and no figure in any, so that they are sent as they stand.
    """
    groups = (sentence(4 * number + n)[:5] for n in range(number % 4))
    clauses = [f"{group}组要团结一心，攻坚克难，推动各项事业取得新的进步" for group in groups]
    return "，".join([sentence(number)[:-1], *clauses]) + "。"


def write_source(folder: Path, texts: Sequence[str]) -> Path:
    source = folder / "online.txt"
    source.write_text("\n".join(texts), encoding="utf-8")
    return source


def make_command(source: Path, *options: str) -> list[str]:
    output = str(source.parent / "out")
    return ["speechcast", "make", str(source), "-v", VOICE.name, "-o", output, *options]


def list_pieces(source: Path) -> list[str]:
    """Return the texts in which the `edge-tts` command requests a file."""
    from edge_tts import Communicate

    text = source.read_text(encoding="utf-8")
    return [piece.decode() for piece in Communicate(text, VOICE.voice).texts]


def encode_ahead(texts: Sequence[str]) -> None:
    """Let the service encode each text before anything is timed."""
    for text in texts:
        synthesize(Request(text, VOICE.voice, "+0%", "+0Hz", "+0%", word_boundaries=True))


def record(words: Sequence[str], clips: Path, conditions: Conditions = CONDITIONS) -> Recording:
    """Run a module with a service of its own and a store of clips."""
    with EdgeService(conditions=conditions) as service:
        run = run_command(command_line(service, *words), {"SPEECHCAST_CACHE": str(clips)})
        journal = service.journal
        answered = sorted(journal.answered.values())
        return Recording(run, journal.ended - journal.began, answered, journal.refused)


def throughput(answered: Sequence[float]) -> float:
    """Return the answers per second in the middle half of a recording."""
    middle = answered[len(answered) // 4 : -len(answered) // 4]
    return (len(middle) - 1) / (middle[-1] - middle[0])


if __name__ == "__main__":
    main()
