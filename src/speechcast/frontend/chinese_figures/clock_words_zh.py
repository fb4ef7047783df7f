"""Write times of day and lengths of time in Chinese words."""

from __future__ import annotations

import re

from .numbers_zh import read_digits, read_number


def read_time(time: str) -> str:
    """Return a time of day in words.

    >>> read_time("9:05"), read_time("14:00"), read_time("2:30:15")
    ('九点零五分', '十四点', '两点三十分十五秒')
    """
    hour, minute, *second = (int(part) for part in re.split("[:：]", time))
    words = ("两" if hour == 2 else read_number(str(hour))) + "点"
    if minute or second:
        zero = "零" if 0 < minute < 10 else ""
        words += f"{zero}{read_number(str(minute))}分"
    return words + (f"{read_number(str(second[0]))}秒" if second else "")


def read_duration(length: str) -> str:
    """Return hours, minutes and seconds in words: 3:42.5 is 三分四十二秒五."""
    *counts, seconds = re.split("[:：]", length)
    whole, _, hundredths = seconds.partition(".")
    units = ("小时", "分")[-len(counts) :]
    words = "".join(
        _count(int(count)) + unit for count, unit in zip(counts, units, strict=True) if int(count)
    )
    if int(whole) or hundredths or not words:
        zero = "零" if words and int(whole) < 10 else ""
        words += f"{zero}{read_number(str(int(whole)))}秒"
    return words + read_digits(hundredths)


def _count(number: int) -> str:
    return "两" if number == 2 else read_number(str(number))
