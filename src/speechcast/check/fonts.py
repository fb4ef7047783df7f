"""How the names of font files with the characters of Chinese begin, in lower case.

They are those of the families that a plot can be written in, on Linux, Windows and macOS.
"""

from __future__ import annotations

CHINESE_FILES = (
    "notosanscjk",
    "sourcehansans",
    "msyh",
    "pingfang",
    "hiragino sans gb",
    "wqy-",
    "simhei",
    "simsun",
    "arial unicode",
    "droidsansfallback",
)
