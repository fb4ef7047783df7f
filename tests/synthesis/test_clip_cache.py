"""The clip cache returns what was put in, or nothing, whatever happens to its folder."""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from speechcast.cli.cache import app, format_size, parse_size
from speechcast.errors import UsageError
from speechcast.model import Clip, Pause, Pauses, Span, Token, Utterance, Voice
from speechcast.synthesis import clip_cache, clip_entry
from speechcast.synthesis.clip_cache import ClipCache, default_folder
from tests.support.systems import makes_links, uses_modes

VOICE = Voice(
    name="anna",
    description="Calm.",
    engine="tone",
    voice="sine",
    language="zh-CN",
    rate=10,
    pitch=-5,
    volume=3,
)
LINE = Utterance(
    tokens=(Token("5%", "百分之五", ("bai3", "fen1", "zhi1", "wu3")), Token("！", "！")),
    sentence=3,
    row=7,
    pause=Pause.TITLE,
)
SPANS = (Span(3, 9), None, Span(9, 40))
KEYS = [hashlib.sha256(bytes([n])).hexdigest() for n in range(60)]


@pytest.fixture
def store(tmp_path: Path) -> ClipCache:
    return ClipCache(tmp_path / "clips")


def noise(seed: int, length: int = 50) -> Clip:
    samples = np.random.default_rng(seed).integers(-(2**15), 2**15, length, np.int16)
    return Clip(samples, 24_000, SPANS)


def same(a: Clip | None, b: Clip) -> bool:
    return (
        a is not None
        and a.samples.dtype == b.samples.dtype == np.int16
        and np.array_equal(a.samples, b.samples)
        and (a.rate, a.spans, a.approximate) == (b.rate, b.spans, b.approximate)
        and all(s is None or isinstance(s, Span) for s in a.spans)
    )


def files(store: ClipCache) -> list[Path]:
    return sorted(p for p in store.folder.rglob("*") if not p.is_dir())


def total_size(store: ClipCache) -> int:
    return sum(p.stat().st_size for p in files(store))


def entry(store: ClipCache, key: str = KEYS[0]) -> Path:
    return store.folder / key[:2] / f"{key}.clip"


# What goes in comes out.

counts = st.integers(0, 2**40)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> ClipCache:
    return ClipCache(tmp_path_factory.mktemp("shared"))


@settings(deadline=None)
@given(
    st.lists(st.integers(-(2**15), 2**15 - 1)),
    st.integers(1, 400_000),
    st.lists(st.none() | st.builds(Span, counts, counts)),
    st.booleans(),
)
def test_any_clip_comes_out_as_it_went_in(
    shared: ClipCache, samples: list[int], rate: int, spans: list[Span | None], approximate: bool
) -> None:
    clip = Clip(np.array(samples, np.int16), rate, tuple(spans), approximate)
    shared.put(KEYS[0], clip)
    assert same(shared.get(KEYS[0], len(spans)), clip)


@uses_modes
def test_nobody_else_may_read_what_was_spoken(store: ClipCache) -> None:
    store.put(KEYS[0], noise(0))
    store.accept(KEYS[0])
    assert {path.stat().st_mode & 0o777 for path in files(store)} == {0o600}


def test_spans_in_numpys_integers_come_out_as_they_went_in(store: ClipCache) -> None:
    store.put(KEYS[0], replace(noise(0), spans=(Span(*np.array([3, 9])), *SPANS[1:])))
    assert same(store.get(KEYS[0], 3), noise(0))


def test_what_comes_out_may_be_written_to(store: ClipCache) -> None:
    store.put(KEYS[0], noise(0))
    clip = store.get(KEYS[0], 3)
    assert clip
    clip.samples[:] = 0
    assert same(store.get(KEYS[0], 3), noise(0))


def test_every_other_sample_of_an_array_is_kept_as_well(store: ClipCache) -> None:
    strided = replace(noise(0), samples=noise(0).samples[::-2])
    store.put(KEYS[0], strided)
    assert same(store.get(KEYS[0], 3), strided)


def test_nothing_comes_out_of_an_empty_store(store: ClipCache) -> None:
    assert store.get(KEYS[0], 3) is None
    assert store.summary() == (0, 0, None)
    assert not store.folder.exists()


def test_a_clip_put_again_replaces_the_first(store: ClipCache) -> None:
    store.put(KEYS[0], noise(0))
    store.put(KEYS[0], noise(1))
    assert same(store.get(KEYS[0], 3), noise(1))
    assert len(files(store)) == 1


def test_a_clip_can_be_accepted_as_it_is(store: ClipCache) -> None:
    store.put(KEYS[0], noise(0))
    assert not store.is_accepted(KEYS[0])
    store.accept(KEYS[0])
    assert store.is_accepted(KEYS[0])
    assert ClipCache(store.folder).is_accepted(KEYS[0])
    assert not store.is_accepted(KEYS[1])
    assert same(store.get(KEYS[0], 3), noise(0))
    acceptance = hashlib.sha256(f"{KEYS[0]} accepted".encode()).hexdigest()
    assert files(store) == sorted([entry(store), entry(store, acceptance)])


# Damage.


def test_a_bit_turned_anywhere_is_noticed(store: ClipCache) -> None:
    store.put(KEYS[0], noise(0, 8))
    whole = entry(store).read_bytes()
    for offset in range(len(whole)):
        for bit in range(8):
            damaged = bytearray(whole)
            damaged[offset] ^= 1 << bit
            entry(store).write_bytes(damaged)
            assert store.get(KEYS[0], 3) is None, (offset, bit)
            assert not entry(store).exists()


def test_an_entry_cut_short_anywhere_is_noticed(store: ClipCache) -> None:
    store.put(KEYS[0], noise(0, 8))
    whole = entry(store).read_bytes()
    for length in range(len(whole)):
        entry(store).write_bytes(whole[:length])
        assert store.get(KEYS[0], 3) is None, length
        assert not entry(store).exists()


def test_zeros_at_the_end_are_noticed(store: ClipCache) -> None:
    """What a power cut leaves of a file whose length was written and whose blocks were not."""
    store.put(KEYS[0], noise(0))
    whole = entry(store).read_bytes()
    for damaged in (whole + b"\0", whole[:-20] + bytes(20), bytes(len(whole))):
        entry(store).write_bytes(damaged)
        assert store.get(KEYS[0], 3) is None
        assert not entry(store).exists()


@pytest.mark.parametrize("tokens", [0, 2, 4])
def test_an_entry_with_other_tokens_is_removed(store: ClipCache, tokens: int) -> None:
    store.put(KEYS[0], noise(0))
    assert store.get(KEYS[0], tokens) is None
    assert files(store) == []


def test_an_entry_under_anothers_key_is_removed(store: ClipCache) -> None:
    store.put(KEYS[0], noise(0))
    entry(store, KEYS[1]).parent.mkdir()
    entry(store).rename(entry(store, KEYS[1]))
    assert store.get(KEYS[1], 3) is None
    assert files(store) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"[]\n", b"{}\n", b'{"rate": 1, "spans": [1]}\n', b'{"rate": 1, "spans": []}\nx'],
)
def test_rubbish_under_a_true_digest_is_removed(store: ClipCache, content: bytes) -> None:
    store.put(KEYS[0], noise(0))
    magic = entry(store).read_bytes().partition(b"\n")[0] + b"\n"
    digest = hashlib.sha256(KEYS[0].encode() + content).digest()
    entry(store).write_bytes(magic + digest + content)
    assert store.get(KEYS[0], 0) is None
    assert files(store) == []


def test_a_damaged_entry_is_made_good_by_the_next_recording(store: ClipCache) -> None:
    store.put(KEYS[0], noise(0))
    entry(store).write_bytes(b"")
    assert store.get(KEYS[0], 3) is None
    store.put(KEYS[0], noise(0))
    assert same(store.get(KEYS[0], 3), noise(0))


# The key.


def with_first(token: Token) -> Utterance:
    return replace(LINE, tokens=(token, *LINE.tokens[1:]))


FIRST = LINE.tokens[0]
KEY = ClipCache.key(LINE, VOICE, "tone 1")


@pytest.mark.parametrize(
    "key",
    [
        ClipCache.key(with_first(replace(FIRST, spoken="百分之六")), VOICE, "tone 1"),
        ClipCache.key(
            with_first(replace(FIRST, pinyin=("bai3", "fen1", "zhi1", "wu2"))), VOICE, "tone 1"
        ),
        ClipCache.key(with_first(replace(FIRST, pinyin=())), VOICE, "tone 1"),
        ClipCache.key(replace(LINE, tokens=LINE.tokens[::-1]), VOICE, "tone 1"),
        ClipCache.key(replace(LINE, tokens=(*LINE.tokens, Token("", ""))), VOICE, "tone 1"),
        ClipCache.key(LINE, replace(VOICE, engine="edge"), "tone 1"),
        ClipCache.key(LINE, replace(VOICE, voice="square"), "tone 1"),
        ClipCache.key(LINE, replace(VOICE, rate=11), "tone 1"),
        ClipCache.key(LINE, replace(VOICE, rate=-5, pitch=10), "tone 1"),
        ClipCache.key(LINE, replace(VOICE, pitch=0), "tone 1"),
        ClipCache.key(LINE, VOICE, "tone 2"),
    ],
)
def test_the_key_tells_what_sounds_different(key: str) -> None:
    assert key != KEY


@pytest.mark.parametrize(
    "key",
    [
        ClipCache.key(with_first(replace(FIRST, shown="百分之五")), VOICE, "tone 1"),
        ClipCache.key(replace(LINE, sentence=4), VOICE, "tone 1"),
        ClipCache.key(replace(LINE, row=8), VOICE, "tone 1"),
        ClipCache.key(replace(LINE, pause=Pause.JOIN), VOICE, "tone 1"),
        ClipCache.key(LINE, replace(VOICE, name="otto"), "tone 1"),
        ClipCache.key(LINE, replace(VOICE, description="Loud."), "tone 1"),
        ClipCache.key(LINE, replace(VOICE, volume=0), "tone 1"),
        ClipCache.key(LINE, replace(VOICE, pauses=Pauses(sentence=9)), "tone 1"),
    ],
)
def test_the_key_does_not_tell_what_sounds_the_same(key: str) -> None:
    assert key == KEY


def test_another_format_has_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clip_cache, "FORMAT", clip_entry.FORMAT + 1)
    assert ClipCache.key(LINE, VOICE, "tone 1") != KEY


tokens = st.builds(
    lambda spoken, pinyin: Token(spoken, spoken, tuple(pinyin)), st.text(), st.lists(st.text())
)
speech = st.lists(tokens, max_size=4).map(tuple)


@given(speech, speech)
def test_lines_have_one_key_if_and_only_if_they_are_spoken_alike(
    a: tuple[Token, ...], b: tuple[Token, ...]
) -> None:
    keys = {ClipCache.key(replace(LINE, tokens=t), VOICE, "tone 1") for t in (a, b)}
    assert (len(keys) == 1) == (a == b)


def test_tokens_joined_or_divided_have_other_keys() -> None:
    lines = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("", "abc")]
    spoken = [replace(LINE, tokens=tuple(Token("", s) for s in line)) for line in lines]
    spoken.append(replace(LINE, tokens=(Token("", "ab", ("c",)),)))
    assert len({ClipCache.key(line, VOICE, "tone 1") for line in spoken}) == len(spoken)


def test_half_a_character_has_a_key() -> None:
    assert len(ClipCache.key(with_first(Token("", "\ud800")), VOICE, "tone 1")) == 64


# The limit.


def age(store: ClipCache, keys: list[str]) -> None:
    """Set the last use of the entries to long ago, in the order of the keys."""
    for n, key in enumerate(keys):
        os.utime(entry(store, key), (1_000_000 + n, 1_000_000 + n))


def test_the_least_recently_used_go_first(store: ClipCache) -> None:
    keys = KEYS[:4]
    for n, key in enumerate(keys):
        store.put(key, noise(n))
    age(store, [keys[2], keys[0], keys[3], keys[1]])
    assert store.get(keys[2], 3)
    removed = store.prune(total_size(store) - 1)
    assert (removed.entries, removed.oldest) == (1, 1_000_001)
    assert [store.get(key, 3) is not None for key in keys] == [False, True, True, True]


def test_pruning_stops_as_soon_as_it_may(store: ClipCache) -> None:
    for n, key in enumerate(KEYS[:4]):
        store.put(key, noise(n))
    total = total_size(store)
    assert store.prune(total) == (0, 0, None)
    age(store, KEYS[:4])
    half = sum(entry(store, key).stat().st_size for key in KEYS[2:4])
    assert store.prune(half) == (2, total - half, 1_000_000)
    assert store.summary() == (2, half, 1_000_002)


def test_the_store_stays_below_its_limit(tmp_path: Path) -> None:
    store = ClipCache(tmp_path, limit=4_000)
    for n, key in enumerate(KEYS):
        store.put(key, noise(n))
        assert total_size(store) <= store.limit
        assert same(store.get(key, 3), noise(n))
    assert store.summary().size > store.limit * 0.7


def test_a_full_store_is_pruned_by_whoever_opens_it_next(tmp_path: Path) -> None:
    for n, key in enumerate(KEYS[:20]):
        ClipCache(tmp_path).put(key, noise(n))
    store = ClipCache(tmp_path, limit=2_000)
    store.put(KEYS[20], noise(20))
    assert total_size(store) <= store.limit


def test_what_others_put_is_noticed_before_long(tmp_path: Path) -> None:
    mine, others = ClipCache(tmp_path, limit=4_000), ClipCache(tmp_path)
    mine.put(KEYS[0], noise(0))
    for n in range(1, 40):
        others.put(KEYS[n], noise(n))
    assert total_size(mine) > mine.limit
    for n in range(40, 44):
        mine.put(KEYS[n], noise(n))
    assert total_size(mine) <= mine.limit


def test_the_folder_is_not_looked_through_at_every_put(tmp_path: Path) -> None:
    class Counting(ClipCache):
        summaries = 0

        def summary(self) -> clip_cache.CacheSummary:
            self.summaries += 1
            return super().summary()

    store = Counting(tmp_path, limit=100_000)
    for n in range(1_000):
        store.put(hashlib.sha256(n.to_bytes(2)).hexdigest(), noise(n))
    assert 10 < store.summaries < 100


def test_a_clip_larger_than_the_store_is_not_kept(tmp_path: Path) -> None:
    store = ClipCache(tmp_path, limit=100)
    store.put(KEYS[0], noise(0))
    assert files(store) == []
    assert store.write_error is None


def test_what_a_killed_process_left_goes_with_the_rest(store: ClipCache) -> None:
    store.put(KEYS[0], noise(0))
    part = entry(store).with_name(f"{KEYS[0]}.ab_1xyz9.part")
    part.write_bytes(bytes(100))
    age(store, KEYS[:1])
    assert store.clear().entries == 2
    assert files(store) == []


def test_clearing_leaves_nothing_of_ours(store: ClipCache) -> None:
    for n, key in enumerate(KEYS):
        store.put(key, noise(n))
    total = total_size(store)
    removed = store.clear()
    assert (removed.entries, removed.size) == (len(KEYS), total)
    assert files(store) == []
    assert store.clear() == (0, 0, None)


@makes_links
def test_files_of_others_are_left_alone(store: ClipCache, tmp_path: Path) -> None:
    store.put(KEYS[0], noise(0))
    ours = entry(store)
    elsewhere = tmp_path / "elsewhere" / "00"
    elsewhere.mkdir(parents=True)
    (elsewhere / f"{'0' * 64}.clip").write_bytes(bytes(9))
    (store.folder / "00").symlink_to(elsewhere)
    for name in ("notes.txt", f"{KEYS[0]}.clip"):
        (store.folder / name).write_bytes(bytes(9))
    for name in ("notes.txt", f"{KEYS[0]}.wav", f"{'z' * 64}.clip", f"{KEYS[1]}.clip", ".part"):
        (ours.parent / name).write_bytes(bytes(9))
    (ours.parent / f"{KEYS[0][:2]:0<64}.clip").symlink_to(elsewhere / f"{'0' * 64}.clip")
    (store.folder / "zz").mkdir()
    (store.folder / "zz" / f"{KEYS[0]}.clip").write_bytes(bytes(9))
    others = [p for p in files(store) if p != ours]
    assert store.summary().entries == 1
    assert (store.prune(0).entries, store.clear().entries) == (1, 0)
    assert files(store) == others
    assert (elsewhere / f"{'0' * 64}.clip").exists()


# Folders that cannot be written.


def test_a_folder_that_cannot_be_created_is_reported_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = ClipCache(tmp_path / "file")
    assert store.write_error is None
    store.put(KEYS[0], noise(0))
    message = store.write_error
    assert message == (
        f"clips cannot be kept in {tmp_path / 'file'} (Not a directory); "
        f"make room there, or set SPEECHCAST_CACHE to another folder"
    )
    store.put(KEYS[1], noise(1))
    assert store.write_error is message
    assert store.get(KEYS[0], 3) is None
    assert store.summary() == store.prune(0) == store.clear() == (0, 0, None)


def test_a_folder_in_an_entrys_place_is_no_entry(store: ClipCache) -> None:
    entry(store).mkdir(parents=True)
    store.put(KEYS[0], noise(0))
    assert store.write_error
    assert store.get(KEYS[0], 3) is None
    assert files(store) == []


def test_a_full_disk_leaves_nothing_half_written(store: ClipCache) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    store.put(KEYS[0], noise(0))
    with contextlib.ExitStack() as after:
        after.callback(resource.setrlimit, resource.RLIMIT_FSIZE, before)
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, before[1]))
        store.put(KEYS[1], noise(1, 5_000))
    assert store.write_error
    assert "File too large" in store.write_error
    assert files(store) == [entry(store)]
    assert same(store.get(KEYS[0], 3), noise(0))


# Many at once.


def put_get_and_prune(folder: Path, seed: int) -> tuple[int, list[str]]:
    """Use the same few entries as others do; return how many clips came back, and what failed."""
    store = ClipCache(folder, limit=2_000)
    got, wrong = 0, []
    for n in np.random.default_rng(seed).integers(0, 8, 300).tolist():
        store.put(KEYS[n], noise(n))
        clip = store.get(KEYS[n], 3)
        if clip is not None and not same(clip, noise(n)):
            wrong.append(f"another clip under {n}")
        got += clip is not None
        if n == 1:
            store.prune(1_000)
        if n == 2:
            store.clear()
    return got, [*wrong, *filter(None, [store.write_error])]


@pytest.mark.slow
def test_processes_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        done = pool.starmap(put_get_and_prune, [(tmp_path, seed) for seed in range(3)], chunksize=1)
    assert [wrong for _, wrong in done] == [[], [], []]
    assert all(got > 100 for got, _ in done)
    assert all(path.suffix == ".clip" for path in files(ClipCache(tmp_path)))


def test_threads_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    store = ClipCache(tmp_path, limit=5_000)

    def work(n: int) -> bool:
        store.put(KEYS[n], noise(n))
        clip = store.get(KEYS[n], 3)
        return clip is None or same(clip, noise(n))

    with ThreadPoolExecutor(8) as executor:
        assert all(executor.map(work, list(range(len(KEYS))) * 5))
    assert store.write_error is None
    assert total_size(store) <= store.limit


# Where it is, and the command.


def test_the_folder_is_the_users_cache_or_the_one_he_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SPEECHCAST_CACHE", raising=False)
    usual = default_folder()
    assert usual.parts[-2:] == ("speechcast", "clips")
    monkeypatch.setenv("SPEECHCAST_CACHE", "")
    assert default_folder() == usual
    monkeypatch.setenv("SPEECHCAST_CACHE", str(tmp_path))
    assert default_folder() == tmp_path


@pytest.fixture
def command(store: ClipCache, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    monkeypatch.setenv("SPEECHCAST_CACHE", str(store.folder))
    before = signal.getsignal(signal.SIGTERM)
    yield CliRunner()
    signal.signal(signal.SIGTERM, before)


def test_cache_says_what_there_is(command: CliRunner, store: ClipCache) -> None:
    done = command.invoke(app, [])
    assert done.stdout.splitlines() == [
        f"folder      {store.folder}",
        "clips       0",
        "size        0.0 MB",
        "limit       2.0 GB",
        "oldest use  never",
    ]
    store.put(KEYS[0], noise(0, 100_000))
    store.put(KEYS[1], noise(0, 100_000))
    os.utime(entry(store), (1_000_000_000, 1_000_000_000))
    fields = dict(line.rsplit("  ", 1) for line in command.invoke(app, []).stdout.splitlines())
    assert fields["clips     "] == "2"
    assert fields["size      "] == "0.4 MB"
    assert fields["oldest use"].startswith("2001-09-")


def test_cache_prune_and_clear_say_what_went(command: CliRunner, store: ClipCache) -> None:
    for n in range(3):
        store.put(KEYS[n], noise(n, 100_000))
    assert command.invoke(app, ["prune"]).stdout == (
        f"removed 0 clips (0.0 MB); 3 clips (0.6 MB) left in {store.folder}\n"
    )
    assert command.invoke(app, ["prune", "--to", "0.5 MB"]).stdout == (
        f"removed 1 clip (0.2 MB); 2 clips (0.4 MB) left in {store.folder}\n"
    )
    assert command.invoke(app, ["clear"]).stdout == (
        f"removed 2 clips (0.4 MB); 0 clips (0.0 MB) left in {store.folder}\n"
    )
    assert files(store) == []


def test_cache_prune_removes_nothing_to_a_size_that_is_none(
    command: CliRunner, store: ClipCache
) -> None:
    store.put(KEYS[0], noise(0))
    done = command.invoke(app, ["prune", "--to", "little"])
    assert done.exit_code == 2
    assert done.stderr == (
        "error: --to: 'little' is not a size; use a number with KB, MB or GB, like 500MB or 1.5GB\n"
    )
    assert len(files(store)) == 1


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("500MB", 500_000_000),
        ("2GB", 2_000_000_000),
        ("1.5 GB", 1_500_000_000),
        (" 7 kb ", 7_000),
        ("0MB", 0),
    ],
)
def test_a_size_is_read(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize(
    "text",
    ["", "MB", "500", "-1MB", "1,5GB", "1e3MB", ".5GB", "5 TB", "5MB!", "٥MB", "9" * 400 + "GB"],
)
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a size; use a number with"):
        parse_size(text)


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0.0 MB"), (1_260_000, "1.3 MB"), (2_000_000_000, "2.0 GB")]
)
def test_a_size_is_written(size: int, text: str) -> None:
    assert format_size(size) == text
