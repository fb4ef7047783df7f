"""The model as ONNX Runtime prepared it: it is written once, and never in the model's way."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import helper, numpy_helper

from speechcast.engines.kokoro import stored_graph
from speechcast.engines.kokoro.session import ModelSession
from speechcast.engines.kokoro.stored_graph import (
    MOST,
    describe_processor,
    graphs_folder,
    open_stored,
    remove_graphs,
)

FACTOR = np.arange(1024, dtype=np.float32).reshape(32, 32)


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a model that multiplies by a matrix, in a home of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return write_model(tmp_path / "model.onnx", FACTOR)


def write_model(path: Path, factor: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Path:
    names = {name: helper.make_tensor_value_info(name, 1, [1, 32]) for name in "xy"}
    nodes = [
        helper.make_node("Transpose", ["w"], ["t"], perm=[1, 0]),  # is folded
        helper.make_node("MatMul", ["x", "t"], ["y"]),
    ]
    weights = [numpy_helper.from_array(factor, "w")]
    graph = helper.make_graph(nodes, "product", [names["x"]], [names["y"]], weights)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), path)
    return path


def apply(session: onnxruntime.InferenceSession) -> list[float]:
    row = np.eye(32, dtype=np.float32)[1:2]
    return [float(value) for value in session.run(None, {"x": row})[0][0]]


def list_graphs() -> list[Path]:
    return sorted(graphs_folder().iterdir()) if graphs_folder().exists() else []


def test_it_is_written_once_and_gives_the_same(model: Path) -> None:
    assert apply(open_stored(model, onnxruntime.SessionOptions)) == list(FACTOR[:, 1])
    (folder,) = list_graphs()
    written = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert {"graph.onnx", "weights.bin", "digests.json"} == written.keys()
    assert apply(open_stored(model, onnxruntime.SessionOptions)) == list(FACTOR[:, 1])
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == written


def test_it_is_the_graph_that_is_opened(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    plain = stored_graph._open

    def note(path: Path, options: onnxruntime.SessionOptions) -> onnxruntime.InferenceSession:
        opened.append(path.name)
        return plain(path, options)

    monkeypatch.setattr(stored_graph, "_open", note)
    for _ in range(2):
        open_stored(model, onnxruntime.SessionOptions)
    assert opened == ["model.onnx", "graph.onnx"]


def test_another_model_under_the_same_name_has_another_graph(model: Path) -> None:
    open_stored(model, onnxruntime.SessionOptions)
    write_model(model, FACTOR + 1)
    assert apply(open_stored(model, onnxruntime.SessionOptions)) == list(FACTOR[:, 1] + 1)
    assert len(list_graphs()) == 2


@pytest.mark.parametrize("name", ["graph.onnx", "weights.bin", "digests.json"])
@pytest.mark.parametrize("damage", [lambda data: data[:-1] + b"\x7f", lambda _: b""])
def test_a_damaged_graph_is_written_anew(model: Path, name: str, damage: object) -> None:
    assert callable(damage)
    open_stored(model, onnxruntime.SessionOptions)
    (folder,) = list_graphs()
    file = folder / name
    content = file.read_bytes()
    file.write_bytes(damage(content))
    assert apply(open_stored(model, onnxruntime.SessionOptions)) == list(FACTOR[:, 1])
    assert file.read_bytes() == content


def test_no_more_than_a_few_are_kept_and_what_was_abandoned_goes(model: Path) -> None:
    graphs_folder().mkdir(parents=True)
    abandoned, begun = graphs_folder() / ".part-abandoned", graphs_folder() / ".part-begun"
    abandoned.mkdir()
    begun.mkdir()
    os.utime(abandoned, (0, 0))
    for number in range(MOST + 2):
        write_model(model, FACTOR + number)
        open_stored(model, onnxruntime.SessionOptions)
    assert not abandoned.exists()
    assert len(list_graphs()) == MOST + 1  # and the one that another process is writing
    assert begun in list_graphs()
    remove_graphs()
    assert not list_graphs()


def test_without_room_the_model_itself_is_opened(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_graph, "DISK_NEEDED", 1 << 62)
    assert apply(open_stored(model, onnxruntime.SessionOptions)) == list(FACTOR[:, 1])
    assert not list_graphs()


def test_a_cache_that_is_no_folder_is_gone_without(model: Path) -> None:
    graphs_folder().parent.mkdir(parents=True)
    graphs_folder().write_text("a file")
    assert apply(open_stored(model, onnxruntime.SessionOptions)) == list(FACTOR[:, 1])


def test_a_damaged_model_fails_as_itself_and_leaves_nothing(model: Path) -> None:
    model.write_bytes(b"nonsense")
    with pytest.raises(Exception, match=r"model\.onnx"):
        open_stored(model, onnxruntime.SessionOptions)
    assert not list_graphs()


def test_another_processor_has_another_graph(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("processor : 0\nmodel name : A\nflags : avx2\ncpu MHz : 1\n" * 2)
    other.write_text("processor : 0\nmodel name : A\nflags : avx512f\ncpu MHz : 1\n")
    assert describe_processor(one) == "flags : avx2\nmodel name : A"
    assert describe_processor(one) != describe_processor(other)
    assert describe_processor(tmp_path / "missing")


def test_a_session_opened_for_one_run_at_a_time_lets_in_one(model: Path) -> None:
    session = ModelSession(model, 2)
    session.open(alone=True)
    assert session.max_threads == 1
    with session.borrow(lambda: False):
        assert session.running == 1
        assert not session._free
    session.open()  # changes nothing any more
    assert session.max_threads == 1


def test_a_run_that_began_to_open_it_counts(model: Path) -> None:
    """Two threads may have entered when a third opens it for one at a time."""
    session = ModelSession(model, 2)
    with session.borrow(lambda: False):
        session._limit_to_one()
        assert session.running == 1
    with session.borrow(lambda: False):
        assert session.running == 1
