"""The descriptions of the presets and styles that come along, for the catalogues of messages."""

from __future__ import annotations

from ..messages import mark

DESCRIPTIONS = frozenset(
    (
        mark("An American woman, confident"),
        mark("A woman, spoken in no time: for drafts, and not for commercial use"),
        mark("A British woman, composed"),
        mark("A British man, grave"),
        mark("An American man, spirited"),
        mark("An American woman, warm and clear"),
        mark("A woman of Hong Kong, in Cantonese"),
        mark("A woman of Taiwan, friendly"),
        mark("An American woman, considerate"),
        mark("A woman, bright"),
        mark("A woman, soft"),
        mark("A young woman, lively"),
        mark("A young man, easy"),
        mark("A boy"),
        mark("A man, even, as on the radio"),
        mark("A woman, zf_036 of Kokoro v1.1-zh; nobody here has heard it yet"),
        mark("A woman, zf_086 of Kokoro v1.1-zh; nobody here has heard it yet"),
        mark("A man, zm_010 of Kokoro v1.1-zh; nobody here has heard it yet"),
        mark("A man, zm_064 of Kokoro v1.1-zh; nobody here has heard it yet"),
        mark("A man, zm_081 of Kokoro v1.1-zh; nobody here has heard it yet"),
        mark("A woman, zf_001 of Kokoro v1.1-zh; nobody here has heard it yet"),
        mark("An American man, calm"),
        mark("A woman, clear and calm; the default"),
        mark("A newsreader: brisk, short pauses"),
        mark("A man, firm, for a large hall"),
        mark("A formal report: measured pace, long pauses between paragraphs"),
        mark("A British man, friendly"),
        mark("A British woman, friendly"),
        mark("A story told: slow, with time between the sentences"),
        mark("Tones in place of speech, to see what a production will look like"),
        mark("A man of Hong Kong, in Cantonese"),
        mark("A woman of the north-east, humorous"),
        mark("A woman of Shaanxi, bright"),
        mark("A woman, warm"),
        mark("A man of Taiwan, friendly"),
        mark("A man, passionate"),
        mark("A young man, sunny"),
        mark("A boy, cute"),
        mark("A man, a newsreader"),
        mark("Netflix's guide for English; the default for English"),
        mark("Netflix's guide for Chinese"),
        mark("Every mark as it is written"),
        mark("Chinese video on a phone held upright"),
        mark("Chinese video: one line, no marks at its end; the default for Chinese"),
    )
)
