"""What a batch would send, counted before it begins: nobody's text goes out unannounced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from speechcast.batch.options import BatchOptions
from speechcast.batch.outgoing import count_outgoing
from speechcast.batch.plan import plan_batch
from speechcast.batch.stop_signal import StopSignal
from speechcast.engines.base import Destination
from speechcast.preferences import Preferences
from tests.support.batches import TONE, produce_folder, write_files

TEXT = "今天开会。\n"  # five characters
ONLINE = BatchOptions(preferences=Preferences(voice="yunxi"))
CLUSTER = Destination("tcp://far:8786", "tcp://far:8786", "the cluster")


def count(
    root: Path,
    options: BatchOptions,
    cluster: Destination | None = None,
    stop: StopSignal | None = None,
) -> Mapping[str, int]:
    """The characters that would be sent, by the address."""
    plan = plan_batch(root, root.parent / "out", options, recursive=True)
    counted = count_outgoing(plan, stop or StopSignal(), cluster)
    return {destination.address: characters for destination, characters in counted.items()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_files(tmp_path / "in", "a.txt", "sub/b.txt", text=TEXT)


def test_all_that_an_online_voice_speaks_is_counted(root: Path) -> None:
    (address,) = count(root, ONLINE)
    assert count(root, ONLINE) == {address: 10}
    assert count(root, TONE) == {}


def test_a_speech_that_fails_hides_no_other(root: Path) -> None:
    write_files(root, "aa.txt", text="……\n")
    (root / "ab.docx").write_bytes(b"PK\x03\x04 of nothing")
    assert list(count(root, ONLINE).values()) == [10]


@pytest.mark.parametrize("name", ["c.txt", "C.TXT", "c.md", "C.Markdown"])
def test_a_voice_of_front_matter_is_counted_where_the_user_allows_it(root: Path, name: str) -> None:
    write_files(root, name, text=f"---\nvoice: yunxi\n---\n{TEXT}")
    unnamed = BatchOptions()
    assert count(root, unnamed) == {}  # it is refused when it is its turn
    assert list(count(root, replace(unnamed, allow_online=("edge",))).values()) == [5]
    assert count(root, replace(TONE, allow_online=("edge",))) == {}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [('voice = "yunxi"', 9), ('voice = "tone"\n[cast]\n"主持人" = "yunxi"', 5)],
)
def test_a_voice_of_a_folders_settings_is_counted_too(
    root: Path, settings: str, expected: int
) -> None:
    write_files(root, "sub/speechcast.toml", text=f"{settings}\n")
    write_files(root, "sub/b.txt", text=f"主持人：{TEXT}")
    assert list(count(root, BatchOptions(allow_online=("edge",))).values()) == [expected]


def test_a_cluster_elsewhere_receives_every_speech_that_is_to_be_made(root: Path) -> None:
    assert count(root, TONE, CLUSTER) == {CLUSTER.address: 10}
    produce_folder(root, root.parent / "out")
    assert count(root, TONE, CLUSTER) == {}
    assert count(root, replace(TONE, force=True), CLUSTER) == {CLUSTER.address: 10}


def test_a_batch_that_is_stopped_counts_no_more(root: Path) -> None:
    stop = StopSignal()
    stop.drain()
    assert count(root, ONLINE, stop=stop) == {}
