"""Pack columns of whole numbers into text that a page holds and its browser unpacks.

Alike numbers stand together, so that deflate (RFC 1951) finds a code for each column. A number is
written in seven bits a byte, the lowest first; the eighth bit says that more follow (LEB128, DWARF
5, 7.6). The text is base 64 (RFC 4648).
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Sequence

_RAW = -zlib.MAX_WBITS  # without a header: what browsers call deflate-raw
_LOW = 0x7F
_MORE = 0x80


def pack_columns(columns: Iterable[Sequence[int]]) -> str:
    """Return columns of numbers, none of them negative, as text."""
    compressor = zlib.compressobj(zlib.Z_BEST_COMPRESSION, wbits=_RAW)
    packed = bytearray()
    for column in columns:
        packed += compressor.compress(_to_bytes([len(column), *column]))
        packed += compressor.flush(zlib.Z_FULL_FLUSH)  # the next column gets a code of its own
    packed += compressor.flush()
    return base64.b64encode(packed).decode("ascii")


def _to_bytes(numbers: Iterable[int]) -> bytes:
    """Return numbers one after another.

    >>> _to_bytes([5, 300]).hex()
    '05ac02'
    """
    data = bytearray()
    for number in numbers:
        rest = number
        while rest > _LOW:
            data.append(_MORE | rest & _LOW)
            rest >>= 7
        data.append(rest)
    return bytes(data)


def fold_sign(number: int) -> int:
    """Return a number that is not negative for one that may be, small ones for small ones.

    >>> [fold_sign(number) for number in (0, -1, 1, -2)]
    [0, 1, 2, 3]
    """
    return 2 * number if number >= 0 else -2 * number - 1
