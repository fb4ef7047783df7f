"""From written text to spoken text: tokens, their pinyin, and the utterances of an engine."""
