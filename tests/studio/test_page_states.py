"""A page that is sent only what changed has the state that one has which is opened anew."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.errors import SpeechcastError
from speechcast.project import edits
from speechcast.project.project import Project
from speechcast.studio.library import Library
from speechcast.studio.page_state import PageStates, find_pieces, to_parts
from speechcast.studio.reader import ProjectReader
from speechcast.studio.session import ProjectSession
from speechcast.studio.state import describe_project
from speechcast.synthesis.resources import NO_CACHE
from tests.support.studio_client import Client

TEXT = (
    "# 讲话\n\n各位代表：今年增长5.2%。我们在银行行走。\n\n甲：好。\n\n好。（掌声）他们都很行。\n"
)
SENTENCES = [
    "好。",
    "他在重阳村的银行{yin2 hang2}行走。",
    "长{zhang3}大[停顿 1秒]了。两句。",
    "3个班",
]
TEXTS = [TEXT, "好。\n\n" + TEXT, TEXT.replace("好。", "很好！\n"), "甲：好。乙：不好。"]


class Page:
    """Holds what it was sent, and puts it together as the page does."""

    def __init__(self) -> None:
        self.name = ""
        self.states: dict[str, dict[str, Any]] = {"": {}}

    def take(self, answer: dict[str, Any]) -> None:
        before = self.states[answer["since"]]
        now = dict(before)
        for key, part in answer["parts"].items():
            now[key] = join(before.get(key, []), part) if isinstance(part, list) else part
        self.name, self.states[answer["state"]] = answer["state"], now

    @property
    def parts(self) -> dict[str, Any]:
        return self.states[self.name]


def join(before: list[Any], pieces: list[dict[str, Any]]) -> list[Any]:
    runs = (p["new"] if "new" in p else before[slice(*p["kept"])] for p in pieces)
    return [entry for run in runs for entry in run]


Change = Callable[[ProjectSession], object]


def edit(function: Callable[..., Project], *values: Any) -> Change:
    return lambda session: session.edit(lambda project: function(project, *values))


numbers = st.integers(1, 6)
changes = st.one_of(
    st.builds(edit, st.just(edits.set_sentence_text), numbers, st.sampled_from(SENTENCES)),
    st.builds(edit, st.just(edits.set_text), st.sampled_from(TEXTS)),
    st.builds(
        edit,
        st.just(edits.adjust_sentence),
        numbers,
        st.sampled_from([{"rate": 10}, {"rate": 0}, {"pause_after": 2.0}, {"voice": "narrator"}]),
    ),
    st.builds(
        edit, st.just(edits.set_reading), st.just("行走"), st.sampled_from(["xing2 zou3", None])
    ),
    st.builds(
        edit,
        st.just(edits.set_settings),
        st.sampled_from(
            [{"voice": "tone"}, {"voice": "heart"}, {"rate": 5}, {"cast": {"甲": "tone"}}]
        ),
    ),
    st.just(lambda session: session.undo()),
    st.just(lambda session: session.redo()),
    st.builds(lambda number: lambda session: _record(session, number), numbers),
)


def _record(session: ProjectSession, number: int) -> None:
    view = session.view()
    if view.cast.keys() and {voice.engine for voice in view.cast.values()} == {"tone"}:
        session.record_take(session.find_take(view, number))


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(steps=st.lists(st.tuples(changes, st.booleans()), min_size=1, max_size=8))
def test_after_any_changes_a_page_has_what_one_has_that_is_opened_anew(
    steps: list[tuple[Change, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), NO_CACHE)
        try:
            session = library.open(library.create("", TEXT.encode(), "a"))
            session.edit(lambda project: edits.set_settings(project, {"voice": "tone"}))
            states, follows, looks = PageStates(), Page(), Page()
            for change, is_seen in steps:
                try:
                    change(session)
                except SpeechcastError:  # it changed nothing
                    continue
                state = describe_project(session, session.view())
                follows.take(states.answer(follows.name, state))
                if is_seen:
                    looks.take(states.answer(looks.name, state))
            state = describe_project(session, session.view())
            anew = Page()
            for page in (follows, looks, anew):
                page.take(states.answer(page.name, state))
                assert page.parts == to_parts(state)
            _require_read_as_anew(session)
        finally:
            library.close()


def _require_read_as_anew(session: ProjectSession) -> None:
    view = session.view()
    anew = ProjectReader(session.folder, lambda _done, _total: None, lambda: None).read(
        view.history
    )
    assert view.prepared.utterances == anew.prepared.utterances
    assert view.preview == anew.preview
    assert view.keys == anew.keys
    assert list(view.spoken) == list(anew.spoken)


@given(before=st.lists(st.integers(0, 3)), after=st.lists(st.integers(0, 3)))
def test_pieces_make_the_list(before: list[int], after: list[int]) -> None:
    assert join(before, find_pieces(before, after)) == after


def test_a_change_in_a_long_speech_sends_the_sentence_alone(studio: Client) -> None:
    text = "# 讲话\n\n" + "\n\n".join(f"我们有{n}个班。他们都很行。" for n in range(2, 200))
    path = studio.create(text)
    whole = studio.get(path, Known_State="")
    studio_state = whole.json["state"]
    changed = studio.send(
        "PATCH",
        f"{path}/sentences/100",
        '{"text": "他们都好。两句。"}'.encode(),
        Content_Type="application/json",
        Known_State=studio_state,
    )
    assert len(changed.body) < len(whole.body) / 50
    pieces = changed.json["parts"]["sentences"]
    assert [list(piece) for piece in pieces] == [["kept"], ["new"], ["kept"]]
    assert [sentence["text"].strip() for sentence in pieces[1]["new"]] == ["他们都好。", "两句。"]
    nothing = studio.get(path, Known_State=changed.json["state"]).json
    assert (nothing["since"], nothing["parts"]) == (changed.json["state"], {})


def test_a_state_that_is_not_known_is_sent_whole(studio: Client) -> None:
    path = studio.create(TEXT)
    whole = studio.get(path, Known_State="").json
    for known in ("of another studio", "字".encode().decode("latin-1")):
        again = studio.get(path, Known_State=known).json
        assert (again["since"], again["parts"]) == ("", whole["parts"])
