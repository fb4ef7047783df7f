"""Subtitles become a sound on their times: the dubbing of a sound or a video that exists."""
