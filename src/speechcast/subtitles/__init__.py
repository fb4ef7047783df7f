"""From a timeline to cues, and from cues to subtitle files."""
