"""A timeline to sound files: stitched, levelled, encoded, tagged."""
