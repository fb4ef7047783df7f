"""The groups of options on a help page, in the order in which they stand there."""

from __future__ import annotations

from ..messages import _

VOICE = _("Voice")
SUBTITLES = _("Subtitles")
SOUND = _("Sound")
FILES = _("Files")
NETWORK = _("Network")
PRINTED = _("What is printed")
PROGRESS = _("Progress")

PANELS = (VOICE, SUBTITLES, SOUND, FILES, NETWORK, PRINTED, PROGRESS)
