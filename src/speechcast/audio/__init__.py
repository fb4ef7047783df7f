"""A timeline to audio files: stitched, levelled, encoded and tagged."""
