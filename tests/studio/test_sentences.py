"""A sentence is put right, and the rest is kept."""

from __future__ import annotations

import io
import wave
from typing import Any

import pytest

from speechcast.text.packed_numbers import ALPHABET
from tests.support.studio_client import Client

TEXT = """在年会上的讲话

各位代表：今年增长5.2%。我们要认真总结，把各项工作做得更好，让大家满意。

谢谢大家！"""


def sounds(studio: Client, path: str, count: int) -> list[bytes]:
    return [studio.get(f"{path}/sentences/{n}/sound").body for n in range(1, count + 1)]


def samples_of(sound: bytes) -> int:
    with wave.open(io.BytesIO(sound)) as file:
        return int(file.getnframes())


def texts(state: dict[str, Any]) -> list[str]:
    return [s["text"].strip() for s in state["sentences"]]


def test_a_text_appears_as_it_was_understood(studio: Client) -> None:
    state = studio.get(studio.create(TEXT)).json
    assert texts(state) == [
        "在年会上的讲话",
        "各位代表：今年增长5.2%。",
        "我们要认真总结，把各项工作做得更好，让大家满意。",
        "谢谢大家！",
    ]
    assert [s["kind"] for s in state["sentences"]] == ["title", "body", "body", "body"]
    assert {"shown": "5.2%", "spoken": "百分之五点二"} in state["sentences"][1]["differences"]
    assert state["estimated"]
    assert state["recorded"] == 0
    assert not state["cues"]
    assert all(s["seconds"] > 0 for s in state["sentences"])


def test_a_sentence_is_recorded_when_it_is_played(studio: Client) -> None:
    path = studio.create(TEXT)
    answer = studio.get(f"{path}/sentences/2/sound")
    assert answer.headers["content-type"] == "audio/wav"
    assert samples_of(answer.body) > 24_000
    state = studio.get(path).json
    assert [s["state"] for s in state["sentences"]] == ["waiting", "recorded", "waiting", "waiting"]


def test_a_sentence_changed_leaves_all_others_and_moves_what_follows_by_the_difference(
    studio: Client,
) -> None:
    path = studio.create(TEXT)
    before = studio.record(path)
    old = sounds(studio, path, 4)
    changed = studio.patch(f"{path}/sentences/2", {"text": "各位代表：今年增长10%。"}).json
    assert [s["state"] for s in changed["sentences"]] == [
        "recorded",
        "waiting",
        "recorded",
        "recorded",
    ]
    assert changed["cues"] == []
    new = sounds(studio, path, 4)
    assert [a == b for a, b in zip(old, new, strict=True)] == [True, False, True, True]

    after = studio.get(path).json
    difference = samples_of(new[1]) - samples_of(old[1])
    assert difference != 0
    moved = [
        round((b["start"] - a["start"]) * 24_000)
        for a, b in zip(before["sentences"], after["sentences"], strict=True)
    ]
    assert moved == [0, 0, difference, difference]
    last = -3  # cues that all stand after the changed sentence
    for a, b in zip(before["cues"][last:], after["cues"][last:], strict=True):
        assert a["text"] == b["text"]
        assert round((b["start"] - a["start"]) * 24_000) == difference
        assert round((b["end"] - a["end"]) * 24_000) == difference


def test_undo_brings_back_the_sentence_its_sound_and_every_cue(studio: Client) -> None:
    path = studio.create(TEXT)
    before = studio.record(path)
    old = sounds(studio, path, 4)
    studio.patch(f"{path}/sentences/4", {"text": "谢谢各位代表！"})
    new = studio.get(f"{path}/sentences/4/sound").body
    assert studio.get(f"{path}/sentences/4/sound?take=previous").body == old[3]
    undone = studio.post(f"{path}/undo").json
    for key in ("text", "sentences", "cues", "seconds"):
        if key != "sentences":
            assert undone[key] == before[key]
    assert texts(undone) == texts(before)
    assert undone["can_redo"]
    assert sounds(studio, path, 4) == old
    assert studio.get(f"{path}/sentences/4/sound?take=previous").body == new
    assert texts(studio.post(f"{path}/redo").json)[3] == "谢谢各位代表！"
    assert studio.get(f"{path}/sentences/4/sound").body == new


def test_a_sentence_is_spoken_slower_with_a_longer_pause_and_nothing_else_is(
    studio: Client,
) -> None:
    path = studio.create(TEXT)
    before = studio.record(path)
    old = sounds(studio, path, 4)
    changes = {"rate": -20, "pause_after": 2.5}
    state = studio.patch(f"{path}/sentences/3", changes).json
    assert (state["sentences"][2]["rate"], state["sentences"][2]["pause_after"]) == (-20, 2.5)
    new = sounds(studio, path, 4)
    assert [a == b for a, b in zip(old, new, strict=True)] == [True, True, False, True]
    assert samples_of(new[2]) > 1.2 * samples_of(old[2])
    after = studio.get(path).json
    third, fourth = after["sentences"][2], after["sentences"][3]
    assert fourth["start"] - third["start"] - third["seconds"] == pytest.approx(2.5, abs=1e-3)
    assert after["sentences"][1]["start"] == before["sentences"][1]["start"]


def test_the_whole_is_played_again_after_what_changes_no_sentence(studio: Client) -> None:
    path = studio.create(TEXT)
    studio.record(path)
    before = studio.get(f"{path}/sound")
    studio.post(f"{path}/allow", {"allow": ["edge"]})
    after = studio.get(f"{path}/sound")
    assert (before.status, after.status) == (200, 200)
    assert after.body == before.body


def test_a_reading_is_chosen_from_its_candidates(studio: Client) -> None:
    path = studio.create("他在重阳村行走。谢谢大家！", voice="narrator")
    state = studio.get(path).json
    question = next((q for q in state["questions"]), None)
    word = question["word"] if question else "重阳"
    pinyin = question["candidates"][-1]["reading"] if question else "zhong4 yang2"
    changed = studio.put(f"{path}/readings", {"word": word, "pinyin": pinyin}).json
    assert changed["readings"] == {word: pinyin}
    spoken = [p for t in changed["sentences"][0]["tokens"] for p in t["pinyin"]]
    assert pinyin.split()[0] in spoken
    assert not any(q["word"] == word for q in changed["questions"])
    removed = studio.put(f"{path}/readings", {"word": word, "pinyin": None}).json
    assert removed["readings"] == {}


def test_what_is_said_for_a_figure_is_changed(studio: Client) -> None:
    path = studio.create(TEXT)
    reading = {"word": "5.2%", "spoken": "五个多百分点"}
    state = studio.put(f"{path}/readings", reading).json
    said = {"shown": "5.2%", "spoken": "五个多百分点"}
    assert said in state["sentences"][1]["differences"]


def test_a_cue_cut_by_hand_survives_when_its_sentence_is_recorded_again(studio: Client) -> None:
    path = studio.create(TEXT)
    before = studio.record(path)
    cue = next(c for c in before["cues"] if c["sentence"] == 3 and len(c["tokens"]) > 3)
    token = cue["tokens"][1]
    cut = {"sentence": 3, "offset": token["offset"], "cut": True}
    state = studio.post(f"{path}/cuts", cut).json
    assert len(state["cues"]) >= len(before["cues"])
    ends = [(c["tokens"][-1]["sentence"], c["tokens"][-1]["offset"]) for c in state["cues"]]
    assert (3, token["offset"]) in ends
    studio.patch(f"{path}/sentences/3", {"rate": 10})
    studio.get(f"{path}/sentences/3/sound")
    again = studio.get(path).json["cues"]
    assert [c["text"] for c in again] == [c["text"] for c in state["cues"]]
    studio.post(f"{path}/cuts", {**cut, "cut": None})
    assert [c["text"] for c in studio.get(path).json["cues"]] == [c["text"] for c in before["cues"]]


def test_two_tabs_do_not_overwrite_each_other(studio: Client) -> None:
    path = studio.create(TEXT)
    version = studio.get(path).json["version"]
    with studio.listen(path) as events:
        first = studio.patch(f"{path}/sentences/4", {"text": "再见！", "version": version})
        assert next(events) == ("state", {"version": version + 1})
    second = studio.patch(f"{path}/sentences/4", {"text": "谢谢！", "version": version})
    assert (first.status, second.status) == (200, 409)
    assert texts(studio.get(path).json)[3] == "再见！"
    assert studio.post(f"{path}/undo", {"version": version}).status == 409


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": "谢{hang2 hang2}谢大家"}, "not a reading"),
        ({"rate": 300}, "allowed"),
        ({"rate": "fast"}, "whole number"),
        ({"pause_after": 1000}, "allowed"),
        ({"pause_after": "x"}, "number"),
        ({"voice": "nobody"}, "no preset"),
        ({"text": 7}, "text"),
    ],
)
def test_a_change_that_is_not_possible_changes_nothing(
    studio: Client, change: dict[str, object], words: str
) -> None:
    path = studio.create(TEXT)
    before = studio.get(path).json
    answer = studio.patch(f"{path}/sentences/4", change)
    assert answer.status == 400
    assert words in answer.json["error"]
    assert "\n" not in answer.json["error"]
    assert studio.get(path).json == before


@pytest.mark.parametrize(
    "path",
    [
        "/sentences/99/sound",
        "/sentences/0/sound",
        f"/sentences/{'9' * 5000}/sound",
        "/files/a.mp3",
    ],
)
def test_what_is_not_there_is_not_found(studio: Client, path: str) -> None:
    assert studio.get(studio.create(TEXT) + path).status == 404


def test_a_recording_is_cancelled_and_goes_on_from_there(studio: Client) -> None:
    path = studio.create("\n".join(f"这是第{n}句话，请大家听一听。" for n in range(1, 61)))
    with studio.listen(path) as events:
        studio.post(f"{path}/record")
        for kind, _ in events:
            if kind == "sentence":
                break
        studio.post(f"{path}/cancel")
        assert any(kind in {"cancelled", "done"} for kind, _ in events)
    assert studio.get(path).json["recorded"] > 0
    assert studio.record(path)["recorded"] == 60


def test_the_waveform_holds_every_cue_and_what_check_says(studio: Client) -> None:
    path = studio.create(TEXT)
    assert studio.get(f"{path}/waveform").status == 404
    studio.record(path)
    wave_form = studio.get(f"{path}/waveform").json
    levels, step = [ALPHABET.index(level) for level in wave_form["levels"]], wave_form["step"]
    assert len(levels) == pytest.approx(wave_form["seconds"] / step, abs=1)
    for cue in studio.get(f"{path}/cues").json["cues"]:
        start = int(cue["start"] / step)
        assert max(levels[start : start + 5]) > 20
    assert all(finding["note"] for finding in wave_form["findings"])


def test_the_whole_is_played_from_any_place(studio: Client) -> None:
    path = studio.create(TEXT)
    studio.record(path)
    whole = studio.get(f"{path}/sound").body
    part = studio.get(f"{path}/sound", Range="bytes=1000-1999")
    assert part.status == 206
    assert part.body == whole[1000:2000]


def test_a_project_is_recorded_in_the_length_asked_for(studio: Client) -> None:
    path = studio.create(TEXT)
    natural = studio.record(path)["seconds"]
    wanted = round(1.2 * natural)
    studio.patch(f"{path}/settings", {"fit": wanted})
    state = studio.record(path)
    assert state["seconds"] == pytest.approx(wanted, abs=0.05)
    assert state["recorded"] == 4
    assert state["settings"]["fit"] == wanted
    assert studio.patch(f"{path}/settings", {"fit": None}).json["seconds"] == natural
