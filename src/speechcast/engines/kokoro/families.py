"""List the models of the embedded voices: what each takes, and what it has to say it with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...downloads.bundle import Bundle
from ...errors import ModelError
from ...messages import _
from . import files_hd, zhuyin
from .files import BUNDLES, MAX_SYMBOLS, MODEL, STYLE_SIZE, find_voice_file
from .mix import WHOLE, find_leading_voice, parse_mix
from .syllables import to_ipa
from .vocabulary import VOCABULARY, Alphabet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ModelFamily:
    """A model, its voices, and its symbols.

    Every model is the same network: symbols, a style and a speed in, in this order; sound and the
    frames of each symbol out.

    Attributes:
        name: What its author calls it.
        model: The bundle that holds the model, as its first file.
        voices: Voice → the bundle that holds it, which may be the same.
        alphabet: The model's symbols.
        load_style: Voice → its style vectors, float32 of shape (`MAX_SYMBOLS`, `STYLE_SIZE`), a
            row for each length of input. Raises ModelError if its file is missing or damaged.
        is_rewritten: Whether the model has a full variant, which is written at its installation;
            see `variants`.
        note: What a user should know before choosing one of its voices; "" for nothing.
    """

    name: str
    model: Bundle
    voices: Mapping[str, Bundle]
    alphabet: Alphabet
    load_style: Callable[[str], NDArray[np.float32]]
    is_rewritten: bool = False
    note: str = ""

    @property
    def reinstall(self) -> str:
        """What to do when the model or a voice of it is damaged."""
        return f"its model may be damaged: run speechcast voices install {self.model.preset}"


def _read_style(voice: str) -> NDArray[np.float32]:
    """Return the style vectors of a voice that has a file of its own."""
    import numpy as np

    path = find_voice_file(voice).path
    try:
        return np.fromfile(path, np.float32).reshape(MAX_SYMBOLS, STYLE_SIZE)
    except (OSError, ValueError) as exc:
        raise ModelError(
            _("{path} is damaged or missing; {reinstall}").format(
                path=path, reinstall=V1_0.reinstall
            )
        ) from exc


V1_0 = ModelFamily(
    "Kokoro-82M v1.0",
    MODEL,
    {f.path.stem: bundle for bundle in BUNDLES for f in bundle.files},
    Alphabet(VOCABULARY, word_gap=" ", spell=to_ipa, attach_suffix=str),
    _read_style,
    is_rewritten=True,
)
V1_1 = ModelFamily(
    "Kokoro-82M v1.1-zh",
    files_hd.BUNDLE,
    dict.fromkeys(files_hd.VOICES, files_hd.BUNDLE),
    Alphabet(zhuyin.VOCABULARY, "/", zhuyin.to_zhuyin, zhuyin.attach_suffix),
    files_hd.read_style,
    note="nobody here has heard it yet",
)
FAMILIES = (V1_0, V1_1)


def find_family(voice: str) -> ModelFamily | None:
    """Return the model that speaks with a voice; None if none does.

    A voice is named as in "zf_xiaoxiao".
    """
    return next((family for family in FAMILIES if voice in family.voices), None)


def family_of(text: str) -> ModelFamily:
    """Return the model of a voice or a mix; for an unknown one, the model of most languages."""
    return find_family(find_leading_voice(text)) or V1_0


def load_style(text: str) -> NDArray[np.float32]:
    """Return the style vectors of a voice or a mix, one row per input length.

    They are float32 of shape (`MAX_SYMBOLS`, `STYLE_SIZE`). Those of a mix are the sums of its
    voices', each times its share.

    Raises:
        ModelError: A voice's file is missing or damaged.
    """
    import numpy as np

    family = family_of(text)
    parts = [np.float32(share / WHOLE) * family.load_style(name) for name, share in parse_mix(text)]
    return np.asarray(np.sum(parts, axis=0, dtype=np.float32))
