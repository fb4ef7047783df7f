"""A long speech is shown before it is read, and only what changes is read again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from speechcast import preview
from speechcast.frontend import doubtful_readings, reading_memo
from speechcast.frontend.doubtful_readings import DoubtfulReading
from speechcast.frontend.lexicon import Lexicon
from speechcast.frontend.tokens import read_sentence
from speechcast.model import Sentence
from speechcast.studio import session
from tests.support.studio_client import PATIENCE, Client, run_studio

TEXT = "# 讲话\n\n" + "\n\n".join(f"我们有{n}个班。他们都很行。他们都很行。" for n in range(2, 40))


class Gate:
    """Lets sentences be read when it is open, and counts them."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.reached, self.open = threading.Event(), threading.Event()

    def __call__(self, sentence: Sentence, language: str, lexicon: Lexicon) -> object:
        self.reached.set()
        assert self.open.wait(PATIENCE)
        self.read.append(sentence.text)
        return read_sentence(sentence, language, lexicon)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    monkeypatch.setattr(reading_memo, "read_sentence", gate)
    monkeypatch.setattr(session, "LONG", 20)
    yield gate
    gate.open.set()


@pytest.fixture
def studio(gate: Gate, tmp_path: Path) -> Iterator[Client]:
    with run_studio(tmp_path / "projects", tmp_path / "clips") as client:
        yield client
        gate.open.set()


def create(studio: Client, text: str) -> str:
    answer = studio.post("/api/projects", {"text": text, "name": "a"})
    assert answer.status == 201, answer.body
    return f"/api/projects/{answer.json['id']}"


def test_a_long_speech_is_shown_before_it_is_read(studio: Client, gate: Gate) -> None:
    path = create(studio, TEXT)
    known = studio.get(f"{path}?unread").json
    assert gate.read == []
    assert known["reading"]
    gate.open.set()
    state = studio.get(path).json
    assert not state["reading"]
    assert known.keys() == state.keys()
    found_later = {"tokens", "differences", "seconds"}
    for before, after in zip(known["sentences"], state["sentences"], strict=True):
        assert before.keys() == after.keys()
        assert [key for key in before if before[key] != after[key] and key not in found_later] == []
        assert "".join(t["shown"] for t in before["tokens"]) == after["text"]
        assert before["seconds"] == pytest.approx(after["seconds"], rel=0.5)
    assert known["seconds"] == pytest.approx(state["seconds"], rel=0.03)
    assert (known["estimated"], known["recording"], known["recorded"]) == (True, False, 0)
    assert studio.get(f"{path}?unread").json == state


def test_a_short_speech_is_read_at_once(studio: Client, gate: Gate) -> None:
    gate.open.set()
    state = studio.get(f"{create(studio, '大家好。')}?unread").json
    assert (state["reading"], state["sentences"][0]["tokens"][0]["pinyin"]) == (
        False,
        ["da4", "jia1"],
    )


def test_a_change_of_a_long_speech_reads_only_what_it_changes(studio: Client, gate: Gate) -> None:
    gate.open.set()
    path = create(studio, TEXT)
    studio.get(path)
    gate.read.clear()
    studio.patch(f"{path}/sentences/4", {"text": "他们都银行。"})
    assert gate.read == ["他们都银行。"]
    studio.patch(f"{path}/sentences/4", {"rate": 10})
    studio.put(f"{path}/readings", {"word": "银行", "pinyin": "yin2 hang2"})
    assert gate.read == ["他们都银行。"] * 2
    studio.post(f"{path}/undo", {})
    assert len(gate.read) == 2


def test_pages_hear_how_far_a_long_speech_is_read(studio: Client, gate: Gate) -> None:
    path = create(studio, TEXT)
    with studio.listen(path) as events:
        gate.open.set()
        studio.get(path)
        studio.patch(f"{path}/sentences/4", {"rate": 10})
        heard = list(iter(lambda: next(events), ("state", {"version": 2})))
    readings: list[Any] = [data for kind, data in heard if kind == "reading"]
    assert readings == [{"done": done, "total": 115} for done in (20, 40)]  # 40 are different


def test_a_speech_that_is_being_read_does_not_hold_up_the_end(tmp_path: Path, gate: Gate) -> None:
    answers: list[int] = []
    with run_studio(tmp_path / "projects", tmp_path / "clips") as studio:
        path = create(studio, TEXT)
        reading = threading.Thread(target=lambda: answers.append(studio.get(path).status))
        reading.start()
        assert gate.reached.wait(PATIENCE)
        assert studio.send("DELETE", path).status == 204
        gate.open.set()
        reading.join(PATIENCE)
    assert answers == [404]
    assert len(gate.read) == 1


def test_a_speech_that_cannot_be_spoken_is_refused_at_once(studio: Client, gate: Gate) -> None:
    for text in ("……\n" * 100, TEXT + "\n\n大家[停顿 99秒]好。"):
        assert studio.post("/api/projects", {"text": text}).status == 400
    assert gate.read == []
    assert studio.get("/api/projects").json == []


def test_the_studio_answers_while_a_speech_is_being_read(studio: Client, gate: Gate) -> None:
    path = create(studio, TEXT)
    others = [
        lambda: studio.get(path),
        lambda: studio.post(f"{path}/allow", {"allow": ["edge"]}),
        lambda: studio.post("/api/voices/tone/sample", {"project": "a"}),
    ]
    threads = [threading.Thread(target=ask) for ask in others]
    for thread in threads:
        thread.start()
        assert gate.reached.wait(PATIENCE)
    assert studio.get("/api/projects").status == 200
    assert studio.get(f"{path}?unread").json["reading"]
    assert studio.post(f"{path}/cancel").status == 200
    gate.open.set()
    for thread in threads:
        thread.join(PATIENCE)


def test_a_speech_that_was_read_is_shown_read(studio: Client, gate: Gate) -> None:
    gate.open.set()
    path = create(studio, TEXT)
    studio.post(f"{path}/allow", {"allow": ["edge"]})
    studio.patch(f"{path}/sentences/4", {"text": "他们都好。"})
    assert not studio.get(f"{path}?unread").json["reading"]


def test_a_single_sentence_that_is_long_is_given_up_between_its_pieces(
    tmp_path: Path, gate: Gate
) -> None:
    text = "".join(f"第{number}个班，" for number in range(6000))
    answers: list[int] = []
    with run_studio(tmp_path / "projects", tmp_path / "clips") as studio:
        path = create(studio, text)
        assert gate.read == []  # it is shown before it is read
        reading = threading.Thread(target=lambda: answers.append(studio.get(path).status))
        reading.start()
        assert gate.reached.wait(PATIENCE)
        assert studio.send("DELETE", path).status == 204
        gate.open.set()
        reading.join(PATIENCE)
    assert answers == [404]
    assert len(gate.read) == 1


def test_a_sentence_that_is_being_described_is_given_up_before_the_next_step(
    tmp_path: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    described = doubtful_readings.describe_doubts
    gate.open.set()
    reached, goes_on = threading.Event(), threading.Event()

    def describe(*args: Any) -> Iterator[DoubtfulReading]:
        reached.set()
        assert goes_on.wait(PATIENCE)
        return described(*args)

    monkeypatch.setattr(preview, "describe_doubts", describe)
    monkeypatch.setattr(session, "LONG_TEXT", 1)  # so that it is shown before it is read
    answers: list[int] = []
    with run_studio(tmp_path / "projects", tmp_path / "clips") as studio:
        path = create(studio, "大家好。")
        reading = threading.Thread(target=lambda: answers.append(studio.get(path).status))
        reading.start()
        assert reached.wait(PATIENCE)
        assert studio.send("DELETE", path).status == 204
        goes_on.set()
        reading.join(PATIENCE)
    assert answers == [404]
