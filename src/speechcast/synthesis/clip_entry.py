"""An entry of the clip cache: a clip as the content of a file.

It holds

    magic      with the number of the format
    digest     SHA-256 of the key and of everything that follows
    header     one line of JSON: the sample rate, the span of each token, and whether those are
               estimates
    samples    the differences from one sample to the next, low bytes before high ones, deflated

so an entry is complete and belongs to its key, or it is not used.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import TYPE_CHECKING

import numpy as np

from ..model import Clip, Span

if TYPE_CHECKING:
    from ..units import Mono16

FORMAT = 1  # raise it when the same key would stand for another sound, or an entry changes

_MAGIC = f"speechcast clip {FORMAT}\n".encode()
_DIGEST_SIZE = hashlib.sha256().digest_size


def pack(key: str, clip: Clip) -> bytes:
    """Return the content of the entry of a clip."""
    # `default`: an engine may count in numpy's integers
    facts = {"rate": clip.rate, "spans": clip.spans}
    facts |= {"approximate": True} if clip.approximate else {}
    header = json.dumps(facts, default=int)
    content = header.encode() + b"\n" + _compress(clip.samples)
    return _MAGIC + _digest(key, content) + content


def unpack(key: str, data: bytes) -> Clip | None:
    """Return the clip of a valid entry under `key`, or None."""
    content = data[len(_MAGIC) + _DIGEST_SIZE :]
    if data != _MAGIC + _digest(key, content) + content:
        return None
    head, _, body = content.partition(b"\n")
    try:
        header = json.loads(head)
        spans = tuple(None if span is None else Span(*span) for span in header["spans"])
        approximate = header.get("approximate", False) is True
        return Clip(_decompress(body), header["rate"], spans, approximate)
    except (ValueError, TypeError, LookupError, zlib.error):
        return None


def _digest(key: str, content: bytes) -> bytes:
    return hashlib.sha256(key.encode() + content).digest()


def _compress(samples: Mono16) -> bytes:
    """Deflate the differences between samples, low bytes before high ones.

    Speech moves in small steps, so nearly all high bytes are equal. Runs are the only repetition in
    them: a search for longer matches takes longer and finds none.
    """
    steps = np.diff(samples, prepend=np.int16(0))
    planes = steps.astype("<i2").view(np.uint8).reshape(-1, 2).T
    deflate = zlib.compressobj(strategy=zlib.Z_RLE)
    return deflate.compress(planes.tobytes()) + deflate.flush()


def _decompress(data: bytes) -> Mono16:
    """Return the samples that `_compress` packed."""
    planes = np.frombuffer(zlib.decompress(data), np.uint8).reshape(2, -1)
    steps = planes.T.copy().view("<i2").ravel()
    return np.cumsum(steps, dtype=np.int16)
