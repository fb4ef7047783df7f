"""What an output folder says of earlier productions, whatever lies in it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from speechcast import batch
from speechcast.batch.dry_run import REALTIME_FACTORS, forecast
from speechcast.batch.records import DeliveredFile, Record
from speechcast.batch.remote_source import fetch_folder
from speechcast.batch.report import BatchReport
from speechcast.batch.result import Result, State
from speechcast.engines.registry import ENGINES
from speechcast.errors import SourceError
from tests.support.batches import SPEECH, TONE, produce_folder, states, write_files

FILE = DeliveredFile("a.mp3", 10, "5", "00")
RECORD = Record(
    fingerprint="f",
    source="a.txt",
    voice="tone",
    engine="tone",
    duration=1.5,
    took=0.25,
    files=(FILE,),
    remarks=("line 1: x",),
    language="zh",
)


def test_a_record_is_read_as_it_was_written() -> None:
    document = json.loads(RECORD.to_json())
    assert (document["format"], document["seconds"], document["took"]) == (2, 1.5, 0.25)
    assert document["files"] == [asdict(FILE)]
    assert Record.from_json(RECORD.to_json()) == RECORD


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", 1),
        ("format", 3),
        ("seconds", "long"),
        ("seconds", None),
        ("seconds", -0.1),
        ("took", float("nan")),
        ("took", float("inf")),
        ("took", 10**400),
        ("files", None),
        ("files", [{"name": "a.mp3"}]),
        ("remarks", 3),
    ],
)
def test_a_record_with_a_value_of_another_kind_is_none(key: str, value: object) -> None:
    document = {**json.loads(RECORD.to_json()), key: value}
    assert Record.from_json(json.dumps(document).encode()) is None


def test_records_that_say_nothing_harm_neither_a_forecast_nor_a_batch(tmp_path: Path) -> None:
    root, out = write_files(tmp_path / "in", "a.txt", "b.txt"), tmp_path / "out"
    produce_folder(root, out)
    for path in (out / ".speechcast" / "records").iterdir():
        document = json.loads(path.read_bytes())
        length: object = 0 if document["source"] == "a.txt" else "long"
        path.write_text(json.dumps({**document, "fingerprint": "other", "seconds": length}))
    plan = batch.plan_batch(root, out, TONE)
    assert [f.production_time > 0 for f in forecast(plan)] == [True, True]
    assert states(batch.run_batch(plan)) == {"a.txt": "made", "b.txt": "made"}


def test_a_forecast_measures_what_was_made_before(tmp_path: Path) -> None:
    root, out = write_files(tmp_path / "in", "a.txt", "b.txt"), tmp_path / "out"
    produce_folder(root, out)
    for path in (out / ".speechcast" / "records").iterdir():
        document = json.loads(path.read_bytes())
        took = 3.0 if document["source"] == "a.txt" else 1.0
        changed = {"fingerprint": "other", "seconds": 1.0, "took": took}
        path.write_text(json.dumps({**document, **changed}))
    for each in forecast(batch.plan_batch(root, out, TONE)):
        assert each.production_time == pytest.approx(2 * each.duration)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_cell_of_the_table_is_a_formula(start: str) -> None:
    result = Result(source=f"{start}1+1", state=State.PRODUCED, reason="a=1")
    report = BatchReport(
        folder="in",
        output="out",
        started=datetime(2026, 1, 1, tzinfo=UTC),
        took=1,
        results=(result,),
    )
    (row,) = report.as_csv().decode("utf-8-sig").splitlines()[1:]
    assert row.startswith(f"'{start}1+1,made,")
    assert ",a=1," in row


def test_a_folder_whose_settings_cannot_be_read_is_not_made_without_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its speeches would have another voice."""
    fs = fsspec.filesystem("memory")
    fs.store.clear()
    read = MemoryFileSystem.get_file

    def read_no_toml(self: Any, path: str, copy: str) -> None:
        if path.endswith(".toml"):
            raise OSError("the connection was lost")
        read(self, path, copy)

    monkeypatch.setattr(MemoryFileSystem, "get_file", read_no_toml)
    for name in ("a.txt", "sub/b.txt", "sub/names.toml"):
        fs.pipe_file(f"/speeches/{name}", SPEECH.encode())
    with fetch_folder("memory://speeches", recursive=True) as (root, lost):
        assert root.name == "speeches"  # the album of what lies in it
        assert [file.path for file in lost] == ["sub/names.toml"]
        assert (root / "sub" / "b.txt").read_text("utf-8") == SPEECH
    fs.pipe_file("/speeches/sub/speechcast.toml", b'voice = "report"\n')
    reason = "sub/speechcast.toml: cannot be read: the connection was lost"
    with (
        pytest.raises(SourceError, match=f"^{reason}$"),
        fetch_folder("memory://speeches", recursive=True),
    ):
        pass
    fs.store.clear()


def test_every_engine_has_a_figure_for_its_speed() -> None:
    assert set(REALTIME_FACTORS) == set(ENGINES)
    assert all(0 < factor < 1 for factor in REALTIME_FACTORS.values())
