"""`speechcast make` with an online voice, as a whole command against a service on loopback."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.edge_command import command_line
from tests.support.edge_service import Conditions, EdgeService, Fault
from tests.support.waiting import wait_until

CONDITIONS = Conditions(latency=0.3, speed=20)
DIGITS = "零一二三四五六七八九"


@dataclass
class SpeechFolder:
    """A folder with a speech of `sentences` sentences, its clip cache and its outputs."""

    folder: Path
    sentences: int = 30

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.write([sentence(n) for n in range(self.sentences)])

    @property
    def source(self) -> Path:
        return self.folder / "speech.txt"

    @property
    def files(self) -> list[bytes]:
        """The contents of the files that were produced."""
        return [(self.folder / f"speech.{kind}").read_bytes() for kind in ("mp3", "srt")]

    def write(self, texts: list[str]) -> None:
        self.source.write_text("\n".join(texts), encoding="utf-8")

    def start(self, service: EdgeService, *options: str) -> subprocess.Popen[str]:
        words = ["make", str(self.source), "-v", "xiaoxiao", "-o", str(self.folder), *options]
        return subprocess.Popen(
            command_line(service, "speechcast", *words),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "SPEECHCAST_CACHE": str(self.folder / "clips"),
                "XDG_DATA_HOME": str(self.folder / "data"),
            },
        )

    def make(self, service: EdgeService, *options: str) -> tuple[int, str]:
        """Run the command; return its exit code and what it printed on standard error."""
        process = self.start(service, *options)
        _, errors = process.communicate()
        return process.returncode, errors


def sentence(number: int) -> str:
    """Return one of ten thousand sentences, no two of which sound alike."""
    return f"第{''.join(DIGITS[int(d)] for d in f'{number:04}')}项议题现在开始。"


@pytest.fixture
def service() -> Iterator[EdgeService]:
    with EdgeService(conditions=CONDITIONS) as running:
        yield running


@pytest.mark.slow
def test_every_run_that_sends_says_so(service: EdgeService, tmp_path: Path) -> None:
    speech = SpeechFolder(tmp_path, 1)
    for _ in range(2):
        assert speech.make(service)[1].startswith(
            "note: sending 13 characters to Microsoft's public read-aloud service "
            f"(http://127.0.0.1:{service.port})\n"
        )


@pytest.mark.slow
def test_what_was_done_again_is_told_of_where_asked_for(tmp_path: Path) -> None:
    speech = SpeechFolder(tmp_path, 1)
    with EdgeService(lambda number, _: Fault.CUT if number == 1 else None) as service:
        code, errors = speech.make(service, "--verbose")
    assert code == 0
    assert (
        "sentence 1 (line 1, “第零零零零项议题现在开始。…”): attempt 1 failed: the service's ans"
        in errors
    )


@pytest.mark.slow
def test_what_fails_is_one_line_and_no_files(tmp_path: Path) -> None:
    speech = SpeechFolder(tmp_path, 2)
    with EdgeService(lambda _, text: Fault.NO_WORDS if "一" in text else None) as service:
        code, errors = speech.make(service)
    assert code == 1
    assert errors.splitlines()[-1] == (
        "error: sentence 2 (line 2, “第零零零一项议题现在开始。…”): the service did not say when "
        "its words are spoken; run the same command again: what was recorded is kept"
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clips", "speech.txt"]


@pytest.mark.slow
def test_a_service_that_throttles_is_waited_for_aloud(tmp_path: Path) -> None:
    speech = SpeechFolder(tmp_path, 2)
    with EdgeService(Fault.THROTTLED_BARE) as service:
        process = speech.start(service)
        assert process.stderr
        line = next((line for line in process.stderr if "waiting for" in line), "")
        process.kill()
        process.communicate()
    assert line.startswith(
        "nothing done for 0:10; waiting for the online voice 'xiaoxiao': it asks for fewer "
        "requests (HTTP 429)"
    )
    assert line.endswith("; given up after 5:00\n")


@pytest.mark.slow
def test_killed_and_started_again_it_goes_on_where_it_was(tmp_path: Path) -> None:
    killed_again_and_again(tmp_path, 2, seed=random.randrange(10**6))


def killed_again_and_again(folder: Path, times: int, seed: int) -> Counter[int]:
    """Kill a production at a random moment and start it again, `times` times.

    Every other moment lies in the recording, the rest anywhere after the first request. Returns
    how many sentences were requested twice, with how many runs that happened in. Fails unless
    those sentences were in flight and the files equal those of an undisturbed production.
    """
    print(f"seed {seed}")
    chance = random.Random(seed)
    undisturbed = SpeechFolder(folder / "undisturbed")
    with EdgeService(conditions=CONDITIONS) as service:
        assert undisturbed.make(service)[0] == 0
        whole = time.monotonic() - service.journal.began
        recording = service.journal.ended - service.journal.began
    twice: Counter[int] = Counter()
    for n in range(times):
        speech = SpeechFolder(folder / str(n))
        with EdgeService(conditions=CONDITIONS) as service:
            in_flight = _kill(speech, service, chance.uniform(0, whole if n % 2 else recording))
            assert speech.make(service)[0] == 0
        requested = Counter(request.text for request in service.requests)
        again = {text for text, count in requested.items() if count > 1}
        assert again <= in_flight
        assert set(requested.values()) <= {1, 2}
        assert speech.files == undisturbed.files
        twice[len(again)] += 1
    return twice


def _kill(speech: SpeechFolder, service: EdgeService, moment: float) -> set[str]:
    """Kill a production `moment` seconds after its first request; return the texts in flight.

    An answer counts as in flight for half a second more, until it is decoded, checked and saved.
    """
    process = speech.start(service)
    wait_until(lambda: service.journal.began)
    time.sleep(moment)
    process.kill()
    now = time.monotonic()
    process.communicate()
    wait_until(lambda: not service.at_once)  # requests still on their way have arrived
    recent = {text for text, answered in service.journal.answered.items() if answered > now - 0.5}
    return service.journal.unanswered | recent
