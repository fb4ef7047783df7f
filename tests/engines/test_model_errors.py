"""Errors of the libraries that run models."""

from __future__ import annotations

import pytest

from speechcast.engines.model_errors import explain_model_error


@pytest.mark.parametrize(
    ("error", "explanation"),
    [
        (MemoryError(), "there is too little memory; "),
        (RuntimeError("[ONNXRuntimeError] : 6 : Failed to allocate memory"), "there is too little"),
        (RuntimeError("Non-zero status code:\n std::bad_alloc"), "there is too little memory; "),
        (RuntimeError("a\n\tb" + "c" * 1000), "try it again, or choose another voice; "),
        (RuntimeError("\x1b[31mno"), "try it again, or choose another voice; "),
    ],
)
def test_an_error_is_explained_in_one_line(error: Exception, explanation: str) -> None:
    line = explain_model_error(error)
    assert line.startswith(explanation)
    assert line.isprintable()
    assert len(line) < 300
