"""Text as it is written to tokens as they are spoken, in utterances an engine can take."""
