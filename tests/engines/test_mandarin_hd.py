"""Kokoro v1.1-zh: how it is spelled, and how its files are fetched; with a stand-in for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from aiohttp import web

from speechcast import documents
from speechcast.downloads.release import Release
from speechcast.engines.kokoro import families, files_hd, zhuyin
from speechcast.engines.kokoro.engine import Kokoro
from speechcast.engines.kokoro.families import V1_1, find_family
from speechcast.engines.kokoro.g2p_zh import MandarinG2P
from speechcast.errors import ModelError, PresetError
from speechcast.model import Token, Utterance, Voice
from speechcast.produce import produce
from speechcast.progress import ignore_progress
from speechcast.request import resolve_request
from speechcast.text.pinyin import parse_pinyin
from speechcast.voices import presets
from tests.support.loopback import Loopback
from tests.support.speeches import line, line_of
from tests.support.stand_in import stand_in_for
from tests.support.systems import makes_links

# As the model's own G2P spells them: ZHG2P of version "1.1" in misaki 0.9.4.
SYLLABLES = {
    "a1": "ㄚ1", "ba4": "ㄅㄚ4", "bo1": "ㄅㄛ1", "de5": "ㄉㄜ5", "e4": "ㄜ4", "ei1": "ㄟ1",
    "er2": "ㄦ2", "wo3": "我3", "wu3": "ㄨ3", "wei2": "为2", "wen4": "文4", "weng1": "瓮1",
    "wa1": "穵1", "wai4": "外4", "yi1": "ㄧ1", "you3": "又3", "ye3": "ㄝ3", "yao4": "要4",
    "yan2": "言2", "yin1": "阴1", "yang2": "阳2", "ying1": "应1", "yong4": "用4", "yu3": "ㄩ3",
    "yue4": "月4", "yuan2": "元2", "yun2": "云2", "ya1": "压1", "zhi1": "ㄓ十1",
    "chi2": "ㄔ十2", "shi4": "ㄕ十4", "ri4": "ㄖ十4", "zi4": "ㄗㄭ4", "ci2": "ㄘㄭ2",
    "si1": "ㄙㄭ1", "ji1": "ㄐㄧ1", "qu4": "ㄑㄩ4", "xue2": "ㄒ月2", "juan3": "ㄐ元3",
    "jun1": "ㄐ云1", "lv4": "ㄌㄩ4", "nve4": "ㄋ月4", "liu2": "ㄌ又2", "gui4": "ㄍ为4",
    "lun2": "ㄌ文2", "zhong1": "ㄓ中1", "xiong2": "ㄒ用2", "shuang1": "ㄕ王1", "duo1": "ㄉ我1",
    "huai2": "ㄏ外2", "guan1": "ㄍ万1", "lie4": "ㄌㄝ4", "dia3": "ㄉ压3", "n2": "ㄋ2",
}  # fmt: skip
# Two that it cannot spell.
BEYOND = {"hng5": "ㄏㄥ5", "ng2": "ㄋ2"}


@pytest.mark.parametrize(("pinyin", "symbols"), [*SYLLABLES.items(), *BEYOND.items()])
def test_a_syllable_in_the_models_symbols(pinyin: str, symbols: str) -> None:
    assert zhuyin.to_zhuyin(pinyin) == symbols


def test_every_syllable_of_mandarin_can_be_spelled() -> None:
    from pypinyin.pinyin_dict import pinyin_dict

    readings = {reading for marked in pinyin_dict.values() for reading in marked.split(",")}
    syllables = {syllable for reading in readings for syllable in parse_pinyin(reading)}
    assert len(syllables) > 1400
    spelled: dict[str, set[str]] = {}
    for syllable in syllables:
        spelled.setdefault(zhuyin.to_zhuyin(syllable), set()).add(syllable[:-1])
    assert set("".join(spelled)) <= zhuyin.VOCABULARY.keys()
    alike = [names for names in spelled.values() if len(names) > 1]
    assert all(names in ({"n", "ng"}, {"o", "yo"}) for names in alike)


@pytest.mark.parametrize("pinyin", ["hao6", "hao", "xyz1", "", "5", "Hao3"])
def test_what_is_no_syllable_is_refused(pinyin: str) -> None:
    with pytest.raises((KeyError, IndexError)):
        zhuyin.to_zhuyin(pinyin)


def utterance_of(*tokens: Token) -> Utterance:
    return replace(line(), tokens=tokens)


HUA, GE, HAO = (
    Token("花", "花", ("hua1",)),
    Token("歌", "歌", ("ge1",)),
    Token("好", "好", ("hao3",)),
)
SUFFIX = Token("儿", "儿", ("r5",))
COMMA = Token("，", "，")


@pytest.mark.parametrize(
    ("tokens", "groups", "written"),
    [
        ((HAO, HUA), ["ㄏㄠ3", "ㄏ穵1"], "ㄏㄠ3/ㄏ穵1"),
        ((HAO, COMMA, HUA), ["ㄏㄠ3", ",", "ㄏ穵1"], "ㄏㄠ3, ㄏ穵1"),
        ((Token("花儿", "花儿", ("hua1", "r5")),), ["ㄏ穵R1"], "ㄏ穵R1"),
        ((Token("这儿", "这儿", ("zhe4", "r5")), HAO), ["ㄓㄦ4", "ㄏㄠ3"], "ㄓㄦ4/ㄏㄠ3"),
        ((HUA, SUFFIX), ["ㄏ穵", "R1"], "ㄏ穵R1"),
        ((GE, SUFFIX, HAO), ["ㄍ", "ㄦ1", "ㄏㄠ3"], "ㄍㄦ1/ㄏㄠ3"),
        ((Token("鹅", "鹅", ("e2",)), SUFFIX), ["ㄜ2", "ㄦ5"], "ㄜ2ㄦ5"),
        ((SUFFIX, HAO), ["ㄦ5", "ㄏㄠ3"], "ㄦ5/ㄏㄠ3"),
        ((HAO, COMMA, SUFFIX), ["ㄏㄠ3", ",", "ㄦ5"], "ㄏㄠ3, ㄦ5"),
        ((Token("5GB", "五G B", ("wu3",)),), ["ㄨ3/ㄐㄧ4/ㄅㄧ4"], "ㄨ3/ㄐㄧ4/ㄅㄧ4"),
        ((Token("*", "某，某", ("mou3", "mou3")),), ["ㄇㄡ3, ㄇㄡ3"], "ㄇㄡ3, ㄇㄡ3"),
    ],
)
def test_words_breaths_and_suffixes(
    tokens: tuple[Token, ...], groups: list[str], written: str
) -> None:
    found = MandarinG2P(V1_1.alphabet).phonemize(utterance_of(*tokens))
    assert [group.symbols for group in found] == groups
    names = {number: symbol for symbol, number in V1_1.alphabet.ids.items()}
    assert "".join(names[symbol.id] for symbol in V1_1.alphabet.write(found)) == written


def test_every_token_of_a_suffix_has_its_time(mandarin_hd: Voice) -> None:
    clip = Kokoro(mandarin_hd).synthesize(utterance_of(HAO, GE, SUFFIX, HUA, SUFFIX))
    assert all(clip.spans)


def test_script_shows_the_models_own_symbols(mandarin_hd: Voice) -> None:
    assert Kokoro.find_phonemes(mandarin_hd, utterance_of(HAO, COMMA, HUA)) == [
        "ㄏㄠ3",
        "",
        "ㄏ穵1",
    ]
    assert not Kokoro.find_refusals(mandarin_hd, utterance_of(HAO, COMMA, HUA))


def test_the_hundred_speakers() -> None:
    voices = files_hd.VOICES
    assert len(voices) == len(set(voices)) == 100
    assert [v[:3] for v in voices] == ["zf_"] * 55 + ["zm_"] * 45
    assert all(find_family(voice) is V1_1 for voice in voices)


def test_each_speaker_has_its_own_style(mandarin_hd: Voice) -> None:
    assert mandarin_hd.voice == "zf_001"
    first, other = (files_hd.read_style(name) for name in ("zf_001", "zm_100"))
    assert first.shape == other.shape == (510, 256)
    assert first.dtype == np.float32
    assert (first != other).any()


def test_a_voice_that_the_archive_lacks_or_hides_code_in(
    mandarin_hd: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = files_hd.BUNDLE.files[1].path
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        np.savez(file, zf_002=np.array([object()], dtype=object))  # pickled
    for voice in ("zf_001", "zf_002"):
        with pytest.raises(ModelError, match=r"voices install mandarin-hd$"):
            Kokoro(replace(mandarin_hd, voice=voice))
    path.write_bytes(b"no archive")
    with pytest.raises(ModelError, match=r"voices install mandarin-hd$"):
        Kokoro(mandarin_hd)


@makes_links
def test_a_damaged_model_names_what_mends_it(
    mandarin_hd: Voice, stand_in_files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tmp_path / "speechcast" / "models"
    models.mkdir(parents=True)
    model, styles = (file.name for file in files_hd.BUNDLE.files)
    (models / styles).symlink_to(stand_in_files / "speechcast" / "models" / styles)
    (models / model).write_bytes(b"no model")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(
        ModelError, match="delete it and run: speechcast voices install mandarin-hd"
    ):
        Kokoro(mandarin_hd).synthesize(line_of("大家好。", mandarin_hd))


def test_a_voice_of_neither_model_is_refused_in_a_line() -> None:
    voice = replace(presets.load("mandarin-hd"), voice="zf_009")
    with pytest.raises(PresetError, match="no embedded voice 'zf_009'; did you mean 'zm_009'"):
        Kokoro.required_bundles(voice)


# Fetching.


class Releases(Loopback):
    """A service of releases, which breaks off the first answer to each file halfway."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.ranges: list[str] = []
        self.whole = False  # whether it disregards what part is requested
        self._seen: set[str] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/{owner}/{name}/releases/download/{tag}/{file}", self._send)

    async def _send(self, request: web.Request) -> web.StreamResponse:
        path = self.folder / request.match_info["file"]
        if not path.exists():
            raise web.HTTPNotFound
        content, requested = path.read_bytes(), request.headers.get("Range", "")
        self.ranges.append(requested)
        begin = int(requested[len("bytes=") : -1]) if requested and not self.whole else 0
        answer = web.StreamResponse(status=206 if begin else 200)
        answer.content_length = len(content) - begin
        await answer.prepare(request)
        if path.name in self._seen:
            await answer.write(content[begin:])
        else:
            self._seen.add(path.name)
            await answer.write(content[: len(content) // 2])
            assert request.transport
            request.transport.close()
        return answer


@pytest.fixture
def releases(stand_in_files: Path) -> Iterator[Releases]:
    with Releases(stand_in_files / "speechcast" / "models") as running:
        yield running


@pytest.fixture
def family(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> families.ModelFamily:
    """Return the model's family with the stand-in published in its place; nothing is stored."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    bundle = stand_in_for(files_hd.BUNDLE, releases.folder, releases.address)
    family = replace(V1_1, model=bundle, voices=dict.fromkeys(files_hd.VOICES, bundle))
    monkeypatch.setattr(families, "FAMILIES", (families.V1_0, family))
    return family


@pytest.mark.slow
def test_the_files_are_fetched_from_the_release_though_the_line_breaks_off(
    family: families.ModelFamily, releases: Releases
) -> None:
    voice = presets.load("mandarin-hd")
    (bundle,) = Kokoro.required_bundles(voice)
    assert not bundle.ready
    bundle.ensure(ignore_progress)
    assert bundle.ready
    assert [r != "" for r in releases.ranges] == [False, True] * 2
    clip = Kokoro(voice).synthesize(line_of("大家好。", voice))
    assert family.model.files[0].path.exists()
    assert len(clip.samples) > clip.rate / 4


@pytest.mark.slow
def test_a_production_is_whole_and_a_faulty_model_spoils_none(
    family: families.ModelFamily, tmp_path: Path
) -> None:
    """The bundles are fetched when a speech is made, and verified whenever one is."""
    voice = presets.load("mandarin-hd-zm010")
    document = documents.from_text("各位来宾，大家好！\n\n今天花儿开了，我们去那儿看看。\n")
    request = resolve_request(document, "speech", tmp_path / "out", voice=voice)
    production = produce(request)
    assert production.voice.voice == "zm_010"
    assert production.sentences == 2
    assert [cue.text for cue in production.cues] == [
        "各位来宾 大家好！",
        "今天花儿开了 我们去那儿看看",
    ]
    file = family.model.files[0]
    file.path.write_bytes(file.path.read_bytes()[:-1] + b"?")
    assert not file.ready
    produce(request)
    assert file.ready


def test_a_service_that_sends_the_whole_again_is_understood(
    releases: Releases, tmp_path: Path
) -> None:
    from speechcast.downloads.release import fetch

    releases.whole = True
    name = files_hd.BUNDLE.files[0].name
    (url,) = Release("owner/name", "tag", (name,), releases.address).urls
    fetch(url, tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == (releases.folder / name).read_bytes()


def test_a_file_that_is_not_there_is_refused_in_a_line(
    family: families.ModelFamily, releases: Releases
) -> None:
    elsewhere = Release("owner/name", "tag", ("missing.onnx",), releases.address)
    with pytest.raises(ModelError) as caught:
        replace(family.model, sources=(elsewhere,)).ensure(ignore_progress)
    assert "GitHub: HTTP Error 404: Not Found" in str(caught.value)
    assert "speechcast voices install mandarin-hd --from FOLDER" in str(caught.value)


@pytest.mark.slow
def test_a_folder_is_a_source_of_an_archive_of_arrays_too(
    family: families.ModelFamily, releases: Releases, tmp_path: Path
) -> None:
    """The archive of voices is a zip file, as wheels are, which are searched for what they hold."""
    stick = tmp_path / "stick"
    stick.mkdir()
    model, styles = family.model.files
    (stick / model.name).write_bytes((releases.folder / model.name).read_bytes())
    spoilt = bytearray((releases.folder / styles.name).read_bytes())
    spoilt[-1000] ^= 1
    (stick / styles.name).write_bytes(spoilt)  # of the right size
    with pytest.raises(ModelError, match=f"does not hold {styles.name} of the model"):
        family.model.install_from(stick)
    assert model.ready
    assert not styles.path.exists()
    (stick / "voices.bin").write_bytes((releases.folder / styles.name).read_bytes())
    family.model.install_from(stick)
    assert family.model.ready


def test_the_recipe_for_a_machine_without_a_network() -> None:
    address = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.1"
    files = f"-O {address}/kokoro-v1.1-zh.onnx -O {address}/voices-v1.1-zh.bin"
    assert files_hd.BUNDLE.recipe == f"'curl -L {files}'"


def test_its_presets_say_that_nobody_has_heard_them() -> None:
    shipped = [presets.load(name) for name in presets.PRESETS.list_files()]
    hd = [voice for voice in shipped if voice.voice in V1_1.voices]
    assert len(hd) == 6
    assert all("nobody here has heard it yet" in voice.description for voice in hd)
    for voice in hd:
        sex = {"zf": "A woman", "zm": "A man"}[voice.voice[:2]]
        assert voice.description.startswith(f"{sex}, {voice.voice} of Kokoro v1.1-zh")
