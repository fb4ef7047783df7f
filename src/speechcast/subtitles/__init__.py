"""Timeline to cues, and cues to subtitle files."""
