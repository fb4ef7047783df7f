"""Which of its two models an embedded voice uses, and how the full one is installed."""

from __future__ import annotations

import hashlib
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

from speechcast.engines.base import Engine
from speechcast.engines.kokoro import installation, variants
from speechcast.engines.kokoro.engine import Kokoro
from speechcast.engines.kokoro.files import MODEL, VOICES
from speechcast.engines.kokoro.installation import install_variant
from speechcast.engines.kokoro.rewriting.quality import Sound, compare, require_alike
from speechcast.engines.kokoro.shortage import find_shortage, measure_free_memory
from speechcast.engines.kokoro.variants import (
    CHOSEN,
    COMPACT,
    FULL,
    REWRITING,
    Note,
    choose_variant,
    full_path,
    read_note,
    sound_key,
    write_note,
)
from speechcast.errors import ModelError, PresetError
from speechcast.files import sha256_of
from speechcast.model import Voice
from speechcast.progress import Step, ignore_progress


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder of models."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    models = tmp_path / "data" / "speechcast" / "models"
    models.mkdir(parents=True)
    return models


def install_full(content: bytes = b"a full model") -> None:
    full_path().write_bytes(content)
    write_note(Note(REWRITING, FULL, "", len(content), sha256_of(full_path())))


def test_the_full_model_is_used_once_it_is_installed(folder: Path, narrator: Voice) -> None:
    install_full()
    assert choose_variant(narrator).path == folder / "kokoro-82m-v1.0-full.onnx"
    assert Kokoro.describe_model(narrator) == "full"


@pytest.mark.usefixtures("folder")
def test_a_preset_can_ask_for_the_compact_model(narrator: Voice) -> None:
    install_full()
    voice = replace(narrator, options={"model": "compact"})
    assert choose_variant(voice).path == MODEL.files[0].path
    assert Kokoro.describe_model(voice) == "compact: the preset asks for it"
    assert choose_variant(narrator).variant == FULL


def test_a_preset_with_another_model_is_refused(narrator: Voice) -> None:
    voice = replace(narrator, options={"model": "tiny"})
    with pytest.raises(PresetError, match="options.model is 'tiny'; allowed are full and compact"):
        Kokoro.required_bundles(voice)


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"[]",
        b'{"rewriting": 1}',
        b'{"rewriting": 1, "variant": "huge"}',
        b'{"rewriting": 0, "variant": "compact"}',
        b'{"rewriting": 1, "variant": "full", "size": 3, "sha256": "00"}',
        b"\xff",
    ],
)
def test_a_note_that_holds_for_nothing_means_another_installation(
    folder: Path, note: bytes
) -> None:
    (folder / "kokoro-82m-v1.0-full.json").write_bytes(note)
    assert read_note() is None


@pytest.mark.usefixtures("folder")
def test_a_damaged_full_model_is_not_used() -> None:
    install_full(b"a full model")
    assert read_note() is not None
    full_path().write_bytes(b"a f\x00ll model")
    assert read_note() is None


@pytest.mark.usefixtures("folder")
def test_clips_of_the_two_models_have_different_keys(narrator: Voice) -> None:
    """And those of the compact one the key from before there were two."""
    install_full()
    compact = replace(narrator, options={"model": "compact"})
    files = [file for bundle in Kokoro.required_bundles(compact) for file in bundle.files]
    pieces = [piece.sha256 + file.suffix.hex() for file in files for piece in file.pieces]
    digest = hashlib.sha256(" ".join(pieces).encode()).hexdigest()
    plain = f"{version('speechcast')} {digest}"
    assert Kokoro.sound_version(compact) == plain
    assert Kokoro.sound_version(narrator) == f"{plain} rewriting {REWRITING}"
    write_note(Note(REWRITING, COMPACT, CHOSEN))
    assert sound_key(narrator) == ""


def test_a_model_that_cannot_be_rewritten_stays_compact(folder: Path, narrator: Voice) -> None:
    """And leaves nothing half-written, however many processes try."""
    (folder / MODEL.files[0].name).write_bytes(b"nonsense")
    with ThreadPoolExecutor(2) as together:
        jobs = [together.submit(install_variant, folder / "x", ignore_progress) for _ in range(2)]
        notes = {job.result() for job in jobs}
    (note,) = notes
    assert note.variant == COMPACT
    assert note.reason.startswith("it could not be rewritten (")
    assert sorted(path.name for path in folder.iterdir()) == [
        ".rewriting.lock",
        "kokoro-82m-v1.0-full.json",
        "kokoro-82m-v1.0-int8.onnx",
    ]
    assert choose_variant(narrator).variant == COMPACT


def test_a_decision_in_a_folder_of_another_user_is_only_read(folder: Path) -> None:
    """As where an administrator has installed the models, or in a container."""
    install_full()
    assert install_variant(folder / "x", ignore_progress).variant == FULL
    assert not (folder / ".rewriting.lock").exists()


def test_a_folder_that_cannot_be_locked_is_named(folder: Path) -> None:
    (folder / ".rewriting.lock").mkdir()
    with pytest.raises(ModelError, match=r"models cannot be written \(.*\); let its owner run"):
        install_variant(folder / "x", ignore_progress)


def test_what_a_killed_rewriting_left_is_removed(folder: Path) -> None:
    remains = folder / ".rewrite-abc"
    remains.mkdir()
    (remains / "full.part").write_bytes(b"half")
    install_variant(folder / "x", ignore_progress, compact=True)
    assert not remains.exists()
    assert read_note() == Note(REWRITING, COMPACT, CHOSEN)


def test_the_compact_model_stays_until_a_user_says_otherwise(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_variant(folder / "x", ignore_progress, compact=True)
    steps: list[Step] = []
    assert install_variant(folder / "x", steps.append).reason == CHOSEN
    assert not steps
    monkeypatch.setattr(installation, "find_shortage", lambda: "10 MB of memory are free")
    note = install_variant(folder / "x", steps.append, compact=False)
    assert note == Note(REWRITING, COMPACT, "10 MB of memory are free")
    assert not steps


@pytest.mark.usefixtures("folder")
def test_a_machine_short_of_memory_is_predicted_to_use_the_compact_model(
    narrator: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a batch knows which clips it will need before the installation."""
    monkeypatch.setattr(variants, "find_shortage", lambda: "10 MB of memory are free")
    assert str(choose_variant(narrator)) == "compact: 10 MB of memory are free"
    monkeypatch.setattr(variants, "find_shortage", lambda: "")
    assert str(choose_variant(narrator)) == "full"


@pytest.mark.usefixtures("folder")
def test_installing_says_why_the_compact_model_is_used(
    narrator: Voice,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(installation, "find_shortage", lambda: "10 MB of memory are free")
    monkeypatch.setattr(Engine, "install", classmethod(lambda *_, **__: None))
    with caplog.at_level(logging.WARNING):
        Kokoro.install(narrator, ignore_progress)
        Kokoro.install(narrator, ignore_progress)
    assert [record.getMessage() for record in caplog.records] == [
        "the embedded voices use their compact model: 10 MB of memory are free; to try the full "
        "one again, run: speechcast voices install narrator"
    ]


@pytest.mark.parametrize(
    ("meminfo", "group", "free"),
    [
        ("MemTotal: 9 kB\nMemAvailable: 4000 kB\n", {}, 4_096_000),
        ("MemAvailable: 4000 kB\n", {"memory.max": "max", "memory.current": "5"}, 4_096_000),
        ("MemAvailable: 4000 kB\n", {"memory.max": "1000", "memory.current": "400"}, 600),
        ("MemTotal: 9 kB\n", {}, None),
        (None, {"memory.max": "1000", "memory.current": "400"}, 600),
        (None, {}, None),
    ],
)
def test_free_memory(
    tmp_path: Path, meminfo: str | None, group: dict[str, str], free: int | None
) -> None:
    if meminfo is not None:
        (tmp_path / "meminfo").write_text(meminfo, encoding="ascii")
    for name, value in group.items():
        (tmp_path / name).write_text(value, encoding="ascii")
    assert measure_free_memory(tmp_path / "meminfo", tmp_path) == free


def test_a_shortage_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    shortage = "speechcast.engines.kokoro.shortage"
    monkeypatch.setattr(f"{shortage}.measure_free_memory", lambda: 10_000_000)
    assert find_shortage() == "10.0 MB of memory are free, 1400.0 MB are needed"
    monkeypatch.setattr(f"{shortage}.measure_free_memory", lambda: None)
    monkeypatch.setattr(f"{shortage}.measure_free_disk", lambda _: 10_000_000)
    assert find_shortage() == "10.0 MB of disk space are free, 200.0 MB are needed"
    monkeypatch.setattr(f"{shortage}.measure_free_disk", lambda _: None)
    assert find_shortage() == ""


FRAMES = np.array([5, 3, 4, 6], np.int64)
VOICED = np.random.default_rng(1).normal(0, 0.1, 18 * 600).astype(np.float32)


@pytest.mark.parametrize(
    ("sound", "problem"),
    [
        (Sound(np.full_like(VOICED, np.nan), FRAMES), "not finite"),
        (Sound(VOICED[:-1], FRAMES), "durations do not match"),
        (Sound(np.tile(VOICED, 2)[: 23 * 600], np.array([10, 3, 4, 6])), "differs by 5 frames"),
        (Sound(np.tile(VOICED, 2)[: 20 * 600], np.array([6, 4, 4, 6])), "the sentence by 11.1%"),
        (Sound(np.zeros_like(VOICED), FRAMES), "its spectrum differs"),
        (
            Sound(np.cumsum(VOICED, dtype=np.float32) / np.float32(30), FRAMES),
            "its spectrum differs",
        ),
    ],
)
def test_a_model_that_says_something_else_is_noticed(sound: Sound, problem: str) -> None:
    compare(Sound(VOICED, FRAMES), Sound(VOICED * 1.1, FRAMES))
    with pytest.raises(ValueError, match=problem):
        compare(Sound(VOICED, FRAMES), sound)


@pytest.mark.slow
def test_the_installed_full_model_says_what_the_compact_one_says(narrator: Voice) -> None:
    note = read_note()
    assert note is not None
    if note.variant == COMPACT:
        pytest.skip(f"this machine uses the compact model: {note.reason}")
    require_alike(MODEL.files[0].path, choose_variant(narrator).path, VOICES.files[0].path)


def test_a_note_is_readable_json(folder: Path) -> None:
    write_note(Note(REWRITING, COMPACT, CHOSEN))
    content = json.loads((folder / "kokoro-82m-v1.0-full.json").read_text("utf-8"))
    assert content == {
        "rewriting": REWRITING,
        "variant": "compact",
        "reason": "it was chosen at its installation",
        "size": 0,
        "sha256": "",
    }
