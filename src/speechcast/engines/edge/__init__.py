"""Microsoft's online voices, through edge-tts."""
