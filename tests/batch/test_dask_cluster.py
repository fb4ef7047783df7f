"""Speeches made by other processes, from and to other places than folders of this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from speechcast import batch
from speechcast.batch.discovery import discover
from speechcast.batch.remote_storage import RemoteStorage, fetch_folder
from speechcast.batch.report import BatchReport
from speechcast.batch.worker import State, StopSignal
from speechcast.errors import OutputError, SourceError, UsageError
from tests.batch.test_runner import SPEECH, TONE, contents, made, states, written
from tests.cli.test_command_line import run

fsspec = pytest.importorskip("fsspec")
from fsspec.implementations.memory import MemoryFile  # noqa: E402

distributed = pytest.importorskip("distributed")
from speechcast.batch.dask_cluster import Cluster, ClusterError, connect  # noqa: E402

pytestmark = pytest.mark.filterwarnings("default")  # those of Dask and of boto are their own
REPORTS = {"batch-report.json", "batch-report.csv"}


@pytest.fixture
def speeches(tmp_path: Path) -> Path:
    for i in range(6):
        written(tmp_path / "speeches", f"{i}.txt", text=SPEECH * (30 if i == 0 else 3))
    written(tmp_path / "speeches", "sub/c.md", "cat.jpg", ".hidden.txt")
    written(tmp_path / "speeches", "sub/speechcast.toml", text='lexicon = "names.toml"\n')
    written(tmp_path / "speeches", "sub/names.toml", text='"开会" = "聚会聚会"\n')
    return tmp_path / "speeches"


def stored(address: str) -> dict[str, bytes]:
    """The productions at an address."""
    fs, root = fsspec.core.url_to_fs(address)
    fs.invalidate_cache()
    found = {path[len(root) + 1 :]: path for path in fs.find(root)}
    return {
        name: fs.cat_file(path)
        for name, path in found.items()
        if not name.startswith(".speechcast/") and name not in REPORTS
    }


@pytest.fixture(scope="module")
def workers() -> Iterator[Cluster]:
    """Two of them, processes of this machine."""
    with connect("local", 2, StopSignal()) as cluster:
        yield cluster


def made_by(
    workers: Cluster, plan: batch.Plan, hear: batch.Listener = lambda _: None
) -> BatchReport:
    make = workers.make(plan.storage)
    return batch.run(plan, producer=make, jobs=workers.size, stop=workers.stop, listener=hear)


def test_a_failure_on_a_worker_is_told_as_here(
    workers: Cluster, speeches: Path, tmp_path: Path
) -> None:
    (speeches / "1.txt").write_text("……\n", encoding="utf-8")
    written(tmp_path / "out", "2.srt/mine")
    plan = batch.plan(speeches, tmp_path / "out", TONE, recursive=True)
    reports = [made_by(workers, plan), batch.run(plan)]
    assert [report.exit_code for report in reports] == [3, 3]
    there, here = ([(r.source, r.why) for r in one.of(State.FAILED)] for one in reports)
    assert there == here
    assert len(there) == 2


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_a_worker_that_dies_costs_only_time(
    workers: Cluster, speeches: Path, tmp_path: Path
) -> None:
    """And the bytes are those that would be made here."""
    killed: list[int] = []

    def hear(event: batch.Event) -> None:
        """Kill whoever makes the longest speech, in the midst of it."""
        if killed or not isinstance(event, batch.Moved) or event.job.shown != "0.txt":
            return
        pids = workers.client.run(os.getpid)
        busy = [w for w, tasks in workers.client.processing().items() if tasks]
        killed.append(pids[busy[0]])
        os.kill(killed[0], signal.SIGKILL)

    plan = batch.plan(speeches, tmp_path / "there", TONE, recursive=True)
    assert made_by(workers, plan, hear).exit_code == 0
    assert killed
    made(speeches, tmp_path / "here")
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert list((tmp_path / "there" / ".speechcast" / "work").iterdir()) == []
    again = made(speeches, tmp_path / "there")
    assert set(states(again).values()) == {"up to date"}


@pytest.mark.usefixtures("speeches")
@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_ctrl_c_reaches_the_workers_too_and_they_finish(tmp_path: Path) -> None:
    command = "-m speechcast batch speeches -o out -v tone --cluster local --verbose"
    process = subprocess.Popen(
        [sys.executable, *command.split()],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stderr
    while not process.stderr.readline().startswith(b"begun: "):
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert b"Traceback" not in said
    assert b"failed" not in said
    assert process.returncode in {0, 130}


def test_no_cluster_where_one_should_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speechcast.batch.dask_cluster._ANSWER", 1)
    with (
        pytest.raises(ClusterError, match="no cluster with a worker answers at tcp://127.0.0.1:1 "),
        connect("tcp://127.0.0.1:1", 1, StopSignal()),
    ):
        pass


# Addresses


@pytest.fixture
def memory() -> Iterator[str]:
    fs = fsspec.filesystem("memory")
    fs.store.clear()
    yield "memory://speeches"
    fs.store.clear()


def test_from_an_address_and_to_one(speeches: Path, tmp_path: Path, memory: str) -> None:
    fs = fsspec.filesystem("memory")
    fs.put(f"{speeches}/", "/speeches/", recursive=True)
    fs.pipe_file("/speeches/empty.txt", b"")
    for expected in ("made", "up to date"):
        with fetch_folder(memory, recursive=True) as (root, lost):
            plan = batch.plan(root, RemoteStorage("memory://out"), TONE, recursive=True)
            report = batch.run(plan)
        assert lost == ()
        assert set(states(report).values()) == {expected}
    assert {a.path for a in report.left_out} >= {".hidden.txt", "cat.jpg", "empty.txt"}
    made(speeches, tmp_path / "here")
    assert stored("memory://out") == contents(tmp_path / "here")
    fs.pipe_file("/out/1.srt", b"altered")
    fs.rm("/out/2.mp3")
    with fetch_folder(memory, recursive=True) as (root, _):
        report = batch.run(batch.plan(root, plan.storage, TONE, recursive=True))
    assert [r.source for r in report.of(batch.State.MADE)] == ["1.txt", "2.txt"]
    assert stored("memory://out") == contents(tmp_path / "here")


def test_names_an_address_may_have_and_a_folder_may_not(memory: str) -> None:
    fs = fsspec.filesystem("memory")
    for name in ("a.txt", f"{'x' * 300}.txt", "up/../../../b.txt"):
        fs.store[f"/speeches/{name}"] = MemoryFile(fs, name, SPEECH.encode())
    with fetch_folder(memory, recursive=True) as (root, lost):
        assert [job.shown for job in discover(root, recursive=True).jobs] == ["a.txt"]
    assert {a.path[:9] for a in lost} == {"up/../../", "xxxxxxxxx"}


REFUSED: list[tuple[str, type[Exception], str]] = [
    ("memory://nothing", SourceError, "memory://nothing does not exist"),
    ("none://there", UsageError, "none://there is no address that can be used"),
]


@pytest.mark.parametrize(("address", "error", "complaint"), REFUSED)
def test_no_address(address: str, error: type[Exception], complaint: str) -> None:
    with pytest.raises(error, match=complaint), fetch_folder(address, recursive=True):
        pass


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """An object store on loopback, with one bucket."""
    pytest.importorskip("moto.server")
    s3fs = pytest.importorskip("s3fs")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    log = (tmp_path / "moto.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=log,
        stderr=log,
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    break
            assert server.poll() is None, (tmp_path / "moto.log").read_text()
            time.sleep(0.1)
        fs = s3fs.S3FileSystem(skip_instance_cache=True)
        fs.mkdir("talks")
        yield fs
    finally:
        server.terminate()
        server.wait()
        log.close()


def test_an_object_store_and_a_cluster(speeches: Path, tmp_path: Path, bucket: Any) -> None:
    bucket.put(f"{speeches}/", "talks/speeches/", recursive=True)
    command = "batch s3://talks/speeches -r -o s3://talks/out -v tone --cluster local".split()
    done = run(*command, folder=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "report    s3://talks/out/batch-report.json" in done.stdout
    made(speeches, tmp_path / "here")
    assert stored("s3://talks/out") == contents(tmp_path / "here")
    bucket.rm("talks/out/1.srt")
    again = run(*command[:-2], folder=tmp_path)
    assert again.returncode == 0
    assert again.stderr.splitlines()[0].startswith("made: 1.txt")
    assert again.stderr.count("\n") == 1
    assert stored("s3://talks/out") == contents(tmp_path / "here")
    with (
        pytest.raises(SourceError, match="s3://nowhere/in "),
        fetch_folder("s3://nowhere/in", recursive=True),
    ):
        pass
    with pytest.raises(OutputError, match="s3://nowhere/out cannot be written"):
        RemoteStorage("s3://nowhere/out").open()
