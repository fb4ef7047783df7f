"""Import the libraries of the audio stage ahead of their use."""

from __future__ import annotations


def import_libraries() -> None:
    """Import what sound is measured and encoded with, which takes 0.05 s.

    They are imported where they are used, so that reading a text needs none of them.
    """
    import av  # noqa: F401
    import lameenc  # noqa: F401
