"""The README, the manual and the examples: what they say can be done as it stands there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer

from speechcast import Preferences, documents
from speechcast.cli import main
from speechcast.cli.app import app
from speechcast.documents.front_matter import FrontMatter, split_front_matter
from speechcast.engines.registry import engine_class
from speechcast.model import Voice
from speechcast.preview import preview
from speechcast.request import resolve_request
from tests.support.manual import (
    DOCS,
    LANGUAGES,
    PAGES,
    ROOT,
    Block,
    list_all_blocks,
    list_anchors,
    list_blocks,
    list_links,
    parse,
)
from tests.support.manual_folder import fill

BLOCKS = list_all_blocks()
# A block of commands that stands in several pages and languages is run once.
COMMANDS = {block.commands: block for block in reversed(BLOCKS) if block.language == "sh"}
RUN = [block for block in COMMANDS.values() if not block.not_run]
SHELL = re.compile(r"[|<>*$;&`]")  # what a shell has to see
EXAMPLES = sorted(
    path
    for path in (ROOT / "examples").rglob("*.*")
    if path.suffix in {".txt", ".md"} and path.name != "README.md"
)
# What the Chinese pages call otherwise than docs/glossary.md does, and its term.
NOT_THE_TERM = {"文件头": "文首设置", "音标": "音素", "录制": "合成", "本机英语": "内置英语"}
ENGLISH_ALONE = {"how-a-speech-becomes-sound.md"}  # says so in the Chinese table of contents


def block_name(block: Block) -> str:
    return f"{block.page}:{block.row}"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, narrator: Voice) -> Path:
    del narrator  # its model is wanted
    folder = tmp_path_factory.mktemp("manual")
    fill(folder)
    return folder


@pytest.fixture
def folder(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a user's folder with the files that the manual names."""
    work = tmp_path / "work"
    shutil.copytree(files, work)
    monkeypatch.chdir(work)
    monkeypatch.setenv("PATH", f"{work / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "configuration"))
    return work


def run(command: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run a command as a shell would; one of ours alone in this process, which is faster."""
    words = shlex.split(command)
    if words[0] != "speechcast" or SHELL.search(command):
        return subprocess.run(["sh", "-euc", command], check=False).returncode
    with monkeypatch.context() as patch:
        patch.setattr(sys, "argv", words)
        try:
            main()
        except SystemExit as ended:
            return int(ended.code or 0)
    return 0


@pytest.mark.slow
@pytest.mark.parametrize("block", RUN, ids=block_name)
def test_commands_do_as_written(
    block: Block, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "speechcast cache" in block.text:  # other tests go on with theirs
        monkeypatch.setenv("SPEECHCAST_CACHE", str(folder / "clips"))
    for command in block.commands:
        assert run(command, monkeypatch) == 0, command


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.language == "python"], ids=block_name
)
def test_programs_do_as_written(block: Block) -> None:
    exec(compile(block.text, block_name(block), "exec"), {})


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.language == "toml"], ids=block_name
)
def test_settings_can_be_read(block: Block) -> None:
    values = tomllib.loads(block.text)
    assert values
    if "engine" in values:
        engine_class(values["engine"])


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.language == "yaml"], ids=block_name
)
def test_front_matter_can_be_read(block: Block) -> None:
    front, body, _row = split_front_matter(block.text, block.page)
    assert front != FrontMatter()
    assert not body


def test_every_block_says_what_it_is() -> None:
    languages = {block.language for block in BLOCKS}
    assert languages == {"sh", "python", "toml", "yaml"}
    assert all(
        block.not_run for block in BLOCKS if "pip install" in block.text and "docs/" in block.page
    )


def test_both_languages_have_the_same_pages_and_commands() -> None:
    english, chinese = (
        {page.name: _commands(page) for page in (DOCS / language).glob("*.md")}
        for language in LANGUAGES
    )
    assert english.keys() - chinese.keys() == ENGLISH_ALONE
    assert {name: english[name] for name in chinese} == chinese
    assert _commands(ROOT / "README.md") == _commands(ROOT / "README.zh-CN.md")


def test_the_chinese_pages_use_the_terms_of_the_program() -> None:
    for page in (*(DOCS / "zh").glob("*.md"), ROOT / "README.zh-CN.md"):
        text = page.read_text("utf-8")
        assert not {term for other, term in NOT_THE_TERM.items() if other in text}, page.name


def _commands(page: Path) -> list[tuple[str, ...]]:
    return [block.commands for block in list_blocks(page) if block.language == "sh"]


def test_every_option_of_the_pages_is_one_of_the_commands() -> None:
    options = _list_options(typer.main.get_command(app)) | {"--help"}
    for page in PAGES:
        spans = [child.content for token in parse(page) for child in token.children or ()]
        ours = [text for text in spans if text.startswith(("--", "speechcast "))]
        lines = [
            command
            for block in list_blocks(page)
            if block.language == "sh"
            for command in block.commands
            if command.startswith("speechcast ")
        ]
        named = set(re.findall(r"(?<!\S)--[a-z][a-z-]+", " ".join([*ours, *lines])))
        assert named <= options, page.name


def _list_options(command: Any) -> set[str]:  # of typer's own copy of click, which has no types
    below = getattr(command, "commands", {}).values()
    own = {option for parameter in command.params for option in parameter.opts}
    return own.union(*(_list_options(each) for each in below))


def test_every_extra_of_the_pages_is_there() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = settings["project"]["optional-dependencies"].keys()
    for page in PAGES:
        for names in re.findall(r"speechcast\[([\w,]+)\]", page.read_text("utf-8")):
            assert set(names.split(",")) <= extras, page.name


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda page: str(page.relative_to(ROOT))
)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in list_links(page):
        if re.match(r"\w+:", link):
            continue  # outside; the tests ask nothing of the network
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path) if path else page
        assert target.exists(), link
        assert not anchor or anchor in list_anchors(target), link


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_character_of_an_example_is_read(path: Path) -> None:
    request = resolve_request(documents.read(path), path.stem, Path(), Preferences())
    seen = preview(request)
    shown = "".join(sentence.text for sentence in seen.sentences)
    assert _letters(shown) == _letters(path.read_text("utf-8"))
    assert not any(sentence.unreadable for sentence in seen.sentences)
    assert not seen.remarks


def _letters(text: str) -> str:
    """Return the letters and figures of a speech, without its front matter and marks."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"\{([^|}]*)\|[^}]*\}", r"\1", text)
    return "".join(letter for letter in text if letter.isalnum())


@pytest.mark.slow
@pytest.mark.skipif(not find_spec("mkdocs"), reason="pip install -e '.[docs]' builds the manual")
def test_the_manual_is_built_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for home in (tmp_path / "site" / "index.html", tmp_path / "site" / "zh" / "index.html"):
        sounds = re.findall(r'<audio [^>]*src="([^"]+)"', home.read_text("utf-8"))
        assert sounds
        assert all((home.parent / sound).is_file() for sound in sounds)
    page = (tmp_path / "site" / "zh" / "python.html").read_text("utf-8")
    assert "make_speech" in page
    assert "Speak a document into an MP3" in page  # from its docstring
