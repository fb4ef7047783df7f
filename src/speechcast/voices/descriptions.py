"""What the presets that come with speechcast say of themselves, to be translated.

Their files say it in English; `tests/test_messages.py` holds that every such line stands here.
"""

from __future__ import annotations

from ..messages import mark

DESCRIPTIONS = (
    mark("A British man, friendly"),
    mark("A British man, grave"),
    mark("A British woman, composed"),
    mark("A British woman, friendly"),
    mark("A boy"),
    mark("A boy, cute"),
    mark("A formal report: measured pace, long pauses between paragraphs"),
    mark("A man of Hong Kong, in Cantonese"),
    mark("A man of Taiwan, friendly"),
    mark("A man, a newsreader"),
    mark("A man, even, as on the radio"),
    mark("A man, firm, for a large hall"),
    mark("A man, passionate"),
    mark("A man, zm_010 of Kokoro v1.1-zh; nobody here has heard it yet"),
    mark("A man, zm_064 of Kokoro v1.1-zh; nobody here has heard it yet"),
    mark("A man, zm_081 of Kokoro v1.1-zh; nobody here has heard it yet"),
    mark("A newsreader: brisk, short pauses"),
    mark("A story told: slow, with time between the sentences"),
    mark("A woman of Hong Kong, in Cantonese"),
    mark("A woman of Shaanxi, bright"),
    mark("A woman of Taiwan, friendly"),
    mark("A woman of the north-east, humorous"),
    mark("A woman, bright"),
    mark("A woman, clear and calm; the default"),
    mark("A woman, soft"),
    mark("A woman, spoken in no time: for drafts, and not for commercial use"),
    mark("A woman, warm"),
    mark("A woman, zf_001 of Kokoro v1.1-zh; nobody here has heard it yet"),
    mark("A woman, zf_036 of Kokoro v1.1-zh; nobody here has heard it yet"),
    mark("A woman, zf_086 of Kokoro v1.1-zh; nobody here has heard it yet"),
    mark("A young man, easy"),
    mark("A young man, sunny"),
    mark("A young woman, lively"),
    mark("An American man, calm"),
    mark("An American man, spirited"),
    mark("An American woman, confident"),
    mark("An American woman, considerate"),
    mark("An American woman, warm and clear"),
    mark("Tones in place of speech, to see what a production will look like"),
    # Embedded voices without a preset; see `embedded`.
    mark("A woman"),
    mark("A man"),
    mark("A mix of embedded voices"),
    mark("A woman; nobody here has heard it yet"),
    mark("A man; nobody here has heard it yet"),
    mark("A mix of embedded voices; nobody here has heard it yet"),
)
