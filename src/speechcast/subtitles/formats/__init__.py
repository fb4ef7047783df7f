"""The subtitle formats, one module each."""
