"""How many sentences are read as they should be.

    python -m benchmarks.readings [FILE ...]

A row of a FILE has three columns, parted by tabs: a sentence, a kind, and what is right.

- `say`: what is spoken for the sentence holds one of the texts between `|`; white space, commas
  and full stops do not count.
- `pin`: a word and its pinyin, in the tones in which it is spoken: 银行=yin2 hang2. A second word
  of the sentence follows after `;`, another reading after `|`.
- `pho`: an English word and its phonemes without stress marks: live=lIv. As for `pin`.
- `sentences`: how many sentences it is.
- `doubt`: a character whose reading `script` doubts; `-` if it doubts none.

Without a FILE, the sentences of this folder are read. They were written before the rules they
measure.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from speechcast.frontend.lexicon import Lexicon
from speechcast.frontend.tokens import read_sentence, tokenize_sentence
from speechcast.model import Sentence, Token
from speechcast.text.language import detect_language
from speechcast.text.sentences import split_sentences

_SILENT = re.compile(r"[\s,.，。]")
_STRESS = re.compile("[ˈˌ]")


def main() -> None:
    """Print the rows that are read wrong, and the count of each file and kind."""
    folder = Path(__file__).parent
    for path in [Path(name) for name in sys.argv[1:]] or sorted(folder.glob("*.tsv")):
        rows = [row.split("\t") for row in path.read_text("utf-8").splitlines()]
        rows = [row for row in rows if len(row) == 3 and not row[0].startswith("#")]
        wrong = [(row, read) for row in rows if (read := find_fault(*row))]
        for row, read in wrong:
            print(f"  {row[0]}  {row[1]} {row[2]}: {read}")
        right = len(rows) - len(wrong)
        print(f"{path.name}: {right} of {len(rows)} right, {right / max(1, len(rows)):.1%}")


def find_fault(text: str, kind: str, right: str) -> str:
    """Return what is read instead of what is right; "" if it is right."""
    if kind == "sentences":
        count = len([s for s in split_sentences(text) if s.strip()])
        return "" if count == int(right) else str(count)
    if kind == "say":
        spoken = _SILENT.sub("", "".join(t.spoken for t in _tokenize(text)))
        alternatives = (_SILENT.sub("", a) for a in right.split("|"))
        return "" if any(a.casefold() in spoken.casefold() for a in alternatives) else spoken
    if kind == "doubt":
        doubts = read_sentence(Sentence(text, 1), "zh-CN", Lexicon()).doubts
        chars = "".join(doubt.char for doubt in doubts)
        return "" if (right in chars if right != "-" else not chars) else chars or "none"
    read = _read_phonemes if kind == "pho" else _read_pinyin
    faults = (read(text, *expected.split("=")) for expected in right.split(";"))
    return " ".join(filter(None, faults))


def _tokenize(text: str) -> tuple[Token, ...]:
    language = "en-US" if detect_language(text) == "en" else "zh-CN"
    return tokenize_sentence(Sentence(text, 1), language, Lexicon(), phonetic=language == "zh-CN")


def _read_pinyin(text: str, word: str, right: str) -> str:
    """Return the syllables of a word of what is spoken; "" if they are right."""
    tokens = tokenize_sentence(Sentence(text, 1), "zh-CN", Lexicon(), phonetic=True)
    syllables: list[str] = []
    for token in tokens:
        whole = len(token.spoken) == len(token.pinyin)
        syllables += token.pinyin if whole else ["?"] * len(token.spoken)
    spoken = "".join(token.spoken for token in tokens)
    if word not in spoken:
        return spoken
    start = spoken.index(word)
    read = " ".join(syllables[start : start + len(word)])
    return "" if read in right.split("|") else read


def _read_phonemes(text: str, word: str, right: str) -> str:
    """Return the phonemes of a word of the text; "" if they are right."""
    from speechcast.engines.kokoro.g2p_en import EnglishG2P
    from speechcast.model import Pause, Utterance

    utterance = Utterance(
        tokens=_tokenize(text), sentence=1, row=1, pause=Pause.SENTENCE, speaker=""
    )
    groups = EnglishG2P(british=False).phonemize(utterance)
    read = next(
        ("".join(g.symbols) for g in groups if utterance.tokens[g.token].shown == word), "nothing"
    )
    read = _STRESS.sub("", read).strip()
    return "" if read in right.split("|") else read


if __name__ == "__main__":
    main()
