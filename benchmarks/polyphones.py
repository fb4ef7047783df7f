"""How many polyphonic characters are read correctly, and how fast.

    python -m benchmarks.polyphones FOLDER [NAME]

FOLDER holds the CPP data set of Chinese polyphones that g2pM was published with: NAME.sent has a
sentence on each line, with one character between ▁ marks, and NAME.lb that character's pinyin, with
u: for ü. NAME is dev by default.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from speechcast.frontend import tokenizer
from speechcast.frontend.mandarin import g2p_zh
from speechcast.text.han import HAN


def main() -> None:
    """Print the accuracy, the time, and the most frequent mistakes."""
    folder, name = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "dev"
    sentences = (folder / f"{name}.sent").read_text(encoding="utf-8").splitlines()
    labels = (folder / f"{name}.lb").read_text(encoding="utf-8").split()
    read_sentence("预热")  # loads dictionaries and model
    wrong: Counter[tuple[str, str, str]] = Counter()
    start = time.perf_counter()
    for marked, label in zip(sentences, labels, strict=True):
        before, char, after = marked.replace(" ", "").split("▁")
        read = read_sentence(before + char + after)[len(before)]
        expected = label.replace("u:", "v")
        if read != expected:
            wrong[char, expected, read] += 1
    seconds = (time.perf_counter() - start) / len(sentences)
    accuracy = 1 - wrong.total() / len(sentences)
    print(f"{len(sentences)} sentences, {accuracy:.2%} right, {1000 * seconds:.2f} ms a sentence")
    for (char, expected, read), count in wrong.most_common(15):
        print(f"  {char} {expected}, read {read}: {count}")


def read_sentence(sentence: str) -> list[str]:
    """Return the pinyin of each character; empty where not Chinese."""
    syllables_by_char: list[str] = []
    for token in g2p_zh.annotate(tokenizer.tokenize(sentence, "zh-CN")):
        syllables = iter(token.pinyin if len(token.pinyin) <= len(token.shown) else ())
        syllables_by_char += [next(syllables, "") if HAN.match(c) else "" for c in token.shown]
    return syllables_by_char


if __name__ == "__main__":
    main()
