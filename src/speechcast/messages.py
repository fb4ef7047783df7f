"""Messages in the language of the user, from gettext catalogues.

`_("…")` returns the message in the language in use: English, which is the text in the source,
until `use_language` chooses another. Values are put into the translated text:
`_("no file {name}").format(name=name)`, never into what is looked up.
"""

from __future__ import annotations

import gettext
import locale
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Language = Literal["en", "zh"]

CATALOGUES = Path(__file__).parent / "locale"
DOMAIN = "speechcast"
VARIABLE = "SPEECHCAST_LANG"
_LOCALES = {"zh": "zh_CN"}  # the catalogue of a language that is not English


@dataclass(slots=True)
class _InUse:
    """What this process speaks."""

    language: Language
    catalogue: gettext.NullTranslations


_in_use = _InUse("en", gettext.NullTranslations())


def _(message: str) -> str:
    """Return the message in the language in use.

    Args:
        message: The English text, as it stands in the source, with `{name}` for what is put in.
    """
    return _in_use.catalogue.gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that goes with `count`, in the language in use."""
    return _in_use.catalogue.ngettext(one, many, count)


def mark(message: str) -> str:
    """Return the English text; marks a constant that `_` translates where it is shown."""
    return message


def language() -> Language:
    """Return the language in use."""
    return _in_use.language


def use_language(chosen: Language) -> None:
    """Use a language for all messages of this process from now on."""
    _in_use.catalogue = (
        gettext.translation(DOMAIN, CATALOGUES, [_LOCALES[chosen]])
        if chosen in _LOCALES
        else gettext.NullTranslations()
    )
    _in_use.language = chosen


def choose_language(option: str | None, environment: Mapping[str, str] = os.environ) -> Language:
    """Return the language a user reads.

    The first that says anything decides: the option, `SPEECHCAST_LANG`, the locale of the
    environment (POSIX: `LC_ALL`, `LC_MESSAGES`, `LANG`), the language of Windows or macOS.
    Any kind of Chinese is "zh"; what is neither Chinese nor English is read as English.
    """
    wishes = [option, *(environment.get(name) for name in (VARIABLE, "LC_ALL", "LC_MESSAGES"))]
    wishes += [environment.get("LANG"), _system_locale()]
    wish = next((wish for wish in wishes if wish), "")
    return "zh" if wish.lower().startswith(("zh", "chinese")) else "en"


def _system_locale() -> str | None:
    """Return the locale of a system that sets no variables, such as "zh_CN" on Windows."""
    if sys.platform == "win32":
        import ctypes

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    return locale.getlocale()[0]
