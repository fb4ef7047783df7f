"""Compare two sounds of the same words, frame by frame."""
