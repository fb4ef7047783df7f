"""Read Chinese words as toned pinyin: dictionaries, names, grammar, a model, tone sandhi."""
