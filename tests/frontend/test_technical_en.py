"""English of laboratories and works: tolerances, ratings, standards, strains, Greek letters."""

from __future__ import annotations

import pytest

from speechcast.frontend import tokenizer

TECHNICAL = [
    # a unit behind a tolerance
    ("220 ± 5% kV", "two hundred and twenty plus or minus five percent kilovolts"),
    ("(5.0 ± 0.1) g each", "(five point zero plus or minus zero point one) grams each"),
    ("50 (±2) °C", "fifty (plus or minus two) degrees Celsius"),
    ("(20–25) kg", "(twenty to twenty-five) kilograms"),
    ("10 ± 1 mL", "ten plus or minus one milliliters"),
    ("(see 5) g", "(see five) g"),
    ("5% of kV", "five percent of kV"),
    # ratings are no quotient
    ("110 kV/10 kV lines", "one hundred and ten kilovolt, ten kilovolt lines"),
    ("3.7 V/2000 mAh", "three point seven volts, two thousand milliampere hours"),
    ("5 mg/100 mL", "five milligrams per one hundred milliliters"),
    ("a current of 10 A.", "a current of ten amperes."),
    ("Room 10 A", "Room ten A"),
    ("3/8 inch, 3/4 mile", "three eighths of an inch, three quarters of a mile"),
    (
        "120 mm Hg, 5 cmH2O",
        "one hundred and twenty millimeters of mercury, five centimeters of water",
    ),
    (
        "a BP of 120/80, BP 90/60",
        "a BP of one hundred and twenty over eighty, BP ninety over sixty",
    ),
    ("3' by 5', 'by 5'", "three feet by five feet, 'by five'"),
    ("1080p60", "ten eighty p sixty"),
    ("a 70-30 split, 20-80 people", "a seventy-thirty split, twenty to eighty people"),
    ("the '08 crash, '00:01'", "the oh eight crash, 'zero oh one'"),
    (
        "2.5 mg/kg/day, a 401k plan",
        "two point five milligrams per kilogram per day, a four oh one k plan",
    ),
    ("4/4 time, 3/4 mile", "four four time, three quarters of a mile"),
    ("Op. 125, Act 3, Sc. 2", "Opus one hundred and twenty-five, Act three, Scene two"),
    ("7 in. by 5 in., born by 5 in May", "seven inches by five inches, born by five in May"),
    ("0900–1700 hours", "oh nine hundred to seventeen hundred hours"),
    ("3x/week, 3x/4", "three times per week, three x/four"),
    # money and calls
    ("$3.5-billion plans", "three point five billion dollar plans"),
    ("CA$20, AU$5", "twenty Canadian dollars, five Australian dollars"),
    ("call the 1-800 number", "call the one eight hundred number"),
    ("K–12 and K-12", "K twelve and K twelve"),
    ("bit.ly/abc", "bit dot ly slash abc"),
    # standards
    ("ISO 9001:2015", "ISO nine thousand one twenty fifteen"),
    ("IEC 60601-1:2005", "IEC six zero six zero one dash one two thousand and five"),
    ("GB/T 19001-2016", "GB/T nineteen thousand one twenty sixteen"),
    ("ASTM D638-14", "ASTM D six thirty-eight dash fourteen"),
    ("EN 1992-1-1", "EN nineteen ninety-two dash one dash one"),
    ("EN 50 people", "EN fifty people"),
    # vertebrae and strains
    ("L4/5, C5/6, L5/S1", "L four five, C five six, L five S one"),
    ("a 4/5 share, T1/2", "a four fifths share, T one half"),
    ("an API 1500 users call", "an API one thousand five hundred users call"),
    ("XBB.1.5 and B.1.1.7", "XBB point one point five and B point one point one point seven"),
    ("H.264", "H point two six four"),
    # Greek letters
    ("Δt = 3 s", "delta t equals three seconds"),
    ("2πr, χ²", "two pi r, kai squared"),
    ("ω-3 and β-carotene", "omega-three and beta-carotene"),
    ("5 kΩ, in μm", "five kiloohms, in micrometers"),
    ("λόγος", "λόγος"),
    # letters with a stroke
    ("A/B tests, I/O, N/A", "A.B. tests, I.O., N.A."),
    ("TCP/IP, A/B.txt", "TCP/IP, A/Btxt"),
]


@pytest.mark.parametrize(("text", "spoken"), TECHNICAL)
def test_technical_english(text: str, spoken: str) -> None:
    tokens = tokenizer.tokenize(text, "en-US")
    assert "".join(t.spoken for t in tokens) == spoken
    assert "".join(t.shown for t in tokens) == text
