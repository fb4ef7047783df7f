"""Speeches produced by a Dask cluster, and folders of speeches at addresses."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from speechcast import batch
from speechcast.batch.discovery import discover
from speechcast.batch.remote_source import fetch_folder
from speechcast.batch.remote_storage import RemoteStorage
from speechcast.batch.report import BatchReport
from speechcast.batch.result import State
from speechcast.batch.stop_signal import StopSignal
from speechcast.errors import OutputError, SourceError, UsageError
from tests.cli.test_command_line import run
from tests.support.batches import (
    SPEECH,
    TONE,
    produce_folder,
    read_files,
    states,
    write_files,
)
from tests.support.waiting import wait_until

fsspec = pytest.importorskip("fsspec")
from fsspec.implementations.memory import MemoryFile  # noqa: E402

distributed = pytest.importorskip("distributed")
from speechcast.batch.dask_cluster import Cluster, ClusterError, connect  # noqa: E402

pytestmark = pytest.mark.filterwarnings("default")  # Dask and boto raise some of their own
REPORTS = {"batch-report.json", "batch-report.csv"}


@pytest.fixture
def speeches(tmp_path: Path) -> Path:
    """Three speeches and one in a folder with its own lexicon, beside files that are none."""
    for i in range(3):
        write_files(tmp_path / "speeches", f"{i}.txt", text=SPEECH * (i + 1))
    write_files(tmp_path / "speeches", "sub/c.md", "cat.jpg", ".hidden.txt")
    write_files(tmp_path / "speeches", "sub/speechcast.toml", text='lexicon = "names.toml"\n')
    write_files(tmp_path / "speeches", "sub/names.toml", text='"开会" = "聚会聚会"\n')
    return tmp_path / "speeches"


def download(address: str) -> dict[str, bytes]:
    """The files of the productions at an address."""
    fs, root = fsspec.core.url_to_fs(address)
    fs.invalidate_cache()
    paths = {path[len(root) + 1 :]: path for path in fs.find(root)}
    return {
        name: fs.cat_file(path)
        for name, path in paths.items()
        if not name.startswith(".speechcast/") and name not in REPORTS
    }


@pytest.fixture(scope="module")
def workers() -> Iterator[Cluster]:
    """A cluster of two processes on this machine."""
    with connect("local", 2, StopSignal()) as cluster:
        yield cluster


def run_on_cluster(
    workers: Cluster, plan: batch.Plan, listener: batch.Listener = lambda _: None
) -> BatchReport:
    return batch.run_batch(
        plan,
        producer=workers.make_producer(plan.storage),
        jobs=workers.size,
        stop=workers.stop,
        listener=listener,
    )


@pytest.mark.slow
def test_a_failure_on_a_worker_is_reported_as_here(
    workers: Cluster, speeches: Path, tmp_path: Path
) -> None:
    (speeches / "1.txt").write_text("……\n", encoding="utf-8")
    write_files(tmp_path / "out", "2.srt/mine")
    plan = batch.plan_batch(speeches, tmp_path / "out", TONE, recursive=True)
    reports = [run_on_cluster(workers, plan), batch.run_batch(plan)]
    assert [report.exit_code for report in reports] == [3, 3]
    there, here = ([(r.source, r.reason) for r in one.with_state(State.FAILED)] for one in reports)
    assert there == here
    assert len(there) == 2


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_a_worker_that_dies_costs_only_time(
    workers: Cluster, speeches: Path, tmp_path: Path
) -> None:
    """And the bytes are those that this process produces."""
    write_files(speeches, "0.txt", text=SPEECH * 30)
    killed: list[int] = []

    def listen(event: batch.Event) -> None:
        """Kill the worker of the longest speech while it is at work."""
        if killed or not isinstance(event, batch.Progressed) or event.job.display_path != "0.txt":
            return
        if event.step.stage == "waiting":
            return
        pids = workers.client.run(os.getpid)
        busy = [w for w, tasks in workers.client.processing().items() if tasks]
        killed.append(pids[busy[0]])
        os.kill(killed[0], signal.SIGKILL)

    plan = batch.plan_batch(speeches, tmp_path / "there", TONE, recursive=True)
    assert run_on_cluster(workers, plan, listen).exit_code == 0
    assert killed
    produce_folder(speeches, tmp_path / "here")
    assert read_files(tmp_path / "there") == read_files(tmp_path / "here")
    assert list((tmp_path / "there" / ".speechcast" / "work").iterdir()) == []
    again = produce_folder(speeches, tmp_path / "there")
    assert set(states(again).values()) == {"up to date"}


@pytest.mark.slow
@pytest.mark.usefixtures("speeches")
@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_ctrl_c_reaches_the_workers_too_and_they_finish(tmp_path: Path) -> None:
    command = "-m speechcast batch speeches -o out -v tone --cluster local --jobs 1 --verbose"
    process = subprocess.Popen(
        [sys.executable, *command.split()],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stderr
    while not process.stderr.readline().startswith(b"started: "):
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert b"Traceback" not in errors
    assert b"failed" not in errors
    assert process.returncode in {0, 130}


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1"])
def test_no_cluster_where_one_should_be(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No client is left half made: it would block the end of the process."""
    monkeypatch.setattr(distributed, "Client", lambda *_, **__: pytest.fail("was made"))
    with (
        pytest.raises(ClusterError, match=f"no cluster with a worker answers at {address} "),
        connect(address, 1, StopSignal(), timeout=1),
    ):
        pass


# Addresses


@pytest.fixture
def memory() -> Iterator[str]:
    fs = fsspec.filesystem("memory")
    fs.store.clear()
    yield "memory://speeches"
    fs.store.clear()


@pytest.mark.slow
def test_from_an_address_and_to_one(speeches: Path, tmp_path: Path, memory: str) -> None:
    fs = fsspec.filesystem("memory")
    fs.put(f"{speeches}/", "/speeches/", recursive=True)
    fs.pipe_file("/speeches/empty.txt", b"")
    for expected in ("made", "up to date"):
        with fetch_folder(memory, recursive=True) as (root, lost):
            plan = batch.plan_batch(root, RemoteStorage("memory://out"), TONE, recursive=True)
            report = batch.run_batch(plan)
        assert lost == ()
        assert set(states(report).values()) == {expected}
    assert {a.path for a in report.left_out} >= {".hidden.txt", "cat.jpg", "empty.txt"}
    produce_folder(speeches, tmp_path / "here")
    assert download("memory://out") == read_files(tmp_path / "here")
    fs.pipe_file("/out/1.srt", b"altered")
    fs.rm("/out/2.mp3")
    with fetch_folder(memory, recursive=True) as (root, _):
        report = batch.run_batch(batch.plan_batch(root, plan.storage, TONE, recursive=True))
    assert [r.source for r in report.with_state(batch.State.PRODUCED)] == ["1.txt", "2.txt"]
    assert download("memory://out") == read_files(tmp_path / "here")


def test_names_an_address_may_have_and_a_folder_may_not(memory: str) -> None:
    fs = fsspec.filesystem("memory")
    for name in ("a.txt", f"{'x' * 300}.txt", "up/../../../b.txt"):
        fs.store[f"/speeches/{name}"] = MemoryFile(fs, name, SPEECH.encode())
    with fetch_folder(memory, recursive=True) as (root, lost):
        assert [job.display_path for job in discover(root, recursive=True).jobs] == ["a.txt"]
    assert {a.path[:9] for a in lost} == {"up/../../", "xxxxxxxxx"}


REFUSED: list[tuple[str, type[Exception], str]] = [
    ("memory://nothing", SourceError, "memory://nothing does not exist"),
    ("none://there", UsageError, "none://there is not a usable address"),
    ("gs://there/is", UsageError, "cannot be reached: that needs gcsfs; run: pip install gcsfs"),
]


@pytest.mark.parametrize(("address", "error", "complaint"), REFUSED)
def test_no_address(address: str, error: type[Exception], complaint: str) -> None:
    with pytest.raises(error, match=complaint), fetch_folder(address, recursive=True):
        pass


def accepts_connections(port: int) -> bool:
    with socket.socket() as probe:
        return not probe.connect_ex(("127.0.0.1", port))


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
        wait_until(lambda: server.poll() is not None or accepts_connections(port))
        assert server.poll() is None, (tmp_path / "moto.log").read_text()
        fs = s3fs.S3FileSystem(skip_instance_cache=True)
        fs.mkdir("talks")
        yield fs
    finally:
        server.terminate()
        server.wait()
        log.close()


@pytest.mark.slow
def test_an_object_store_and_a_cluster(speeches: Path, tmp_path: Path, bucket: Any) -> None:
    bucket.put(f"{speeches}/", "talks/speeches/", recursive=True)
    command = "batch s3://talks/speeches -r -o s3://talks/out -v tone".split()
    done = run(*command, "--jobs", "1", "--cluster", "local", folder=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "report    s3://talks/out/batch-report.json" in done.stdout
    produce_folder(speeches, tmp_path / "here")
    assert download("s3://talks/out") == read_files(tmp_path / "here")
    bucket.rm("talks/out/1.srt")
    again = run(*command, folder=tmp_path)
    assert again.returncode == 0
    assert again.stderr.splitlines()[0].startswith("made: 1.txt")
    assert again.stderr.count("\n") == 1
    assert download("s3://talks/out") == read_files(tmp_path / "here")
    with (
        pytest.raises(SourceError, match="s3://nowhere/in "),
        fetch_folder("s3://nowhere/in", recursive=True),
    ):
        pass
    with pytest.raises(OutputError, match="s3://nowhere/out cannot be written"):
        RemoteStorage("s3://nowhere/out").open()
