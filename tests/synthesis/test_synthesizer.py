"""Utterances to clips, in order, whole or not at all; nothing twice."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.downloads.bundle import Bundle
from speechcast.engines.tone import Tone
from speechcast.errors import EngineError, ServiceUnreachable, TextError, TransientError
from speechcast.model import Clip, Utterance, Voice
from speechcast.progress import ProgressCallback, Step, ignore_progress
from speechcast.synthesis import synthesizer
from speechcast.synthesis.clip_cache import ClipCache
from speechcast.synthesis.concurrency import Limiters
from speechcast.synthesis.jobs import make_jobs, sound_version
from speechcast.synthesis.speaking_rate import measure_rate
from speechcast.synthesis.synthesizer import Resources
from speechcast.voices import presets as voices
from tests.support.edge_service import EdgeService, Fault
from tests.support.recording import IMPATIENT, XIAOXIAO, Recording, point_at, sounds_like
from tests.support.speeches import line


class Slow(Tone):
    """A tone engine with three workers; `late…` takes longer, `bad` fails so many `times`."""

    cacheable = True  # as what takes its time is

    def __init__(self, voice: Voice, error: Exception | None = None, times: int = 1_000) -> None:
        super().__init__(voice)
        self.error, self.times = error, times
        self.at_once = self.most = 0
        self.lock = threading.Lock()
        self.recorded: list[str] = []

    @property
    def workers(self) -> int:
        return 3

    def synthesize(self, one: Utterance) -> Clip:
        with self.lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        time.sleep(0.05 if one.shown.startswith("late") else 0.005)
        with self.lock:
            self.at_once -= 1
            self.recorded.append(one.shown)
            if one.shown == "bad" and self.error and self.times:
                self.times -= 1
                raise self.error
        return super().synthesize(one)

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        return Tone.required_bundles(voice)


TONE = voices.load("tone")


def lines(*texts: str) -> list[Utterance]:
    return [replace(line(text), sentence=n, row=n) for n, text in enumerate(texts, 1)]


def record(
    utterances: list[Utterance],
    engine: Tone,
    report: ProgressCallback = ignore_progress,
    store: ClipCache | None = None,
    jobs: int | None = None,
) -> list[Clip]:
    voices = {"": TONE}
    return synthesizer.synthesize(
        utterances,
        {"": engine},
        report,
        voices=voices,
        resources=Resources(store, jobs),
        policy=IMPATIENT,
        limiters=Limiters(),
    )


def test_clips_come_back_in_order_and_side_by_side() -> None:
    engine = Slow(TONE)
    utterances = lines("late1", "b", "cc", "late22", "ddd")
    clips = record(utterances, engine)
    assert [len(c.samples) for c in clips] == [4800 * len(one.shown) for one in utterances]
    assert engine.most == 3


def test_jobs_overrule_how_many_are_recorded_at_once() -> None:
    engine = Slow(TONE)
    record(lines(*[f"late{n}" for n in range(12)]), engine, jobs=5)
    assert engine.most == 5


def test_two_voices_of_one_service_share_its_places() -> None:
    """Local voices share the cores: the second voice does not bring more."""
    engines = {"": Slow(TONE), "B": Slow(replace(TONE, rate=10))}
    utterances = lines(*[f"late{n}" for n in range(12)])
    utterances = [replace(one, speaker="B" if one.sentence % 2 else "") for one in utterances]
    started = time.monotonic()
    speakers = {speaker: replace(TONE, rate=10 if speaker else 0) for speaker in engines}
    synthesizer.synthesize(
        utterances, engines, ignore_progress, voices=speakers, limiters=Limiters()
    )
    assert time.monotonic() - started >= 12 / 3 * 0.05
    assert engines[""].most + engines["B"].most >= 3


def test_progress_counts_sentences() -> None:
    steps: list[Step] = []
    utterances = [*lines("a", "b"), replace(line("c"), sentence=2), replace(line("a"), sentence=3)]
    record(utterances, Tone(TONE), steps.append)
    assert [step.text for step in steps] == [
        "0 of 3 sentences",
        "2 of 3 sentences",
        "2 of 3 sentences",
        "3 of 3 sentences",
    ]
    assert (steps[-1].done, steps[-1].total) == (4, 4)


def test_a_failure_names_the_sentence_and_ends_the_rest() -> None:
    engine = Slow(TONE, EngineError("the stream broke off"))
    utterances = lines("a", "bad", *[str(n) for n in range(60)])
    with pytest.raises(EngineError, match="^sentence 2 .line 2, “bad…”.: the stream broke off$"):
        record(utterances, engine)
    assert len(engine.recorded) < 20


def test_the_longest_are_begun_first() -> None:
    engine = Slow(TONE)
    record(lines("a", "ccc", "bb", "dddd"), engine, jobs=1)
    assert engine.recorded == ["dddd", "ccc", "bb", "a"]


def test_in_order_the_first_are_begun_first() -> None:
    engine = Slow(TONE)
    resources = Resources(jobs=1, in_order=True)
    synthesizer.synthesize(
        lines("a", "ccc", "bb", "dddd"),
        {"": engine},
        ignore_progress,
        voices={"": TONE},
        resources=resources,
        limiters=Limiters(),
    )
    assert engine.recorded == ["a", "ccc", "bb", "dddd"]


@given(st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=9))
@settings(deadline=None, max_examples=20)
def test_clips_are_passed_on_in_the_documents_order(texts: list[str]) -> None:
    passed: list[Clip] = []
    clips = synthesizer.synthesize(
        lines(*texts),
        {"": Tone(TONE)},
        ignore_progress,
        voices={"": TONE},
        on_clip=passed.append,
        limiters=Limiters(),
    )
    assert all(one is other for one, other in zip(passed, clips, strict=True))


def test_a_clip_is_passed_on_before_the_rest_is_recorded() -> None:
    engine = Slow(TONE)
    unrecorded: list[set[str]] = []
    texts = ["a", *[f"late{n}" for n in range(6)]]
    synthesizer.synthesize(
        lines(*texts),
        {"": engine},
        ignore_progress,
        voices={"": TONE},
        resources=Resources(jobs=1, in_order=True),
        on_clip=lambda _: unrecorded.append(set(texts) - set(engine.recorded)),
        limiters=Limiters(),
    )
    assert len(unrecorded) == len(texts)
    assert unrecorded[0]
    assert not unrecorded[-1]


def test_text_that_cannot_be_spoken_is_reported_as_it_is() -> None:
    with pytest.raises(TextError, match="^line 7: the voice cannot read 'x'$"):
        record(lines("bad"), Slow(TONE, TextError("line 7: the voice cannot read 'x'", 7)))


def test_a_service_that_cannot_be_reached_is_no_sentences_fault() -> None:
    engine = Slow(TONE, ServiceUnreachable("cannot be reached"))
    with pytest.raises(ServiceUnreachable, match="^cannot be reached; run the same command again$"):
        record(lines("bad"), engine)
    assert engine.recorded == ["bad"] * IMPATIENT.unreached_attempts


def test_an_interruption_ends_the_recording() -> None:
    def interrupt(step: Step) -> None:
        if step.done:
            raise KeyboardInterrupt

    engine = Slow(TONE)
    with pytest.raises(KeyboardInterrupt):
        record(lines(*[f"late{n}" for n in range(60)]), engine, interrupt)
    assert len(engine.recorded) < 20
    with pytest.raises(EngineError, match="closed"):
        engine.synthesize(line("a"))


# Again, where there is hope.


def test_a_transient_error_is_retried_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "speechcast")
    engine = Slow(TONE, TransientError("the stream broke off"), times=2)
    record(lines("a", "bad"), engine)
    assert engine.recorded.count("bad") == 3
    messages = [record.getMessage() for record in caplog.records]
    assert messages[0].startswith(
        "sentence 2 (line 2, “bad…”): attempt 1 failed: the stream broke off; again in 0.0 s"
    )


def test_another_error_is_not_retried() -> None:
    engine = Slow(TONE, EngineError("too long"))
    with pytest.raises(EngineError):
        record(lines("bad"), engine)
    assert engine.recorded == ["bad"]


def test_an_interruption_does_not_wait_for_the_next_attempt() -> None:
    engine = Slow(TONE, TransientError("the stream broke off"))

    def interrupt(step: Step) -> None:
        if step.done:
            raise KeyboardInterrupt

    patient = replace(IMPATIENT, first_wait=60, longest_wait=60)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        synthesizer.synthesize(
            lines("bad", "late1"),
            {"": engine},
            interrupt,
            voices={"": TONE},
            policy=patient,
            limiters=Limiters(),
        )
    assert time.monotonic() - started < 5


# Nothing twice.


def test_lines_that_sound_alike_are_recorded_once() -> None:
    engine = Slow(TONE)
    clips = record(lines("aa", "b", "aa", "aa"), engine)
    assert sorted(engine.recorded) == ["aa", "b"]
    assert [len(c.samples) for c in clips] == [9600, 4800, 9600, 9600]


def test_alike_in_two_voices_are_two() -> None:
    utterances = [line("aa"), replace(line("aa"), speaker="B")]
    cast = {"": TONE, "B": replace(TONE, rate=10)}
    engines = {speaker: Tone(voice) for speaker, voice in cast.items()}
    assert len(make_jobs(utterances, engines, cast)) == 2
    louder = {"": TONE, "B": replace(TONE, volume=10, name="loud")}
    assert len(make_jobs(utterances, engines, louder)) == 1


def test_a_job_knows_where_its_utterances_stand() -> None:
    utterances = lines("  a sentence of more than twenty characters", "b", "b")
    first, second = make_jobs(utterances, {"": Tone(TONE)}, {"": TONE})
    assert first.name == "sentence 1 (line 1, “a sentence of more t…”)"
    assert (first.positions, second.positions) == ((0,), (1, 2))
    assert second.utterance is utterances[1]
    assert second.utterances == tuple(utterances[1:])


def test_what_two_speakers_say_alike_is_recorded_by_the_first() -> None:
    utterances = [line("aa"), replace(line("aa"), speaker="B")]
    cast = {"": TONE, "B": replace(TONE, volume=10)}
    engines = {speaker: Tone(voice) for speaker, voice in cast.items()}
    (job,) = make_jobs(utterances, engines, cast)
    assert job.voice is cast[""]
    assert job.engine is engines[""]


def test_only_what_was_edited_is_recorded_again(tmp_path: Path) -> None:
    texts = [f"speech {n}" for n in range(60)]
    store = ClipCache(tmp_path)
    first, second = Slow(TONE), Slow(TONE)
    before = record(lines(*texts), first, store=store)
    texts[30] = "other"
    after = record(lines(*texts), second, store=store)
    assert second.recorded == ["other"]
    for n, (one, other) in enumerate(zip(before, after, strict=True)):
        assert n == 30 or (one.spans == other.spans and (one.samples == other.samples).all())


def test_what_was_recorded_before_a_failure_is_kept(tmp_path: Path) -> None:
    store = ClipCache(tmp_path)
    early = ["early1", "early2", "early3", "early4"]
    utterances = lines(*early, "bad", "x", "y")
    failing = Slow(TONE, TransientError("it broke off"))
    message = "sentence 5 .*: it broke off; run the same command again: what was recorded is kept$"
    with pytest.raises(TransientError, match=message):
        record(utterances, failing, store=store)
    again = Slow(TONE)
    record(utterances, again, store=store)
    assert not set(again.recorded) & set(early)
    assert (
        len(again.recorded) + len(failing.recorded)
        == len(utterances) + IMPATIENT.transient_attempts
    )


@pytest.mark.slow
def test_one_online_sentence_edited_is_one_request(tmp_path: Path) -> None:
    texts = [f"第{'零一二三四五六七八九'[n % 10]}十{n}项议题。" for n in range(40)]
    speaker = Recording(cache=ClipCache(tmp_path))
    with EdgeService() as service, point_at(service):
        speaker(*texts)
        assert len(service.requests) == 40
        texts[7] = "今天改了一句。"
        clips = speaker(*texts)
    assert len(service.requests) == 41
    assert all(map(sounds_like, clips, texts))


def test_a_cache_that_cannot_be_written_is_reported(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    record(lines("a"), Slow(TONE), store=ClipCache(tmp_path / "file"))
    (message,) = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert message.startswith("clips cannot be kept in")


# Who made it.


def test_the_maker_is_the_model_to_the_byte() -> None:
    """A tone has no model, an online voice's is not ours to know: then the code's number counts."""
    narrator, anchor = voices.load("narrator"), voices.load("news")
    assert sound_version(narrator) == sound_version(anchor)
    assert len(sound_version(narrator).split()[2]) == 64
    assert sound_version(XIAOXIAO) == "edge 1 fitting 1"


# Does it last as long as it should?


def test_too_few_clips_tell_nothing() -> None:
    engine = Tone(TONE)
    few = [(one, engine.synthesize(one)) for one in lines("abcdef", "abc")]
    assert measure_rate(few) is None


def test_short_clips_tell_nothing_of_the_others() -> None:
    """A voice may take three times as long for a syllable that stands alone."""
    engine, slow = Tone(TONE), Tone(replace(TONE, rate=-60))
    short = [(one, slow.synthesize(one)) for one in lines("啊", "好", "是", "你好", "再见")]
    long = [(one, engine.synthesize(one)) for one in lines("这是一个句子", "这是两个句子")]
    assert measure_rate([*short, *long]) is None


def test_a_clip_is_held_against_the_others() -> None:
    engine, slow, fast = (Tone(replace(TONE, rate=rate)) for rate in (0, -40, 90))
    utterances = lines(*["这是一个很长的句子"[: 4 + n % 6] for n in range(12)])
    rate = measure_rate([(one, engine.synthesize(one)) for one in utterances])
    assert rate
    long = utterances[5]
    assert not rate.implausible_ratio(long, engine.synthesize(long))
    assert rate.implausible_ratio(long, slow.synthesize(long)) == pytest.approx(1 / 0.6, rel=0.1)
    assert rate.implausible_ratio(long, fast.synthesize(long)) == pytest.approx(1 / 1.9, rel=0.1)


@pytest.mark.slow
def test_a_limiter_serves_several_recordings_at_once() -> None:
    """As in a batch: together they do not exceed the limit."""
    limiters = Limiters()

    def behave(_: int, __: str) -> Fault | None:
        return None

    with EdgeService(behave) as service, point_at(service):
        threads = [
            threading.Thread(
                target=Recording(limiters=limiters, jobs=3),
                args=[f"第{c}十{n}项议题。" for n in range(10)],
            )
            for c in "一二三"
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(service.requests) == 30
        assert service.most_at_once == 3
