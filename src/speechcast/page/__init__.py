"""The listening page: one HTML file with the sound and the text that follows it."""
