"""Play a speech while it is being recorded."""
