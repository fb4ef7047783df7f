"""Messages in the language of the user, from gettext catalogues.

`_("…")` returns the message in the language in use: English, which is the text in the source,
until `use_language` chooses another. Values are put into the translated text:
`_("no file {name}").format(name=name)`, never into what is looked up.
"""

from __future__ import annotations

import contextlib
import gettext
import locale
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from . import windows

Language = Literal["en", "zh"]

CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "speechcast"
VARIABLE = "SPEECHCAST_LANG"
_POSIX = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides: POSIX, chapter 8.2
_NO_LOCALE = ("C", "POSIX")
_LOCALES = {"zh": "zh_CN"}  # the catalogue of a language that is not English


@dataclass(slots=True)
class _InUse:
    """What this process speaks."""

    language: Language
    catalogue: gettext.NullTranslations
    wording: Mapping[str, str] = field(default_factory=dict)


_in_use = _InUse("en", gettext.NullTranslations())


def _(message: str) -> str:
    """Return the message in the language in use.

    Args:
        message: The English text, as it stands in the source, with `{name}` for what is put in.
    """
    message = _in_use.wording.get(message, message)
    return _in_use.catalogue.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that goes with `count`, in the language in use."""
    return _in_use.catalogue.ngettext(one, many, count)


def mark(message: str) -> str:
    """Return the English text; marks a constant that `_` translates where it is shown."""
    return message


def translate_filled(text: str, messages: Iterable[str]) -> str:
    """Return the translation of an English text that was made of one of the messages.

    For what is stored in English and shown later, in the language then in use.

    Args:
        text: The text; it is returned as it is if no message fits.
        messages: The messages, with `{name}` where the text has a value.
    """
    for message in messages:
        pieces = re.split(r"\{(\w+)\}", message)
        groups = (f"(?P<{p}>.*)" if n % 2 else re.escape(p) for n, p in enumerate(pieces))
        if match := re.fullmatch("".join(groups), text, re.DOTALL):
            return _(message).format(**match.groupdict())
    return text


def language() -> Language:
    """Return the language in use."""
    return _in_use.language


def use_language(chosen: Language) -> None:
    """Use a language for all messages of this process from now on."""
    _in_use.catalogue = (
        gettext.translation(DOMAIN, CATALOGUES, [_LOCALES[chosen]], fallback=True)
        if chosen in _LOCALES
        else gettext.NullTranslations()
    )
    _in_use.language = chosen


def use_wording(wording: Mapping[str, str]) -> None:
    """Use other words for some messages from now on: those of a front end that has no options.

    Args:
        wording: Another message for each, with no other placeholders; both in English.
    """
    _in_use.wording = wording


def choose_language(option: str | None, environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language a user reads.

    The first that says anything decides: the option, `SPEECHCAST_LANG`, the locale of the
    environment (POSIX: `LC_ALL`, `LC_MESSAGES`, `LANG`), the language of Windows or macOS.
    As in gettext, a list in `LANGUAGE` goes before a locale other than C. Any kind of Chinese is
    "zh"; what is neither Chinese nor English is read as English.

    >>> choose_language(None, {"LANG": "en_US.UTF-8", "LANGUAGE": "fr:zh_CN:en"})
    'zh'
    """
    wish = option or environment.get(VARIABLE)
    if wish:
        return _find_language([wish]) or "en"
    posix = (environment.get(name) for name in _POSIX)
    chosen = next((wish for wish in posix if wish), None) or _system_locale() or "C"
    if chosen.partition(".")[0] in _NO_LOCALE:
        return "en"
    return _find_language([*environment.get("LANGUAGE", "").split(":"), chosen]) or "en"


def _find_language(wishes: Iterable[str]) -> Language | None:
    """Return the first of the wished languages that there is; None if there is none of them."""
    for wish in wishes:
        if wish.lower().startswith(("zh", "chinese")):
            return "zh"
        if wish.lower().startswith(("en", "english")):
            return "en"
    return None


def _system_locale() -> str | None:
    """Return the locale of a system that sets no variables: on Windows, that of its menus."""
    if kernel := windows.find_kernel():
        return windows.find_language(kernel.GetUserDefaultUILanguage())
    with contextlib.suppress(ValueError):  # of a name that Python does not have, such as UTF-8
        return locale.getlocale()[0]
    return None
