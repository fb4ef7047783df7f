"""Where a local voice's model comes from."""
