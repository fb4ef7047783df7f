"""Take passwords and keys out of what is printed, logged or reported.

Everything that this program says goes through `redact`: the text of every error (see
`errors.SpeechcastError`), every line of a log, every address in a report. It removes

- the user name, password and query of every address: `ftp://anna:pw@host/a` is `ftp://host/a`;
- the secrets of this process: what the environment's variables for keys and passwords hold, the
  passwords of proxies, and what was passed to `hide`. They are recognized with white space or
  invisible characters inside, percent-encoded, as escapes of JSON or HTML, in base64, and in part.
"""

from __future__ import annotations

import base64
import html
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

MASK = "…"
# Characters of a password that is looked for, and that are enough to recognize a part of a longer
# one; chosen here: shorter runs occur in common words.
_SHORTEST = 4
_WINDOW = 8
_SECRET_NAME = re.compile(
    r"(?:^|_)(?:\w*KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|PASS|CREDENTIALS?)(?:_|$)|_PWD$",
    re.IGNORECASE,
)
_NO_SECRET_NAME = re.compile(r"_(FILE|PATH|DIR|ID)$", re.IGNORECASE)  # they name where one lies
_PROXY_NAME = re.compile(r"_PROXY$", re.IGNORECASE)
_HOST = re.compile(r"[^:@]*(:\d*)?|\[[^\]]*\](:\d*)?")  # with or without a port
_ADDRESS = re.compile(r"""([A-Za-z][A-Za-z0-9+.-]+:/{1,3})([^\s'"<>|]*)""")
_MARKS = ";,.:!)"  # of the sentence that an address ends
# One character as a server may write it: an escape of JSON, a URL or HTML, or itself.
_PIECE = re.compile(
    r"\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|%[0-9A-Fa-f]{2}|"
    r"&#\d{1,7};|&#[xX][0-9A-Fa-f]{1,6};|&[a-z]+;|.",
    re.DOTALL,
)
_hidden: set[str] = set()


def hide(secret: str) -> None:
    """Take `secret` out of everything that is said from now on."""
    if len(secret) >= _SHORTEST:
        _hidden.add(secret)


def hide_login(address: str) -> None:
    """Take the user name's password in an address out of everything that is said from now on."""
    for password in _passwords(address):
        hide(password)


def redact(text: str) -> str:
    """Return the text without logins, queries of addresses, and secrets of this process.

    >>> redact("cannot reach sftp://anna:pw@host:22/talks?key=abc: timed out")
    'cannot reach sftp://host:22/talks: timed out'
    """
    return _without_secrets(_ADDRESS.sub(_strip_address, text))


def without_login(address: str) -> str:
    """Return the address without user name, password, query and fragment.

    The result may be shown.

    >>> without_login("http://anna:secret@host:8880/v1?key=abc")
    'http://host:8880/v1'
    """
    head, slashes, rest = address.partition("://")
    return head + slashes + _strip(rest) if slashes else _strip(head)


def _strip_address(match: re.Match[str]) -> str:
    address = match[2].rstrip(_MARKS)
    return match[1] + _strip(address) + match[2][len(address) :]


def _strip(rest: str) -> str:
    """Return what follows the `://` of an address, without login, query and fragment.

    A password may hold a `/` that should have been encoded; then what stands before it is no
    host with a port.
    """
    authority, slash, path = _split(rest)
    if "@" not in authority and not _HOST.fullmatch(authority):
        return _strip(path.rpartition("@")[2]) if "@" in path else MASK
    host = authority.rpartition("@")[2]
    return host if slash in {"?", "#"} else host + slash + re.split("[?#]", path, maxsplit=1)[0]


def _split(rest: str) -> tuple[str, str, str]:
    """Return what stands before the first mark that ends a host, the mark, and the rest."""
    position = next((i for i, char in enumerate(rest) if char in "/\\?#"), len(rest))
    return rest[:position], rest[position : position + 1], rest[position + 1 :]


def _without_secrets(text: str) -> str:
    plain, spans = _decode(text)
    marked = bytearray(len(text))
    for secret in _secrets():
        for first, last in _find(secret, plain):
            start, end = spans[first][0], spans[last][1]
            if len(secret) >= _WINDOW or not _is_inside_word(text, start, end):
                marked[start:end] = b"\1" * (end - start)
    return _mask(text, marked) if any(marked) else text


def _is_inside_word(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum()


def _secrets() -> set[str]:
    """Return the forms in which this process's secrets may occur, folded as `_decode` folds."""
    secrets = set(_hidden)
    for name, value in os.environ.items():
        if _PROXY_NAME.search(name):
            secrets.update(_passwords(value))
        elif _SECRET_NAME.search(name) and not _NO_SECRET_NAME.search(name):
            secrets.update(_secrets_in(value.strip()))
    return {form for secret in secrets for form in _forms(secret)}


def _secrets_in(value: str) -> Iterator[str]:
    """Yield what is secret in a variable for keys: no path of a key's file, and no host."""
    if "://" in value:
        yield from _passwords(value)
    elif len(value) >= _WINDOW and not _is_path(value):
        yield value


def _is_path(value: str) -> bool:
    """Return whether a value is the path of a file in a folder that exists."""
    try:
        return Path(value).is_absolute() and Path(value).parent.is_dir()
    except (OSError, ValueError):
        return False


def _passwords(address: str) -> Iterator[str]:
    """Yield the password in an address, as written and decoded."""
    try:
        password = urlsplit(address if "://" in address else f"//{address}").password or ""
    except ValueError:
        return
    yield from {p for p in (password, unquote(password)) if len(p) >= _SHORTEST}


def _forms(secret: str) -> Iterator[str]:
    """Yield the secret and its base64 at each of the three positions in a longer text."""
    data = secret.encode("utf-8", "surrogatepass")
    yield _fold(secret)
    yield _fold(data.decode("latin-1"))  # as percent-encoded bytes are read here
    yield data.hex()
    for skipped in range(3):
        encoded = base64.b64encode(bytes(skipped) + data).decode()
        # only the characters that no neighbour's bits are part of
        whole = encoded[(skipped * 8 + 5) // 6 : (skipped + len(data)) * 8 // 6]
        if len(whole) >= _WINDOW:
            yield _fold(whole)
            yield _fold(whole.replace("+", "-").replace("/", "_"))


def _fold(text: str) -> str:
    return "".join(map(_fold_character, text))


def _fold_character(char: str) -> str:
    """Return a character in one form for all its variants; "" for one that is not seen."""
    if char.isspace() or unicodedata.category(char) in {"Cc", "Cf", "Mn", "Me"}:
        return ""
    return unicodedata.normalize("NFKC", char).casefold()


def _decode(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without escapes, folded, and where each of its characters comes from."""
    plain, spans = [], []
    for match in _PIECE.finditer(text):
        for char in _fold(_unescape(match[0])):
            plain.append(char)
            spans.append(match.span())
    return "".join(plain), spans


def _unescape(piece: str) -> str:
    if len(piece) == 1:
        return piece
    if piece[0] == "&":
        return html.unescape(piece)
    return chr(int(piece.lstrip("\\%ux"), 16))


def _find(secret: str, plain: str) -> Iterator[tuple[int, int]]:
    """Yield the first and last position of each part of `plain` that is part of the secret."""
    width = min(_WINDOW, len(secret))
    parts = {secret[i : i + width] for i in range(len(secret) - width + 1)}
    for i in range(len(plain) - width + 1):
        if plain[i : i + width] in parts:
            yield i, i + width - 1


def _mask(text: str, marked: bytearray) -> str:
    """Return the text with each run of marked characters replaced by `MASK`."""
    pieces = []
    for i, char in enumerate(text):
        if not marked[i]:
            pieces.append(char)
        elif not i or not marked[i - 1]:
            pieces.append(MASK)
    return "".join(pieces)
