"""A folder of speeches in an online voice: its limit, its clips, its messages."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web

from speechcast import batch
from speechcast.batch.options import BatchOptions
from speechcast.request import Preferences
from speechcast.synthesis.clip_cache import ClipCache
from speechcast.synthesis.synthesizer import Resources
from tests.cli.test_command_line import run
from tests.support.batches import (
    produce_folder,
    states,
    write_files,
)
from tests.support.openai_service import SpeechServer

SPEECH = "各位同学早上好。今天开会，请大家坐好。先说第一件事。再说第二件事。最后散会。"
PRESET = """
description = "A server of our own"
engine = "openai"
voice = "nova"
language = "zh-CN"
[options]
address = "{address}"
limit = "3"
"""


@pytest.fixture(autouse=True)
def clip_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty cache for each test: a clip does not depend on the address of its server."""
    monkeypatch.setenv("SPEECHCAST_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    with SpeechServer() as running:
        yield running


@pytest.fixture
def voice(server: SpeechServer, tmp_path: Path) -> str:
    """A preset with a voice of the server."""
    preset = tmp_path / "ours.toml"
    preset.write_text(PRESET.format(address=server.address), encoding="utf-8")
    return str(preset)


@pytest.fixture
def speeches(tmp_path: Path) -> Path:
    for i in range(5):
        write_files(tmp_path / "speeches", f"{i}.txt", text=f"这是第{i}篇。{SPEECH}")
    return tmp_path / "speeches"


@pytest.mark.slow
def test_its_limit_holds_however_many_speeches_are_in_work(
    server: SpeechServer, voice: str, speeches: Path, tmp_path: Path
) -> None:
    report = produce_folder(
        speeches, tmp_path / "out", BatchOptions(preferences=Preferences(voice=voice)), jobs=5
    )
    assert report.exit_code == 0
    assert server.most_at_once == 3


@pytest.mark.slow
def test_what_went_wrong_on_the_way_is_told_with_the_speech(
    server: SpeechServer,
    voice: str,
    speeches: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    numbers = itertools.count()
    busy = web.Response(status=503)
    server.behave = lambda _request, _sound: busy if next(numbers) == 0 else None
    caplog.set_level(logging.INFO, "speechcast.synthesis")
    assert (
        produce_folder(
            speeches, tmp_path / "out", BatchOptions(preferences=Preferences(voice=voice)), jobs=1
        ).exit_code
        == 0
    )
    (message,) = (record.getMessage() for record in caplog.records)
    assert message.startswith("0.txt: sentence ")
    assert "attempt 1 failed" in message


@pytest.mark.slow
def test_a_clip_store_that_cannot_be_written_harms_no_speech_and_is_told_once(
    voice: str, speeches: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    means = Resources(ClipCache(tmp_path / "file" / "clips"))
    plan = batch.plan_batch(
        speeches, tmp_path / "out", BatchOptions(preferences=Preferences(voice=voice))
    )
    report = batch.run_batch(plan, resources=means)
    assert set(states(report).values()) == {"made"}
    complaint = f"clips cannot be kept in {tmp_path}/file/clips"
    assert [w.partition(" (")[0] for w in report.warnings] == [complaint]
    assert sum(complaint in r.getMessage() for r in caplog.records) == 1
    assert report.exit_code == 3  # all were made, but the user should attend to it


@pytest.mark.slow
def test_clips_are_kept_unless_it_is_said(
    server: SpeechServer,
    voice: str,
    speeches: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What times the words is part of a clip's key: here no embedded voice, for either run.
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    plan = batch.plan_batch(
        speeches, tmp_path / "out", BatchOptions(preferences=Preferences(voice=voice))
    )
    assert batch.run_batch(plan, resources=Resources(ClipCache(tmp_path / "clips"))).exit_code == 0
    requests = len(server.requests)
    monkeypatch.setenv("SPEECHCAST_CACHE", str(tmp_path / "clips"))
    command = f"batch speeches -o out --force --voice {voice}".split()
    again = run(*command, folder=tmp_path)
    assert again.stderr.count("note: sending ") == 1
    assert len(server.requests) == requests
    assert run(*command, "--no-cache", folder=tmp_path).returncode == 0
    assert len(server.requests) == requests + 5 * 6
