"""Read English: figures and abbreviations in words, words as phonemes."""
