"""The embedded voice, against other ways to run the same model.

Every figure is that of a whole process, from its start to its exit, with an empty store of clips.
The others get our phonemes, so that all speak the same, and so need not find them; they write a WAV
file, we an MP3 at one loudness, and subtitles.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from tests.cli.test_online_command import sentence

from benchmarks.online import formal_sentence
from benchmarks.rows import Plan, Row, Run, alternate, run_command
from speechcast import documents
from speechcast.engines.kokoro.engine import SAMPLES_PER_FRAME, Kokoro
from speechcast.engines.kokoro.files import MODEL, STYLE_SIZE, find_voice_file
from speechcast.engines.kokoro.vocabulary import VOCABULARY
from speechcast.frontend import utterances
from speechcast.model import Utterance
from speechcast.script import parser
from speechcast.voices import presets

RIVALS = Path(__file__).with_name("rivals")
NO_TORCH = "not measured: its environment is made by `make bench TORCH=1`"
SYMBOLS = {number: symbol for symbol, number in VOCABULARY.items()}
FORMAL = 48  # sentences of some ten minutes


def sentence_after_sentence(plan: Plan) -> Iterator[Row]:
    """Yield the rows of a speech, against the packages that run the model plainly."""
    work = write_work(plan, plan.speech)
    ours: list[Run] = []
    onnx: list[Run] = []
    torch: list[Run] = []
    most_torch = plan.rounds(2) if is_installed(plan, "kokoro") else 0  # it takes minutes
    for number in range(plan.rounds(3)):
        ours.append(make(plan.speech, plan.folder / f"whole-{number}"))
        onnx.append(speak(plan, "kokoro_onnx_speak.py", work))
        if len(torch) < most_torch:
            torch.append(speak(plan, "kokoro_speak.py", work))
    name = f"{count_minutes(work):.1f} minutes of speech"
    yield from compare_runs(name, "kokoro-onnx", ours, onnx, ONNX_NOTE)
    torch_note = TORCH_NOTE if torch else NO_TORCH
    yield from compare_runs(name, "kokoro (PyTorch)", ours[: len(torch)], torch, torch_note)


def compare_runs(
    name: str, alternative: str, ours: Sequence[Run], theirs: Sequence[Run], note: str
) -> Iterator[Row]:
    """Yield the row of the time, and that of the memory if there is any."""
    yield Row(name, alternative, seconds(ours), seconds(theirs), note=note)
    if theirs:
        yield Row(f"{name}: memory", alternative, peaks(ours), peaks(theirs), "MB")


ONNX_NOTE = (
    "The same model file and the same phonemes, sentence after sentence. Theirs is a script of ten "
    "lines on that package as it comes: all cores for each sentence, and a WAV file."
)
TORCH_NOTE = (
    "The author's package on the processor. Where his weights are not at hand (they are on the "
    "Hugging Face hub alone), its network has random ones: its time does not depend on them, only "
    "on the lengths of the sounds, which are set to ours."
)


def one_sentence(plan: Plan) -> Iterator[Row]:
    """Yield the rows of a speech of one sentence, new and spoken before."""
    speech = plan.folder / "one.txt"
    speech.write_text(sentence(1), encoding="utf-8")
    work = write_work(plan, speech)
    clips = plan.folder / "one"
    rounds = plan.rounds(5)
    yield Row(
        "one sentence",
        "kokoro-onnx",
        *alternate(
            lambda: make(speech, fresh(clips)).seconds,
            lambda: speak(plan, "kokoro_onnx_speak.py", work).seconds,
            rounds,
        ),
    )
    warm = fresh(clips)
    make(speech, warm)
    again = alternate(
        lambda: make(speech, warm).seconds, lambda: make(speech, fresh(clips)).seconds, rounds
    )
    yield Row("one sentence that was spoken before", "the first time", *again)


def inferences(plan: Plan) -> Iterator[Row]:
    """Yield what a whole production takes beside the model's own work.

    The model alone means: its session loaded before, one thread for each run, a run for each core.
    """
    speech = plan.folder / "formal.txt"
    number = 6 if plan.quick else FORMAL
    speech.write_text("\n".join(map(formal_sentence, range(number))), encoding="utf-8")
    engine, lines = load(speech)
    run_alone(engine, lines[: 2 * engine.workers])  # loads the model
    whole: list[Run] = []
    alone: list[float] = []
    for n in range(plan.rounds(2)):
        whole.append(make(speech, plan.folder / f"inferences-{n}"))
        took, spoken = run_alone(engine, lines)
        alone.append(took)
    engine.close()
    note = f"Peak memory {max(peaks(whole)):.0f} MB."
    name = f"{spoken / 60:.0f} minutes of speech, whole"
    yield Row(name, "the model's inferences alone", seconds(whole), tuple(alone), note=note)


def edited(plan: Plan) -> Iterator[Row]:
    """Yield the rows of a speech of which one sentence changed, or nothing."""
    number = 20 if plan.quick else 150
    texts = [f"第{n}项。" for n in range(number)]
    speech, clips = plan.folder / "long.txt", plan.folder / "long"
    speech.write_text("\n".join(texts), encoding="utf-8")
    first = make(speech, clips).seconds
    changed: list[float] = []
    unchanged: list[float] = []
    for n in range(plan.rounds(3)):
        unchanged.append(make(speech, clips).seconds)
        texts[number * (n + 1) // 5] = f"这一句改了{n + 2}次。"
        speech.write_text("\n".join(texts), encoding="utf-8")
        changed.append(make(speech, clips).seconds)
    before = (first,) * len(changed)
    yield Row(f"{number} sentences, one edited", "the first time", tuple(changed), before)
    yield Row(f"{number} sentences, none edited", "the first time", tuple(unchanged), before)


def load(speech: Path) -> tuple[Kokoro, list[Utterance]]:
    """Return the engine of the default voice, and a speech's utterances."""
    voice = presets.load(presets.DEFAULT_PRESET)
    reader = utterances.Reader(voice, Kokoro.max_characters(voice), Kokoro.phonetic)
    blocks = documents.read(speech).blocks
    return Kokoro(voice), utterances.to_utterances(parser.parse(blocks), {"": reader})


def run_alone(engine: Kokoro, lines: Sequence[Utterance]) -> tuple[float, float]:
    """Return the seconds the model takes with every core busy, and those of the speech."""
    inputs = [engine.encode(line) for line in lines]
    with ThreadPoolExecutor(engine.workers) as executor:
        started = time.perf_counter()
        sounds = [samples for samples, _ in executor.map(engine.infer, inputs)]
        return time.perf_counter() - started, sum(map(len, sounds)) / 24_000


def make(speech: Path, clips: Path) -> Run:
    """Run `speechcast make` in the default voice, with this store of clips."""
    output = clips.with_name(f"{clips.name}-out")
    command: list[str | Path] = [sys.executable, "-m", "speechcast", "make", speech, "-o", output]
    return run_command([*command, "-v", presets.DEFAULT_PRESET], {"SPEECHCAST_CACHE": str(clips)})


_folders = iter(range(1_000_000))


def fresh(folder: Path) -> Path:
    """Return the name of a folder that does not exist yet."""
    return folder.with_name(f"{folder.name}-{next(_folders)}")


def speak(plan: Plan, script: str, work: Path) -> Run:
    """Run a script of the rivals."""
    return run_command([plan.rivals, RIVALS / script, work, work.with_suffix(".wav")])


def write_work(plan: Plan, speech: Path) -> Path:
    """Write what the rivals' scripts read, and return its path."""
    engine, lines = load(speech)
    voices = plan.folder / "voices.npz"
    style = np.fromfile(find_voice_file(engine.voice.voice).path, np.float32)
    arrays: dict[str, Any] = {engine.voice.voice: style.reshape(-1, 1, STYLE_SIZE)}
    np.savez(voices, **arrays)
    inputs = [engine.encode(line) for line in lines]
    with ThreadPoolExecutor(engine.workers) as executor:
        lengths = [lengths for _, lengths in executor.map(engine.infer, inputs)]
    engine.close()
    sentences = [
        {
            "phonemes": "".join(SYMBOLS[symbol.id] for symbol in symbols),
            "frames": (each // SAMPLES_PER_FRAME).tolist(),
        }
        for symbols, each in zip(inputs, lengths, strict=True)
    ]
    work = plan.folder / f"{speech.stem}.json"
    files = {"model": str(MODEL.files[0].path), "voices": str(voices)}
    whole = {**files, "voice": engine.voice.voice, "sentences": sentences}
    work.write_text(json.dumps(whole), encoding="utf-8")
    return work


def count_minutes(work: Path) -> float:
    """Return how many minutes of speech the sentences of a file are."""
    sentences = json.loads(work.read_text(encoding="utf-8"))["sentences"]
    return float(sum(sum(s["frames"]) for s in sentences) * SAMPLES_PER_FRAME / 24_000 / 60)


def is_installed(plan: Plan, package: str) -> bool:
    """Return whether the rivals' environment has a package."""
    script = f"import importlib.util as u, sys; sys.exit(u.find_spec({package!r}) is None)"
    return subprocess.run([plan.rivals, "-c", script], check=False).returncode == 0


def seconds(runs: Sequence[Run]) -> tuple[float, ...]:
    return tuple(run.seconds for run in runs)


def peaks(runs: Sequence[Run]) -> tuple[float, ...]:
    return tuple(run.peak for run in runs)
