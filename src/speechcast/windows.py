"""What Windows does otherwise than other systems, in one place.

`HERE` says whether this is Windows. All else works on any system, so that it can be tried anywhere;
what is said of Windows comes from Microsoft's documentation ("Naming Files, Paths, and Namespaces",
"System Error Codes", "File Attribute Constants", "MEMORYSTATUSEX").
"""

from __future__ import annotations

import os
import re
import stat
from errno import EINVAL
from pathlib import PureWindowsPath
from typing import Protocol

HERE = os.name == "nt"

LONGEST_PATH = 259  # characters, where long paths are not switched on (MAX_PATH less its NUL)
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"}
)
_HELD = frozenset({5, 32, 33})  # access denied, sharing violation, lock violation
_PLAIN = re.compile(r"[\w+:.\\/-]+")  # neither cmd nor PowerShell takes any of it for a sign
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT, which `stat` has on Windows alone
_LANGUAGES = {0x04: "zh", 0x09: "en"}  # primary language identifiers


def allows_name(name: str) -> bool:
    """Return whether a file can have this name on Windows.

    >>> allows_name("讲话.mp3"), allows_name("讲话: 一.mp3"), allows_name("nul.srt")
    (True, False, False)
    """
    return name != "" and to_allowed_name(name) == name


def to_allowed_name(name: str) -> str:
    """Return the nearest name that a file can have on Windows; "" for nothing but dots.

    >>> to_allowed_name("AUX.2"), to_allowed_name('为什么?"') + ".mp3"
    ('AUX_.2', '为什么__.mp3')
    """
    cleaned = _FORBIDDEN.sub("_", name).rstrip(". ")
    base, dot, rest = cleaned.partition(".")
    return f"{base.rstrip()}_{dot}{rest}" if base.rstrip().upper() in _DEVICES else cleaned


def count_units(text: str) -> int:
    """Return the length of a text in units of UTF-16.

    Windows limits names so, and JavaScript counts characters so.
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def leads_to_network(name: str, folder: str) -> bool:
    r"""Return whether a name in a document leads to another machine, unless its folder is there.

    Merely to look for `\\machine\share\file` greets that machine with the user's name and a digest
    of their password, so such a name must not even be looked up.

    >>> leads_to_network(r"\\evil\share\a.toml", r"C:\talks"), leads_to_network("a.toml", "talks")
    (True, False)
    """
    drive = PureWindowsPath(name).drive.casefold()
    return drive.startswith("\\\\") and drive != PureWindowsPath(folder).drive.casefold()


def is_held(exc: OSError) -> bool:
    """Return whether an error may be due to another program that has the file open."""
    return getattr(exc, "winerror", None) in _HELD


def is_unread(exc: OSError) -> bool:
    """Return whether an error of writing says that nobody reads a pipe any longer."""
    return isinstance(exc, BrokenPipeError) or (HERE and exc.errno == EINVAL)


def has_hidden_flag(status: os.stat_result) -> bool:
    """Return whether Windows hides a file of this state, taken without following a link."""
    return bool(getattr(status, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN)


def is_junction(status: os.stat_result) -> bool:
    """Return whether a folder of this state is a junction, which is no symbolic link."""
    return getattr(status, "st_reparse_tag", 0) == _JUNCTION


def quote_for_cmd(word: str) -> str:
    r"""Return a word as both cmd and PowerShell take it.

    >>> quote_for_cmd("讲稿.txt"), quote_for_cmd("开学 讲话.txt"), quote_for_cmd("A&B.txt")
    ('讲稿.txt', '"开学 讲话.txt"', '"A&B.txt"')
    """
    if _PLAIN.fullmatch(word):
        return word
    backslashes = len(word) - len(word.rstrip("\\"))  # before the mark, where they would hide it
    return f'"{word}{backslashes * chr(92)}"'


def find_language(identifier: int) -> str | None:
    """Return the language of one of Windows' language identifiers; None for another one.

    >>> find_language(0x0804), find_language(0x0404), find_language(0x0409), find_language(0x0411)
    ('zh', 'zh', 'en', None)
    """
    return _LANGUAGES.get(identifier & 0x3FF)


class Kernel(Protocol):
    """What is used of kernel32.dll."""

    def GlobalMemoryStatusEx(self, status: object, /) -> int:  # noqa: N802 Windows' name
        """Fill a MEMORYSTATUSEX; return 0 if that fails."""

    def GetUserDefaultUILanguage(self) -> int:  # noqa: N802
        """Return the language identifier of the user's menus."""


def find_kernel() -> Kernel | None:
    """Return kernel32.dll; None on another system."""
    import ctypes  # not at the top: it takes time to import

    kernel: Kernel | None = getattr(getattr(ctypes, "windll", None), "kernel32", None)
    return kernel


def read_free_memory(kernel: Kernel) -> int | None:
    """Return how many bytes of memory programs may still take; None if it cannot be known."""
    import ctypes

    status = (ctypes.c_uint64 * 8)(64)  # a MEMORYSTATUSEX: its size and the load, then 7 numbers
    if not kernel.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    _sizes, _physical, free, _committable, free_to_commit, *_rest = status
    return min(free, free_to_commit)
