"""How many characters with several readings are read right, and how long a sentence takes.

    python -m benchmarks.polyphones FOLDER [NAME]

FOLDER holds NAME.sent (a sentence a line, one character between ▁ marks) and NAME.lb (its pinyin a
line, ü as u:), as the CPP data set has them; NAME is dev if not given.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from speechcast.frontend import g2p_zh, tokenizer
from speechcast.text.han import HAN


def main() -> None:
    folder, name = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "dev"
    sentences = (folder / f"{name}.sent").read_text(encoding="utf-8").splitlines()
    labels = (folder / f"{name}.lb").read_text(encoding="utf-8").split()
    reading("预热")  # loads dictionaries and model
    wrong: Counter[tuple[str, str, str]] = Counter()
    started = time.perf_counter()
    for marked, label in zip(sentences, labels, strict=True):
        before, char, after = marked.replace(" ", "").split("▁")
        found = reading(before + char + after)[len(before)]
        wanted = label.replace("u:", "v")
        if found != wanted:
            wrong[char, wanted, found] += 1
    took = (time.perf_counter() - started) / len(sentences)
    right = 1 - wrong.total() / len(sentences)
    print(f"{len(sentences)} sentences, {right:.2%} right, {1000 * took:.2f} ms a sentence")
    for (char, wanted, found), count in wrong.most_common(15):
        print(f"  {char} {wanted}, read {found}: {count}")


def reading(sentence: str) -> list[str]:
    """What is read for each character of the sentence; nothing where it is no Chinese one."""
    read: list[str] = []
    for token in g2p_zh.annotate(tokenizer.tokenize(sentence, "zh-CN")):
        syllables = iter(token.pinyin if len(token.pinyin) <= len(token.shown) else ())
        read += [next(syllables, "") if HAN.match(c) else "" for c in token.shown]
    return read


if __name__ == "__main__":
    main()
