"""The preview of a speech as JSON, under the keys that programs rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..frontend.doubtful_readings import DoubtfulReading
    from ..frontend.mandarin.g2p_zh import Doubt
    from ..preview import Difference, Preview, SentencePreview, TokenPreview
    from ..sending import Transfer


def to_document(preview: Preview) -> dict[str, object]:
    """Return the preview as a document for JSON; `docs/en/script-json.md` describes it."""
    return {
        "title": preview.title,
        "voice": preview.voice,
        "seconds": preview.seconds,
        "questions": [_question(question) for question in preview.questions],
        "sending": [_transfer(transfer) for transfer in preview.transfers],
        "remarks": [{"row": r.row, "text": r.text} for r in preview.remarks],
        "sentences": [_sentence(sentence) for sentence in preview.sentences],
    }


def _question(question: DoubtfulReading) -> dict[str, object]:
    return {
        "sentence": question.sentence,
        "row": question.row,
        "sure": question.confidence,
        "around": question.context,
        "character": question.character,
        "read": question.reading,
        "instead": question.alternatives,
        "lexicon": question.lexicon,
    }


def _sentence(sentence: SentencePreview) -> dict[str, object]:
    return {
        "number": sentence.number,
        "row": sentence.row,
        "speaker": sentence.speaker,
        "kind": sentence.kind,
        "begins_paragraph": sentence.begins_paragraph,
        "text": sentence.text,
        "voice_reads": sentence.voice_input,
        "tokens": [_token(token) for token in sentence.tokens],
        "differences": [_difference(d) for d in sentence.differences],
        "latin": [_difference(word) for word in sentence.latin_words],
        "unknown": sentence.unreadable,
        "sent_to": sentence.sent_to,
    }


def _token(token: TokenPreview) -> dict[str, object]:
    doubt = min(token.doubts, key=lambda d: d.probability, default=None)
    return {
        "shown": token.shown,
        "spoken": token.spoken,
        "pinyin": token.pinyin,
        "phonemes": token.phonemes,
        "doubt": _doubt(doubt) if doubt else None,
        "alternatives": doubt.others if doubt else (),
    }


def _doubt(doubt: Doubt) -> dict[str, object]:
    return {
        "char": doubt.char,
        "index": doubt.char_index,
        "chosen": doubt.chosen,
        "probability": round(doubt.probability, 3),
    }


def _transfer(transfer: Transfer) -> dict[str, object]:
    return {
        "speaker": transfer.speaker,
        "voice": transfer.voice,
        "to": transfer.destination.address,
        "characters": transfer.characters,
        "chosen_by": transfer.chooser.name.lower(),
        "allowed": not transfer.missing,
    }


def _difference(difference: Difference) -> dict[str, object]:
    return {"shown": difference.shown, "said": difference.spoken}
