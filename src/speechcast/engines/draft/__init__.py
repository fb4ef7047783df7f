"""Synthesize Mandarin drafts, many times as fast as the other embedded voices: FastSpeech2."""
