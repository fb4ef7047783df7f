"""A timeline to sound that can be published as it is: stitched, levelled, encoded, labelled.

stitch.py     clips and pauses to one stream, a clip at a time, by pydub
loudness.py   how loud a stream is, by BS.1770
master.py     the level of a production, set once for the whole of it
encode.py     a stream to files, by PyAV (MP3 by lame.py); formats.py says which
tags.py       what the files say of themselves, by mutagen
decode.py     files back to samples
"""

from __future__ import annotations

from .decode import Undecodable, decoded, played
from .encode import Encoding, encode
from .loudness import Level, measured
from .master import master, publish
from .resample import length_at
from .stitch import BLOCK, FADE, blocks, stitch

__all__ = [
    "BLOCK",
    "FADE",
    "Encoding",
    "Level",
    "Undecodable",
    "blocks",
    "decoded",
    "encode",
    "length_at",
    "master",
    "measured",
    "played",
    "publish",
    "stitch",
]
