"""What a test needs of the system that it runs on, by the reason why it is left out on Windows."""

from __future__ import annotations

import os
import shutil

import pytest


def _not_on_windows(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(os.name == "nt", reason=reason)


stands_in = _not_on_windows("stands in for Windows with what other systems have")
makes_links = _not_on_windows("makes symbolic links, which an ordinary user of Windows may not")
uses_modes = _not_on_windows("takes away permissions by chmod, which Windows does not heed")
names_freely = _not_on_windows("gives a file a name that Windows does not allow")


def mortal() -> list[str]:
    """Return what a command is put behind so that permissions hold for it."""
    if os.name == "nt" or os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root may read and write everything")
    return "setpriv --bounding-set -dac_override,-dac_read_search".split()
