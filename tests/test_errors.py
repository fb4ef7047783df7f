"""What an error says."""

from __future__ import annotations

import os
from errno import EACCES, EPROTO

import pytest

from speechcast import errors
from speechcast.errors import explain_os_error


def test_a_common_error_of_the_system_is_explained_in_the_language_in_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    denied = OSError(EACCES, os.strerror(EACCES), "a.txt")
    assert explain_os_error(denied) == "Permission denied"
    monkeypatch.setattr(errors, "_", {"Permission denied": "没有权限"}.__getitem__)
    assert explain_os_error(denied) == "没有权限"


def test_other_errors_of_the_system_are_explained_in_its_words() -> None:
    assert explain_os_error(OSError(EPROTO, os.strerror(EPROTO))) == os.strerror(EPROTO)
    assert explain_os_error(OSError("it broke off")) == "it broke off"
