"""The tags of an audio file: title, chapters, lyrics, cover."""
