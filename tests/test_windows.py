"""What differs on Windows, tried here: names, words of a command, errors, open files."""

from __future__ import annotations

import ctypes
import errno
import io
import os
import stat
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast import files, messages, windows
from speechcast.batch.naming import to_file_name
from speechcast.cli.concealment import conceal
from speechcast.cli.greeting import suggest
from speechcast.cli.option_values import read_source
from speechcast.cli.streams import _guard, _Results
from speechcast.config_files import ConfigTable
from speechcast.delivery import deliver, sweep
from speechcast.documents.front_matter import FrontMatter
from speechcast.errors import OutputError, PresetError, explain_os_error
from speechcast.frontend.mandarin.sharded_tables import load_table
from speechcast.output_files import name_files
from speechcast.preferences import preferences_in
from speechcast.project.folder import load_project
from speechcast.studio.library import clean_name
from tests.support.systems import stands_in
from tests.support.windows_files import windows_error, windows_files

__all__ = ["windows_files"]

NAMES = ("a.mp3", "a.srt")
ODD = st.text(st.sampled_from('aCcOoNn0¹LlPpTtMm1²/\\:*?"<>|. \t讲 稿-_'), max_size=8)

# Names


@given(ODD | st.sampled_from(["con", "LPT¹", "com2.tar", "CONIN$", "nul ", "aux.txt.srt", "COM0"]))
def test_a_name_is_allowed_if_pathlib_thinks_so(name: str) -> None:
    if windows.allows_name(name):
        path = PureWindowsPath(name)
        assert (path.name, len(path.parts)) == (name, 1)
        assert not name.endswith((".", " "))
        if sys.version_info < (3, 13):  # deprecated from then on
            assert not path.is_reserved()


@given(ODD)
def test_every_name_becomes_one_that_is_allowed(name: str) -> None:
    changed = windows.to_allowed_name(name)
    assert changed == "" or windows.allows_name(changed)
    assert windows.allows_name(to_file_name(name) + ".transcript.txt") or not to_file_name(name)
    assert windows.allows_name(clean_name(name))


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("讲话：一", "讲话：一"),
        ("讲话: 一", "讲话_ 一"),
        ("为什么?", "为什么_"),
        ("第一讲.", "第一讲."),
        ("com¹", "com¹_"),
        ("Aux.v2", "Aux_.v2"),
        ("consul", "consul"),
    ],
)
def test_productions_of_a_batch_have_names_for_every_system(name: str, named: str) -> None:
    assert to_file_name(name) == named


@pytest.mark.parametrize("name", ["a:b", "a?", 'say "it"', "nul", "COM¹", "C:speech", "*", "a|b"])
def test_a_name_is_refused_on_windows_before_the_work(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not windows.HERE:
        named = name_files(Path("out"), name, [".mp3"], [".srt"])
        assert named.names == (f"{name}.mp3", f"{name}.srt")
    monkeypatch.setattr(windows, "HERE", True)
    with pytest.raises(OutputError, match="cannot be the name of a file on Windows.*--name"):
        name_files(Path("out"), name, [".mp3"], [".srt"])


@stands_in
def test_a_name_of_a_hundred_chinese_characters_is_short_enough_for_windows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(OutputError, match="too long"):
        name_files(Path("out"), "讲" * 100, [".mp3"], [])
    monkeypatch.setattr(windows, "HERE", True)
    assert name_files(Path("out"), "讲" * 251, [".mp3"], [])
    with pytest.raises(OutputError, match="too long"):
        name_files(Path("out"), "讲" * 252, [".mp3"], [])
    with pytest.raises(OutputError, match="too long"):
        name_files(Path("out"), "𠮷" * 126, [".mp3"], [])  # two units each


# Documents that name what lies on other machines

UNC = [r"\\evil.example\share\a.toml", "//evil.example/share/a.toml", r"\\?\UNC\evil\share\a.toml"]


@pytest.mark.parametrize("name", UNC)
def test_a_machine_that_a_document_names_is_not_even_looked_up(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolved: list[str] = []
    resolve = Path.resolve

    def note(path: Path, strict: bool = False) -> Path:
        resolved.append(str(path))
        return resolve(path, strict)

    monkeypatch.setattr(Path, "resolve", note)
    front_matter = FrontMatter(lexicon=name, voice=name)
    with pytest.raises(PresetError, match="lies outside its folder"):
        preferences_in(front_matter, tmp_path)
    assert not any("evil" in path for path in resolved)


@pytest.mark.parametrize(
    ("name", "folder", "leads"),
    [
        (r"\\nas\talks\a.toml", r"\\NAS\talks\may", False),
        (r"\\nas\talks\a.toml", r"\\nas\other", True),
        (r"..\a.toml", r"\\nas\talks\may", False),
        (r"D:\a.toml", r"C:\talks", False),
    ],
)
def test_a_folder_on_another_machine_may_name_what_lies_there(
    name: str, folder: str, leads: bool
) -> None:
    assert windows.leads_to_network(name, folder) == leads


def test_a_project_that_came_along_names_no_other_machine(tmp_path: Path) -> None:
    (tmp_path / "speechcast.toml").write_text(
        '[project]\nname = "a"\nspeech = "//evil/share/a.txt"\n', encoding="utf-8"
    )
    with pytest.raises(PresetError, match="must be the name of a document in its folder"):
        load_project(tmp_path)


# Files of settings, as editors of Windows write them


def test_settings_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "speechcast.toml"
    file.write_bytes('voice = "report"\r\n'.encode("utf-8-sig"))
    assert ConfigTable.read(file).values == {"voice": "report"}


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_settings_in_another_encoding_are_refused_in_plain_words(
    encoding: str, tmp_path: Path
) -> None:
    file = tmp_path / "names.toml"
    file.write_bytes('"重庆" = "chóng qìng"\n'.encode(encoding, "replace"))
    with pytest.raises(PresetError, match="is not in UTF-8; save it anew"):
        ConfigTable.read(file)


# Words of a command


def split_words(line: str) -> list[str]:
    """Divide a line as programs of Windows do ("Parsing C command-line arguments", Microsoft)."""
    words, word, quoted, backslashes = [], "", False, 0
    for char in f"{line} ":
        if char == "\\":
            backslashes += 1
            continue
        if char == '"':
            word += "\\" * (backslashes // 2)
            word, quoted = (word + '"', quoted) if backslashes % 2 else (word, not quoted)
        elif char == " " and not quoted:
            words.append(word + "\\" * backslashes)
            word = ""
        else:
            word += "\\" * backslashes + char
        backslashes = 0
    return words


@given(st.lists(st.text(st.sampled_from("a讲 \\&()'$;,^%!@#-."), min_size=1), min_size=1))
def test_what_is_advised_arrives_as_it_was_meant(names: list[str]) -> None:
    assert split_words(" ".join(map(windows.quote_for_cmd, names))) == names


@pytest.mark.parametrize("sign", "&()^;,'@#!%$~`=[]{}")
def test_no_sign_of_cmd_or_powershell_stands_alone(sign: str) -> None:
    assert windows.quote_for_cmd(f"a{sign}b") == f'"a{sign}b"'


# Errors


def os_error(number: int, code: int, path: str = r"C:\out\a.mp3") -> OSError:
    """Return an error as a Chinese Windows words it."""
    exc = OSError(code, "中文的原因", path, number)
    if os.name != "nt":  # where a fourth argument is of no effect
        vars(exc)["winerror"] = number
    return exc


@pytest.mark.parametrize(
    ("exc", "reason"),
    [
        (os_error(32, errno.EACCES), "it is open in another program; close it there"),
        (os_error(5, errno.EACCES), "Permission denied"),
        (os_error(2, errno.ENOENT), "No such file or directory"),
        (os_error(3, errno.ENOENT, "C:\\" + 300 * "a"), "its path is longer than Windows takes"),
        (os_error(112, errno.ENOSPC), "No space left on device"),
        (os_error(123, errno.EINVAL), "Windows allows no such name"),
        (os_error(1225, errno.EINVAL, ""), "Connection refused"),
        (os_error(10061, 10061, ""), "Connection refused"),
        (os_error(10060, 10060, ""), "Connection timed out"),
        (os_error(11001, 11001, ""), "Name or service not known"),
        (os_error(1392, errno.EINVAL), "中文的原因"),
        (OSError(errno.ENOENT, "No such file or directory"), "No such file or directory"),
    ],
)
def test_errors_are_in_the_language_of_the_program(exc: OSError, reason: str) -> None:
    assert explain_os_error(exc).startswith(reason)


# The language, and the memory


class Kernel:
    """A stand-in for kernel32.dll."""

    def __init__(self, language: int = 0x0409, free: tuple[int, int] = (0, 0)) -> None:
        self.language, self.free = language, free

    def GetUserDefaultUILanguage(self) -> int:  # noqa: N802
        return self.language

    def GlobalMemoryStatusEx(self, reference: object) -> int:  # noqa: N802
        """Fill the structure at the documented offsets: 8 for ullAvailPhys after two DWORDs."""
        status = reference._obj  # type: ignore[attr-defined]
        address = ctypes.addressof(status)
        if ctypes.c_uint32.from_address(address).value != 64:
            return 0
        ctypes.c_uint64.from_address(address + 16).value = self.free[0]
        ctypes.c_uint64.from_address(address + 32).value = self.free[1]
        return 1


@pytest.mark.parametrize(
    ("identifier", "language"),
    [
        (0x0804, "zh"),
        (0x0404, "zh"),
        (0x0C04, "zh"),
        (0x1404, "zh"),
        (0x0809, "en"),
        (0x0411, "en"),
    ],
)
def test_windows_is_spoken_to_in_the_language_of_its_menus(
    identifier: int, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "find_kernel", lambda: Kernel(identifier))
    assert messages.choose_language(None, {}) == language


def test_memory_is_what_is_free_and_may_be_committed() -> None:
    assert windows.read_free_memory(Kernel(free=(3_000_000_000, 2_000_000_000))) == 2_000_000_000
    assert windows.read_free_memory(Kernel(free=(1_000_000_000, 5 << 32))) == 1_000_000_000


# Files that are open elsewhere


def test_what_is_released_soon_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename, failures = os.replace, [32, 5, 32]

    def scanned(source: Path, target: Path) -> None:
        if failures:
            raise windows_error(failures.pop(), source)
        rename(source, target)

    monkeypatch.setattr(os, "replace", scanned)
    monkeypatch.setattr(files, "_PAUSES", (0.0, 0.0, 0.0))
    files.atomic_write(tmp_path / "a.srt", b"new")
    assert (tmp_path / "a.srt").read_bytes() == b"new"
    assert failures == []


def test_what_the_system_forbids_is_tried_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def refuse(source: Path, _target: Path) -> None:
        tried.append(source)
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError, match="Permission denied"):
        files.atomic_write(tmp_path / "a.srt", b"new")
    assert (len(tried), list(tmp_path.iterdir())) == (1, [])


def replace_in(folder: Path, text: str) -> None:
    with deliver(folder, NAMES) as temporary:
        for name in NAMES:
            (temporary / name).write_text(text)


def contents(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in folder.iterdir()}


@pytest.mark.usefixtures("windows_files")
def test_files_replace_earlier_ones(tmp_path: Path) -> None:
    replace_in(tmp_path, "old")
    replace_in(tmp_path, "new")
    assert contents(tmp_path) == {"a.mp3": "new", "a.srt": "new"}


@pytest.mark.usefixtures("windows_files")
def test_a_file_that_is_played_is_found_before_the_work(tmp_path: Path) -> None:
    replace_in(tmp_path, "old")
    reason = "a.srt cannot be replaced; if it is open in another program, close it there"
    with (
        (tmp_path / "a.srt").open(),
        pytest.raises(OutputError, match=reason),
        deliver(tmp_path, NAMES),
    ):
        pytest.fail("the work began")
    assert contents(tmp_path) == {"a.mp3": "old", "a.srt": "old"}


@pytest.mark.usefixtures("windows_files")
def test_a_file_that_is_opened_during_the_work_keeps_all_as_it_was(tmp_path: Path) -> None:
    replace_in(tmp_path, "old")
    with pytest.raises(OutputError, match="cannot be replaced"), deliver(tmp_path, NAMES) as folder:
        for name in NAMES:
            (folder / name).write_text("new")
        player = (tmp_path / "a.srt").open()
    player.close()
    assert contents(tmp_path) == {"a.mp3": "old", "a.srt": "old"}


@pytest.mark.usefixtures("windows_files")
def test_a_folder_of_a_run_that_holds_an_open_file_is_removed_by_the_next(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no"), deliver(tmp_path, NAMES) as folder:
        left = (folder / "scratch").open("w")
        raise ValueError("no")
    assert sorted(p.name for p in folder.iterdir()) == ["owner", "scratch"]
    left.close()
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("windows_files")
def test_what_could_not_be_delivered_is_completed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that can neither go on nor go back leaves its journal, and an owner's file."""
    replace_in(tmp_path, "old")
    rename = os.replace

    def hold_all(source: Path, target: Path) -> None:
        if source != target == tmp_path / "a.srt":
            raise windows_error(5, target)
        rename(source, target)

    with pytest.raises(OutputError), deliver(tmp_path, NAMES) as folder:
        for name in NAMES:
            (folder / name).write_text("new")
        monkeypatch.setattr(os, "replace", hold_all)
    monkeypatch.setattr(os, "replace", rename)
    assert (folder / "journal").exists()
    sweep(tmp_path)
    assert contents(tmp_path) == {"a.mp3": "new", "a.srt": "new"}


def test_a_folder_that_may_not_be_written_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where `tempfile` and a lock would try on and on, as they take the name for taken."""
    open_ = os.open

    def refuse(path: str | Path, flags: int, *rest: int, **more: int) -> int:
        if flags & os.O_EXCL:
            raise windows_error(5, path)
        return open_(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(windows, "HERE", True)
    with pytest.raises(OutputError, match=r"\(Permission denied\)"), deliver(tmp_path, NAMES):
        pytest.fail("the work began")
    sweep(tmp_path)


# What is hidden, and what leads elsewhere


def test_attributes_of_windows() -> None:
    hidden = SimpleNamespace(st_file_attributes=stat.FILE_ATTRIBUTE_HIDDEN | 0x20)
    junction = SimpleNamespace(st_reparse_tag=0xA0000003)
    plain = Path(__file__).lstat()
    assert windows.has_hidden_flag(hidden)  # type: ignore[arg-type]
    assert windows.is_junction(junction)  # type: ignore[arg-type]
    assert not windows.has_hidden_flag(plain)
    assert not windows.is_junction(plain)


# What is printed, and where to


class GonePipe(io.RawIOBase):
    """A pipe whose reader is gone, as Windows says it: the argument is invalid."""

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 99

    def write(self, _data: object) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")


@stands_in
def test_results_that_nobody_reads_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = _guard(io.TextIOWrapper(io.BufferedWriter(GonePipe()), "gbk"), _Results, 1)
    with pytest.raises(OutputError, match="standard output cannot be written"):
        print("讲话", file=stream, flush=True)
    monkeypatch.setattr(windows, "HERE", True)
    stream = _guard(io.TextIOWrapper(io.BufferedWriter(GonePipe()), "gbk"), _Results, 1)
    print("讲话", file=stream, flush=True)


def test_a_window_that_is_closed_ends_the_work_like_any_signal() -> None:
    """In a process of its own, whose signals are those of Windows."""
    code = (
        "import enum, signal\n"
        "signal.Signals = enum.IntEnum('Signals', {'SIGINT': 2, 'SIGTERM': 15, 'SIGBREAK': 21})\n"
        "from speechcast.cli.common import TERMINATIONS\n"
        "print(*map(int, TERMINATIONS))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.split() == [b"15", b"21"]


@pytest.mark.parametrize(("here", "keys"), [(False, "Ctrl-D"), (True, "Ctrl-Z and Enter")])
def test_the_keys_that_end_what_is_typed(
    here: bool, keys: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keyboard = io.TextIOWrapper(io.BytesIO("大家好。".encode()))
    monkeypatch.setattr(keyboard, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", keyboard)
    monkeypatch.setattr(windows, "HERE", here)
    assert read_source("-", None).text == "大家好。"
    assert f"press {keys} to end it" in capsys.readouterr().err


def test_a_suggestion_is_quoted_for_the_shell_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "开学 讲话.txt").write_text("大家好。", encoding="utf-8")
    monkeypatch.setattr(windows, "HERE", True)
    assert suggest(Path())[0].command == 'speechcast make "开学 讲话.txt"'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"[WinError 5] 'C:\\Users\\Wang Xiao\\secret plans\\a.dll'", "[WinError 5] '…/a.dll'"),
        (r'cannot open "D:\Wang Xiao\secret plans\b.onnx"', 'cannot open "…/b.onnx"'),
        (r"C:\Users\wang\x\lib.dll: not found", r"…\lib.dll: not found"),
    ],
)
def test_folders_with_blanks_are_left_out_of_a_report(text: str, shown: str) -> None:
    assert conceal(text) == shown


def test_the_users_folder_is_left_out_however_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "Wang Xiao"
    monkeypatch.setattr(Path, "home", lambda: home)
    assert conceal(f"no {str(home).upper()}/secret/x here") == "no …/x here"
    monkeypatch.setattr(Path, "home", lambda: PureWindowsPath(r"C:\Users\Wang Xiao"))
    assert conceal(r"no c:\users\wang xiao\a\b.dll") == r"no …\b.dll"
    assert "wang" not in conceal(r"no 'C:\\Users\\Wang Xiao\\a' and b").lower()


def test_a_damaged_piece_of_a_mapped_table_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, windows_files: None
) -> None:
    del windows_files
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load_table("words", "1", lambda: (0, {"行长": 3}))
    (file,) = (tmp_path / "speechcast").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole.replace("行长".encode(), "长行".encode()))
    assert load_table("words", "1", lambda: (0, {"行长": 3})).load("行") == {"行长": 3}
    assert file.read_bytes() == whole
