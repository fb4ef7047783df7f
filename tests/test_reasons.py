"""What libraries say of an error, as they say it, is said in the language in use."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from errno import EACCES, EPROTO
from pathlib import Path

import pytest
from lxml import etree

from speechcast import messages, reasons
from speechcast.batch.addresses import format_error, resolve_address
from speechcast.config_files import ConfigTable
from speechcast.errors import PresetError, UsageError, explain_os_error
from speechcast.reasons import explain_reason, explain_xml_error


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Translate every reason into itself in brackets, with its values."""
    monkeypatch.setattr(messages, "_", lambda message: f"<{message}>")


XML = [
    ("", "<Document is empty>"),
    ("text", "<Start tag expected>"),
    ("<a><b></a>", "<Opening and ending tag mismatch: b line 1 and a>"),
    ("<a><b>", "<Premature end of data in tag b line 1>"),
    ("<a/><b/>", "<Extra content at the end of the document>"),
    ("<a>&</a>", "<xmlParseEntityRef: no name>"),
    ("<a>\x01</a>", "<PCDATA invalid Char value 1>"),
    ("<a><1/></a>", "<StartTag: invalid element name>"),
]


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(("text", "reason"), XML)
def test_reasons_of_libxml2(text: str, reason: str) -> None:
    with pytest.raises(etree.XMLSyntaxError) as caught:
        etree.fromstring(text.encode())
    assert explain_xml_error(caught.value) == reason


TOML = [
    ("重阳", "<Invalid statement>"),
    ("a 1", "<Expected '=' after a key in a key/value pair>"),
    ("a = ", "<Invalid value>"),
    ("a = 1\na = 2", "<Cannot overwrite a value>"),
    ("[a]\n[a]", "<Cannot declare ('a',) twice>"),
    ('a = "C:\\Users"', "<Invalid hex value>"),
    ('a = "D:\\lessons"', "<Unescaped '\\' in a string>"),
    ("a = [1", "<Unclosed array>"),
    ("a = 1 2", "<Expected newline or end of document after a statement>"),
    ('a = "1\n"', "<Illegal character '\\n'>"),
    ("[a", "<Expected ']' at the end of a table declaration>"),
]


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize(("text", "reason"), TOML)
def test_reasons_of_tomllib(text: str, reason: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert explain_reason(str(caught.value).rpartition(" (at ")[0]) == reason


def read(path: Path, data: bytes) -> Iterator[str]:
    path.write_bytes(data)
    yield from ConfigTable.read(path).values


def test_a_file_says_where_it_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "speechcast.toml"
    for data, complaint in [
        (b"style = 1\nvoice =", r"Invalid value \(at end of document\)$"),
        (b"style = 1\nvoice news", r"Expected '=' after .* \(at line 2, column 7\)$"),
    ]:
        with pytest.raises(PresetError, match=complaint):
            list(read(path, data))


@pytest.mark.usefixtures("marked")
def test_reasons_of_the_system() -> None:
    assert explain_os_error(OSError(EACCES, os.strerror(EACCES), "a")) == "<Permission denied>"
    assert format_error(OSError(EACCES, os.strerror(EACCES), "a")) == "<Permission denied>"
    assert explain_os_error(OSError(EPROTO, os.strerror(EPROTO))) == os.strerror(EPROTO)
    assert explain_os_error(OSError("it broke off")) == "it broke off"


@pytest.mark.usefixtures("marked")
def test_reasons_of_fsspec() -> None:
    with pytest.raises(UsageError, match="<Protocol not known: none>"):
        resolve_address("none://there")
    assert format_error(PermissionError("Access\nDenied")) == "<Access Denied>"


@pytest.mark.usefixtures("marked")
def test_what_is_not_common_is_passed_on() -> None:
    assert explain_reason("") == ""
    assert explain_reason("an odd {reason}") == "an odd {reason}"


def test_no_reason_hides_another() -> None:
    listed = reasons.REASONS
    assert len(set(listed)) == len(listed)
    assert [explain_reason(reason) for reason in listed] == list(listed)
