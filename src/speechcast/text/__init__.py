"""Work on plain text that needs no document and no voice.

Characters and languages, encodings, white space, sentences, pinyin, and where to break text.
"""
