"""What a user chooses for a whole batch."""

from __future__ import annotations

from dataclasses import dataclass

from ..request import AudioOptions, PageSound, Preferences, SubtitleOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """Batch options; they override folder settings and front matter.

    Attributes:
        preferences: Voice, rate, style, lexicons and cast.
        subtitles: How the subtitles are written.
        audio: How the sound is encoded.
        page: How each listening page has its sound; None for no pages.
        formats: The subtitle formats; None for what the settings of a folder say.
        encoding: The text encoding of the documents; None to detect it.
        force: Produce even what is up to date or does not match the language of the voice.
        allow_online: The addresses to which voices may send a text although only its front matter
            or its folder's settings name them.
        follow_links: Read what links lead to outside the batch's folder.
    """

    preferences: Preferences = Preferences()
    subtitles: SubtitleOptions = SubtitleOptions()
    audio: AudioOptions = AudioOptions()
    page: PageSound | None = None
    formats: tuple[str, ...] | None = None
    encoding: str | None = None
    force: bool = False
    allow_online: tuple[str, ...] = ()
    follow_links: bool = False
