"""Tell lines that only number the pages from text that mentions a page."""

from __future__ import annotations

import re

PAGE_NUMBER_MARK = "\ufffc"
"""Stands where a page number was left out; it is removed with the other invisible characters."""

# What stands beside a page number.
_PAGE_WORDS = re.compile(
    rf"(?:{PAGE_NUMBER_MARK}|[\s\-–—·|/,，()（）第页頁共总總]|pages?\b|of\b|p\.)+", re.IGNORECASE
)


def is_page_number(text: str) -> bool:
    """Return whether a line holds nothing but a page number, which was left out: 第 页, - -."""
    return PAGE_NUMBER_MARK in text and _PAGE_WORDS.fullmatch(text) is not None
