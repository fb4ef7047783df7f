"""Figures in Chinese text, to the words for them."""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import Any

_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_SHARES = {"%": "百分之", "‰": "千分之"}


def spoken(figure: str, after: str) -> str:
    """What is said for `figure` (39218, 1,234.5, 5.2%) where the text goes on with `after`.

    A four-digit year and anything with a leading nought are read digit by digit.
    """
    if figure[-1] in _SHARES:
        return _SHARES[figure[-1]] + spoken(figure[:-1], "")
    figure = figure.replace(",", "")
    if _is_year(figure, after) or re.match(r"0\d", figure) or len(figure.split(".")[0]) > 16:
        return "".join(_DIGITS.get(c, "点") for c in figure)
    return str(_cn2an().an2cn(figure, "low"))


def _is_year(figure: str, after: str) -> bool:
    return bool(
        re.fullmatch(r"\d{4}", figure) and re.match(r"\s*(?:年|[-—–~～至到]+\s*\d{4}\s*年)", after)
    )


@cache
def _cn2an() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import cn2an
    return cn2an
