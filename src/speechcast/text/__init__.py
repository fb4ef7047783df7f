"""Text before anything is known of a speech: characters, words, lines, sentences."""
