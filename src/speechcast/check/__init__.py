"""Check that subtitles are whole and in step with their sound.

Everything is measured on the files as a player plays them. `checker` is the whole check; a
production uses `selfcheck` alone, which reads no subtitle file.
"""
