"""The parts of the studio by themselves, without a server."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any, cast

import numpy as np
import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from speechcast.documents import MAX_FILE_BYTES
from speechcast.errors import PresetError, SpeechcastError, UsageError
from speechcast.model import Clip, Pause, PlacedClip, Span, Timeline, Token, Utterance, Voice
from speechcast.progress import Step
from speechcast.project import edits
from speechcast.project.sentences import list_sentences
from speechcast.studio import recording, security, speech_service
from speechcast.studio.events import Broadcast
from speechcast.studio.library import Library
from speechcast.studio.recording import Cancelled, Turn
from speechcast.studio.security import Guard, describe_api_error
from speechcast.studio.session import ProjectSession
from speechcast.studio.speech_service import BusyError, SpeechService, SpokenText
from speechcast.synthesis.resources import NO_CACHE
from tests.support.waiting import wait_until

TEXT = "大家好。我们开会。再见。"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[ProjectSession]:
    """A project that `tone` speaks, open."""
    library = Library(tmp_path / "projects", NO_CACHE)
    with contextlib.closing(library):
        opened = library.open(library.create("a.txt", TEXT.encode()))
        opened.edit(lambda project: edits.set_settings(project, {"voice": "tone"}))
        yield opened


# Files that another program changes.


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("lexicon.toml", "甲 = \n", "lexicon.toml is not valid TOML"),
        ("adjustments.toml", "[[sentence]]\ntext = 3\n", "sentence 1: text is 3"),
        ("speech.txt", "再{见|\n[停顿 9999秒]", "line"),
        ("speechcast.toml", "[project]\nname = 'a'\nspeech = 'gone.txt'\n", "gone.txt"),
        ("speechcast.toml", "voice='nobody'\n[project]\nname='a'\nspeech='speech.txt'", "nobody"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_again_and_never_saved_over(
    session: ProjectSession, name: str, content: str, words: str
) -> None:
    path = session.folder / name
    before = path.read_bytes()
    path.write_text(content, "utf-8")
    for work in (
        session.view,
        session.view,
        lambda: session.edit(lambda project: edits.set_settings(project, {"rate": 5})),
        session.undo,
        session.view,
    ):
        with pytest.raises(SpeechcastError, match=words):
            work()
    assert path.read_text("utf-8") == content
    path.write_bytes(before)
    assert [s.text for s in session.view().preview.sentences] == [
        "大家好。",
        "我们开会。",
        "再见。",
    ]


def test_a_speech_that_was_renamed_is_followed_there(session: ProjectSession) -> None:
    settings = session.folder / "speechcast.toml"
    (session.folder / "speech.txt").rename(session.folder / "other.txt")
    settings.write_text(settings.read_text("utf-8").replace("speech.txt", "other.txt"), "utf-8")
    assert session.view().history.current.speech.name == "other.txt"
    (session.folder / "other.txt").write_text("大家早。", "utf-8")
    assert [s.text for s in session.view().preview.sentences] == ["大家早。"]


# The recording.


def test_what_is_recorded_again_while_it_is_cancelled_is_recorded(
    session: ProjectSession,
) -> None:
    turn = session.recording._turn
    turn.take(Event())  # another project records, so that this one waits
    session.recording.start()
    session.recording.cancel()
    session.recording.start()
    turn.give_back()
    session.recording.wait()
    assert all(session.is_recorded(session.view(), number) for number in (1, 2, 3))


def test_a_page_that_hears_of_the_end_finds_no_recording(
    session: ProjectSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It asks for the state at once, and would show for ever that a recording goes on."""
    ends = []

    def send(kind: str, **_data: Any) -> None:
        if kind == "done":
            ends.append(session.recording.running)

    monkeypatch.setattr(session.events, "send", send)
    session.recording.start()
    session.recording.wait()
    assert ends == [False]


def test_nothing_is_recorded_in_a_project_that_is_closed(session: ProjectSession) -> None:
    session.close()
    with pytest.raises(Cancelled):
        session.recording.start()
    assert not session.recording.running


def test_a_turn_is_waited_for_until_it_is_cancelled() -> None:
    turn, cancelled = Turn(), Event()
    turn.take(Event())
    cancelled.set()
    with pytest.raises(Cancelled, match="what was recorded stays"):
        turn.take(cancelled)
    turn.give_back()
    turn.take(cancelled)  # it is free


class _Listening:
    """In place of a session: what its pages are sent."""

    def __init__(self) -> None:
        self.events = self
        self.sent: list[dict[str, Any]] = []

    def send(self, kind: str, **data: Any) -> None:
        assert kind == "progress"
        self.sent.append(data)


def test_how_long_the_work_still_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 10.0, 14.0, 20.0, 21.0, 30.0, 31.0])
    monkeypatch.setattr("speechcast.studio.recording.time.monotonic", lambda: next(clock))
    pages = _Listening()
    meter = recording._Meter(cast("ProjectSession", pages), "progress")
    meter.report(Step("speaking", 2, 10, "a"))  # 10 s
    meter.report(Step("speaking", 4, 10, "b"))  # 14 s: 2 of them took 4 s, and 6 are left
    meter.report(Step("speaking", 10, 10, "c"))
    meter.report(Step("encoding", 0, 3, "d"))  # 21 s: another stage
    meter.report(Step("encoding", 2, 3, "e"))  # 30 s: 2 took 9 s
    assert [each["left_seconds"] for each in pages.sent] == [None, 12.0, 0.0, None, 4.5]
    assert pages.sent[1] == {
        "stage": "speaking",
        "done": 4,
        "total": 10,
        "text": "b",
        "left_seconds": 12.0,
    }


# Events.


def test_a_page_that_reads_no_events_is_dropped_and_the_others_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("speechcast.studio.events._MOST_WAITING", 2)

    async def listen() -> tuple[list[str], list[str]]:
        broadcast = Broadcast()
        slow, quick = broadcast.listen(), broadcast.listen()
        read = [await anext(slow)]
        assert await anext(quick) == ": open\n\n"
        heard = []
        for number in range(3):
            broadcast.send("state", version=number)
            heard.append(await anext(quick))
        read += [text async for text in slow]
        broadcast.close()
        assert [text async for text in quick] == []
        return read, heard

    read, heard = asyncio.run(listen())
    assert heard == [f'event: state\ndata: {{"version": {n}}}\n\n' for n in range(3)]
    assert read == [": open\n\n", heard[1]]  # and then it ends, so that the page asks again


def test_a_heartbeat_shows_that_the_connection_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speechcast.studio.events.HEARTBEAT", 0.0)

    async def listen() -> list[str]:
        events = Broadcast().listen()
        return [await anext(events) for _ in range(3)]

    assert asyncio.run(listen()) == [": open\n\n", ": still here\n\n", ": still here\n\n"]


# What reaches the studio.


async def _answer(_scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def ask(
    guard: Guard, path: str = "/", query: str = "", *bodies: bytes, **others: str
) -> tuple[int, Headers]:
    """Return the status and the headers of the answer to a request."""
    headers = {"host": "localhost:8000", "authorization": "Bearer secret", **others}
    scope: Scope = {
        "type": "http",
        "path": path,
        "query_string": query.encode(),
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }
    waiting = list(bodies or (b"",))
    sent: list[Message] = []

    async def receive() -> Message:
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(guard(scope, receive, send))
    return sent[0]["status"], Headers(raw=sent[0]["headers"])


GUARD = Guard(_answer, "secret", ("localhost",), most_bytes=10)


@pytest.mark.parametrize(
    ("length", "status"),
    [("10", 200), ("11", 413), ("9" * 30, 413), ("x", 200), ("١١", 200), ("-11", 200), ("", 200)],
)
def test_a_body_may_be_as_long_as_is_allowed(length: str, status: int) -> None:
    headers = [(b"host", b"localhost"), (b"authorization", b"bearer  secret")]
    scope = {"type": "http", "path": "/", "query_string": b""}
    scope["headers"] = [*headers, (b"content-length", length.encode("utf-8"))]
    refused = GUARD._judge(scope)
    assert (refused.status_code if refused else 200) == status


def test_bodies_are_counted_as_they_come() -> None:
    assert ask(GUARD, "/", "", b"12345", b"67890")[0] == 200
    with pytest.raises(Exception, match="413"):
        ask(GUARD, "/", "", b"12345", b"678901")


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("Bearer secret", 200),
        ("BEARER  secret ", 200),
        ("Bearer Secret", 401),
        ("Basic secret", 401),
        ("secret", 401),
        ("", 401),
    ],
)
def test_the_key_of_a_request(key: str, status: int) -> None:
    assert ask(GUARD, "/v1/models", authorization=key)[0] == status
    assert ask(GUARD, "/", authorization=key)[0] == status


def test_a_cookie_is_the_key_of_the_page_alone_and_of_one_port() -> None:
    mine = {"authorization": "", "cookie": "speechcast_8000=secret"}
    assert ask(GUARD, "/", **mine)[0] == 200
    assert ask(GUARD, "/dev/captioned_speech", **mine)[0] == 401
    assert ask(GUARD, "/", host="localhost:8001", **mine)[0] == 401
    assert ask(GUARD, "/", **{**mine, "cookie": "speechcast_8000=other"})[0] == 401
    assert ask(GUARD, "/", host="localhost", authorization="", cookie="speechcast=secret")[0] == 200


def test_the_token_of_an_address_is_taken_on_the_first_page_alone() -> None:
    status, headers = ask(GUARD, "/", "token=a&token=secret", authorization="")
    assert (status, headers["location"]) == (303, "/")
    assert headers["set-cookie"].startswith("speechcast_8000=secret; HttpOnly; Path=/; SameSite=s")
    assert ask(GUARD, "/", "token=secret&token=a", authorization="")[0] == 401
    assert ask(GUARD, "/api/projects", "token=secret", authorization="")[0] == 401
    assert ask(Guard(_answer, None, ("localhost",)), "/", "token=x", authorization="")[0] == 200


def test_static_files_may_be_kept_and_nothing_else() -> None:
    assert "cache-control" not in ask(GUARD, "/static/a.js")[1]
    assert ask(GUARD, "/")[1]["cache-control"] == "no-store"


def test_a_connection_that_is_no_request_is_not_answered() -> None:
    async def fail(*_arguments: object) -> Any:
        raise AssertionError

    asyncio.run(Guard(fail, None)({"type": "websocket"}, fail, fail))


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (401, "invalid_request_error", "invalid_api_key"),
        (429, "invalid_request_error", "rate_limit_exceeded"),
        (499, "invalid_request_error", None),
        (500, "server_error", None),
    ],
)
def test_an_error_as_openai_describes_it(status: int, kind: str, code: str | None) -> None:
    described = describe_api_error("x", status, "voice")
    assert described == {"error": {"message": "x", "type": kind, "param": "voice", "code": code}}


def test_a_document_of_the_largest_size_may_be_uploaded() -> None:
    assert security.MAX_BODY_BYTES == MAX_FILE_BYTES + 1_000_000
    assert security.describe_limit(1_500_000) == "that is more than 2 MB; split it"


# Texts of other programs.


def test_the_words_of_a_text_have_the_marks_after_them() -> None:
    shown = [
        ("“", None),
        ("甲", (0, 10)),
        ("， ", None),
        ("乙", (20, 30)),
        ("。", None),
    ]
    tokens = tuple(Token(text, text) for text, _ in shown)
    spans = tuple(None if span is None else Span(*span) for _, span in shown)
    clips = [
        PlacedClip(
            Utterance(tokens=tokens, sentence=n, row=1, pause=Pause.SENTENCE),
            Clip(np.zeros(30, np.int16), 10, spans),
            start,
        )
        for n, start in ((1, 100), (2, 200))
    ]
    spoken = SpokenText(Timeline(tuple(clips), 10, 245), {})
    assert [(w.word, w.start, w.end) for w in spoken.words()] == [
        ("甲，", 10.0, 11.0),
        ("乙。", 12.0, 13.0),
        ("甲，", 20.0, 21.0),
        ("乙。", 22.0, 23.0),
    ]
    assert spoken.seconds == 24.5


def test_a_text_may_be_so_long_and_no_longer() -> None:
    service = SpeechService(NO_CACHE)
    with pytest.raises(UsageError, match="input has 20001 characters; allowed are 20000: split it"):
        service.speak("好" * 20_001, "nobody")
    with pytest.raises(PresetError, match="there is no voice 'nobody'"):
        service.speak("好" * 20_000, "nobody")


@pytest.mark.parametrize(
    ("rate", "speed", "result"),
    [(0, 1.0, 0), (0, 0.5, -50), (0, 2.0, 100), (20, 1.5, 80), (20, 2.0, 100), (-20, 0.5, -50)],
)
def test_the_speed_is_times_the_voices_own(
    tone: Voice, rate: int, speed: float, result: int
) -> None:
    assert speech_service._with_speed(replace(tone, rate=rate), speed).rate == result


@pytest.mark.parametrize("speed", [0.49, 2.01])
def test_a_speed_that_is_none(speed: float) -> None:
    with pytest.raises(UsageError, match=f"speed is {speed:g}; allowed are 0.5 to 2"):
        SpeechService(NO_CACHE).speak("好。", "tone", speed)


def test_one_request_too_many_is_turned_away_and_the_place_is_free_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(speech_service, "MOST_WAITING", 1)
    turned_away: list[str] = []
    services: list[SpeechService] = []

    def speak_meanwhile() -> None:
        if not turned_away:
            with pytest.raises(BusyError, match="1 requests are waiting") as caught:
                services[0].speak("好。", "tone")
            turned_away.append(str(caught.value))

    services.append(SpeechService(replace(NO_CACHE, check=speak_meanwhile)))
    assert services[0].speak("好。", "tone").seconds > 0
    assert turned_away
    assert services[0].speak("好。", "tone").seconds > 0


# The folder of projects.


def test_projects_of_one_name_are_numbered_whatever_their_case(tmp_path: Path) -> None:
    library = Library(tmp_path / "projects", NO_CACHE)
    with contextlib.closing(library):
        names = [library.create("", TEXT.encode(), name) for name in ("a", "A", "a 2", "a")]
        assert names == ["a", "A 2", "a 2 2", "a 3"]
        assert {project.id for project in library.list()} == set(names)


def test_a_project_is_named_after_its_file_or_its_title(tmp_path: Path) -> None:
    library = Library(tmp_path / "projects", NO_CACHE)
    titled = f"---\ntitle: 年会\n---\n{TEXT}".encode()
    with contextlib.closing(library):
        assert library.create("讲话.md", titled) == "讲话"
        assert library.create("", titled) == "年会"
        assert library.create("", TEXT.encode()) == "大家好"
        with pytest.raises(SpeechcastError):
            library.create("", b"   ")
        assert {path.name for path in library.folder.iterdir()} == {"讲话", "年会", "大家好"}


def test_the_project_that_was_changed_last_comes_first(tmp_path: Path) -> None:
    library = Library(tmp_path / "projects", NO_CACHE)
    with contextlib.closing(library):
        for number, name in enumerate("bac"):
            library.create("", TEXT.encode(), name)
            for path in (library.folder / name).iterdir():
                os.utime(path, (1000 - number, 1000 - number))
        os.utime(library.folder / "c" / "lexicon.toml", (2000, 2000))
        (library.folder / ".hidden").mkdir()
        (library.folder / "no project").mkdir()
        listed = library.list()
    assert [project.id for project in listed] == ["c", "b", "a"]
    assert [project.changed for project in listed] == [2000, 1000, 999]


def test_a_sample_is_the_first_sentence_that_is_no_title(tmp_path: Path) -> None:
    library = Library(tmp_path / "projects", NO_CACHE)
    with contextlib.closing(library):
        opened = library.open(library.create("a.md", f"# 年会\n\n{TEXT}".encode()))
        take = opened.find_sample("tone")
        assert "".join(u.shown for u in take.utterances) == "大家好。"
        only_title = library.open(library.create("b.md", b"# \xe5\xb9\xb4\xe4\xbc\x9a\n"))
        title = only_title.find_sample("tone")
        assert "".join(u.shown for u in title.utterances) == "年会"


def test_a_sentence_stays_as_it_was_before_while_others_change(session: ProjectSession) -> None:
    session.recording.start()
    session.recording.wait()
    session.edit(lambda project: edits.set_sentence_text(project, 1, "大家早。"))
    session.edit(lambda project: edits.adjust_sentence(project, 3, {"pause_after": 2.0}))
    before = session.find_take(session.view(), 1, previous=True)
    assert "".join(u.shown for u in before.utterances) == "大家好。"
    sentences = list_sentences(session.history.current)
    assert [session.has_previous(s.key) for s in sentences] == [True, False, False]


def test_the_sound_of_the_whole_is_made_again_only_where_it_changed(
    session: ProjectSession,
) -> None:
    session.recording.start()
    session.recording.wait()
    first = session.render_whole()
    assert session.render_whole() == first
    session.edit(lambda project: edits.adjust_sentence(project, 1, {"pause_after": 2.0}))
    second = session.render_whole()
    assert second != first
    assert second.stat().st_size > 100_000
    wait_until(lambda: not first.exists())
    session.close()
    assert not second.parent.exists()
