"""Parse the name of an embedded voice, or of a mix of several.

A mix names its voices with their weights: `zf_xiaoxiao*0.7 + zf_xiaoyi*0.3`. Only the weights'
ratio counts, so they are scaled to shares of the whole, and a voice without a weight has 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ...config_files import shorten
from ...errors import PresetError
from ...messages import _

WHOLE = 10_000
"""The shares of a mix together; a finer share could not be heard."""

EXAMPLE = "zf_xiaoxiao*0.7 + zf_xiaoyi*0.3"
_PART = re.compile(r"([\w-]+)(?: *\* *([0-9]{0,6}(?:\.[0-9]{1,6})?))?", re.ASCII)


class Part(NamedTuple):
    """A voice in a mix, with its share in ten-thousandths."""

    voice: str
    share: int


def parse_mix(text: str) -> tuple[Part, ...]:
    """Return the parts of a mix, the largest first; one part for a single voice.

    Their shares add up to `WHOLE`, and those of equal mixes are equal.

    Raises:
        PresetError: It is no mix, a weight is not above 0, or a voice is named twice.

    >>> parse_mix("zf_xiaoyi + zf_xiaoxiao*3")
    (Part(voice='zf_xiaoxiao', share=7500), Part(voice='zf_xiaoyi', share=2500))
    """
    weights: dict[str, Fraction] = {}
    for piece in text.split("+"):
        voice, weight = _parse_part(piece.strip(" "), text)
        if voice in weights:
            raise PresetError(
                _("'{mix}' names {voice} twice; give it one weight").format(
                    mix=shorten(text), voice=voice
                )
            )
        weights[voice] = weight
    parts = [Part(voice, share) for voice, share in _to_shares(weights).items()]
    return tuple(sorted(parts, key=lambda part: (-part.share, part.voice)))


def format_mix(parts: Sequence[Part]) -> str:
    """Return the one way to write a mix.

    >>> format_mix(parse_mix("zf_xiaoyi*6+zf_xiaoxiao * 14"))
    'zf_xiaoxiao*0.7 + zf_xiaoyi*0.3'
    """
    if len(parts) == 1:
        return parts[0].voice
    return " + ".join(f"{voice}*{share / WHOLE:g}" for voice, share in parts)


def normalize_mix(text: str) -> str:
    """Return the one way to write the same voice or mix.

    Raises:
        PresetError: It is no mix; see `parse_mix`.
    """
    return format_mix(parse_mix(text))


@lru_cache(maxsize=256)
def find_leading_voice(text: str) -> str:
    """Return the voice with the largest share, or the text itself if it is no mix."""
    try:
        return parse_mix(text)[0].voice
    except PresetError:
        return text


def _parse_part(piece: str, text: str) -> tuple[str, Fraction]:
    match = _PART.fullmatch(piece)
    if not match or match[2] == "":
        raise PresetError(
            _(
                "'{text}' is neither a voice nor a mix; write one like zf_xiaobei, or "
                "several with their weights: {example}"
            ).format(text=shorten(text), example=EXAMPLE)
        )
    weight = Fraction(match[2] or 1)
    if not weight:
        raise PresetError(
            _("'{mix}' gives {voice} the weight 0; leave it out").format(
                mix=shorten(text), voice=match[1]
            )
        )
    return match[1], weight


def _to_shares(weights: Mapping[str, Fraction]) -> dict[str, int]:
    """Return the voices' shares, which add up to `WHOLE`.

    They are rounded by the method of the largest remainder.
    """
    unit = WHOLE / sum(weights.values())
    exact = {voice: weight * unit for voice, weight in weights.items()}
    shares = {voice: int(share) for voice, share in exact.items()}
    by_remainder = sorted(exact, key=lambda voice: (shares[voice] - exact[voice], voice))
    for voice in by_remainder[: WHOLE - sum(shares.values())]:
        shares[voice] += 1
    for voice, share in shares.items():
        if not share:
            raise PresetError(
                _(
                    "the weight of {voice} is less than a ten-thousandth of the mix; leave it out"
                ).format(voice=voice)
            )
    return shares
