"""The subtitle formats, a module each."""
