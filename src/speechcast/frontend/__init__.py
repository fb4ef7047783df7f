"""Turn written text into spoken text: tokens, pinyin and utterances."""
