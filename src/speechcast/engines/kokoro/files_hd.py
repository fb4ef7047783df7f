"""The files of Kokoro-82M v1.1-zh: 100 Mandarin voices, as kokoro-onnx publishes them.

Model and voices: Kokoro-82M v1.1-zh by hexgrad, Apache-2.0; trained on the recordings of
LongMaoData. The ONNX export that also gives its durations is published with kokoro-onnx
(thewh1teagle, MIT), and on no index of packages.

Nobody of this project has held these files. Their sizes and digests are those that GitHub
publishes, and that several unrelated programs which fetch the same release have pinned (read in
November 2026). The publisher replaced the model once, in August 2026: were it replaced again, the
installation would be refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import BadZipFile

from ...downloads.bundle import Bundle, ModelFile, Piece
from ...downloads.release import Release
from ...errors import ModelError
from ...messages import _
from .files import MAX_SYMBOLS, STYLE_SIZE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PRESET = "mandarin-hd"  # the preset whose installation fetches the files
# The speakers, by the first letter of the sex and their number at LongMaoData (model card).
_WOMEN = (
    *(*range(1, 9), 17, 18, 19, 21, 22, 23, 24, 26, 27, 28, 32, 36, 38, 39, 40, 42, 43, 44),
    *(46, 47, 48, 49, 51, 59, 60, 67, *range(70, 80), *range(83, 89), 90, 92, 93, 94, 99),
)
_MEN = (
    *(*range(9, 17), 20, 25, 29, 30, 31, 33, 34, 35, 37, 41, 45, 50, *range(52, 59)),
    *(*range(61, 67), 68, 69, 80, 81, 82, 89, 91, *range(95, 99), 100),
)
VOICES = (*(f"zf_{n:03}" for n in _WOMEN), *(f"zm_{n:03}" for n in _MEN))


# The model in float32: the release's smaller ones (int8, float16) are reported to be slower on a
# processor, or to give sound that is none.
_MODEL = ModelFile(
    "kokoro-v1.1-zh.onnx",
    (Piece(325_506_167, "859f9ded9f53be16c24857cdab3254a45da53c3afd5ba6ef134c7de3f822e326"),),
)
# NumPy's archive of arrays (.npz), uncompressed.
_STYLES = ModelFile(
    "voices-v1.1-zh.bin",
    (Piece(53_815_880, "14cb6186c99e4f6016871405f62046c5df863ae27465cbdc4ee08be7dd703acd"),),
)
BUNDLE = Bundle(
    "model of the Mandarin HD voices",
    (_MODEL, _STYLES),
    (Release("thewh1teagle/kokoro-onnx", "model-files-v1.1", (_MODEL.name, _STYLES.name)),),
    PRESET,
)


def read_style(voice: str) -> NDArray[np.float32]:
    """Return the style vectors of a voice; only this one is read from the archive.

    Raises:
        ModelError: The archive is missing or damaged, or lacks the voice.
    """
    import numpy as np

    path = _STYLES.path
    try:
        with np.load(path, allow_pickle=False) as archive:
            style: NDArray[np.float32] = archive[voice].astype(np.float32)
            return style.reshape(MAX_SYMBOLS, STYLE_SIZE)
    except (OSError, ValueError, KeyError, BadZipFile) as exc:
        raise ModelError(
            _(
                "{path} is damaged or missing, or lacks {voice}; run: speechcast voices "
                "install {preset}"
            ).format(path=path, voice=voice, preset=PRESET)
        ) from exc
