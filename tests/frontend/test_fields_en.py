"""Figures of many fields in English: medicine, aircraft, standards, kitchens, sport, money."""

from __future__ import annotations

import pytest

from speechcast.frontend import tokenizer

FIELDS = [
    # numerals with a letter, and in small letters
    ("Stage IIIB, type Ia, Phase IIb", "Stage three B, type one a, Phase two b"),
    ("No IC chips", "No IC chips"),
    ("pp. xii–xv", "pages twelve to fifteen"),
    # what is named by a measure or a sum
    (
        "35mm film, 500 kV lines",
        "thirty-five millimeter film, five hundred kilovolt lines",
    ),
    ("a 4x400m relay", "a four by four hundred meter relay"),
    ("10-kg bags, 500 mL bottle", "ten kilogram bags, five hundred milliliter bottle"),
    (
        "$2.4tn stimulus, ₹500 note, 10¢ deposit",
        "two point four trillion dollar stimulus, five hundred rupee note, ten cent deposit",
    ),
    ("a 10-year, $5 million sentence", "a ten-year, five million dollar sentence"),
    (
        "5 kg rice, 10 kg can be carried, $20 now",
        "five kilograms rice, ten kilograms can be carried, twenty dollars now",
    ),
    ("-10°F wind chill", "minus ten degrees Fahrenheit wind chill"),
    # numbers of standards, rooms and runways
    (
        "ISO 9001, ISO 14001, ISO 22000",
        "ISO nine thousand one, ISO fourteen thousand one, ISO twenty-two thousand",
    ),
    ("EN 61508", "EN six one five zero eight"),
    ("Room 1001, Room 2005", "Room ten oh one, Room two thousand five"),
    (
        "Runway 27L, runways 18L/36R",
        "Runway two seven left, runways one eight left, three six right",
    ),
    ("27L of milk", "twenty-seven liters of milk"),
    ("squawk 7700", "squawk seven seven zero zero"),
    (
        "a 737-800 and an A350-900",
        "a seven thirty-seven eight hundred and an A three fifty dash nine hundred",
    ),
    ("K. 331, BWV 1007", "K three thirty-one, BWV ten oh seven"),
    # chains
    (
        "an 11-5-1 record, a 20-10-10 fertilizer",
        "an eleven five one record, a twenty ten ten fertilizer",
    ),
    ("sort code 12-34-56", "sort code one two three four five six"),
    ("SSN 123-45-6789", "SSN one two three four five six seven eight nine"),
    (
        "a 3:4:5 triangle, at 3:04:05",
        "a three to four to five triangle, at three oh four and five seconds",
    ),
    ("00:00:1", "zero zero:zero zero to one"),
    # formulas
    (
        "n! = 720, 5! = 120",
        "n factorial equals seven hundred and twenty, five factorial equals one hundred and twenty",
    ),
    ("Wow! = great", "Wow! equals great"),
    ("x/2 = 4, 2/x, w/o", "x over two equals four, two over x, without"),
    ("¶ 12", "paragraph twelve"),
    ("an M10 x 1.5 thread", "an M ten by one point five thread"),
    # ages, cups, scores
    ("a 65 y/o man, he is 65 y/o.", "a sixty-five-year-old man, he is sixty-five years old."),
    ("1/2 c. flour, c. 1450", "one half cup flour, circa fourteen fifty"),
    ("India 287/6 (50 ov)", "India two hundred and eighty-seven for six (fifty ov)"),
    (
        "12 kn winds, 160 bu/acre, 3,000 K",
        "twelve knot winds, one hundred and sixty bushels per acre, three thousand kelvins",
    ),
    ("the 1066 invasion", "the ten sixty-six invasion"),
    # grades, units and findings of medicine
    ("phase I/II trial, grade III/IV", "phase one two trial, grade three four"),
    ("mL/min/1.73 m²", "mL/min per one point seven three square meters"),
    (
        "10⁸ m/s, 10⁻³ mol/L",
        "ten to the power of eight meters per second, "
        "ten to the power of minus three moles per liter",
    ),
    ("12 pg/mL, 45 U/L", "twelve picograms per milliliter, forty-five units per liter"),
    ("an 8 x 10 cm lesion", "an eight by ten centimeter lesion"),
    ("L4-L5 disc, T4-T6, Q1-Q3", "L four L five disc, T four to T six, Q one to Q three"),
    ("AB- donors, type O+, grade A+", "AB negative donors, type O positive, grade A plus"),
    # several quantities before one noun
    (
        "50 mm and 85 mm lenses, $10 and $20 bills",
        "fifty millimeter and eighty-five millimeter lenses, ten dollar and twenty dollar bills",
    ),
    ("a 5 kV/10 kV line", "a five kilovolt, ten kilovolt line"),
    ("5x400m and 4x100m relays", "five by four hundred meter and four by one hundred meter relays"),
    ("Chapter XC, Stage IC", "Chapter ninety, Stage one C"),
    ("He ran 5 km and 3 km.", "He ran five kilometers and three kilometers."),
    # millions, sums without hundredths, laps
    ("2.5m customers, 1.8m waves", "two point five million customers, one point eight meter waves"),
    ("¥155.30", "one hundred and fifty-five point three zero yen"),
    ("1:26.720, 1:05.3", "one twenty-six point seven two zero, one oh five point three"),
    # at the end of a sentence
    ("at 10.0.0.1:8080.", "at one zero dot zero dot zero dot one colon eighty eighty."),
    ("left runway 27L.", "left runway two seven left."),
    ("Her best was 1:26.7.", "Her best was one twenty-six point seven."),
    # several numerals, levels and sizes
    ("stage II/IIIA, Group I/II/III", "stage two three A, Group one two three"),
    ("the T12-L1 junction", "the T twelve L one junction"),
    ("a 1.5 m x 2 m hole", "a one point five meter by two meter hole"),
    ("a 32 GB/64 GB tablet", "a thirty-two gigabyte, sixty-four gigabyte tablet"),
    (
        "the $3 million and $5 million claims",
        "the three million dollar and five million dollar claims",
    ),
    ("x && y", "x and y"),
    # laws
    ("Art. 6(1)(f), Clause 7.1(b)(ii)", "Article six one F, Clause seven point one B two"),
    ("Sections 10(2) and 12(1)(b)", "Sections ten two and twelve one B"),
    ("under s. 12, see n. 45", "under section twelve, see note forty-five"),
    # software
    ("x >= 0, a != b, n == 0", "x at least zero, a is not b, n equals zero"),
    ("a 404 error, 404 errors", "a four oh four error, four hundred and four errors"),
    ("port 8080", "port eighty eighty"),
    ("α2", "alpha two"),
]


@pytest.mark.parametrize(("text", "spoken"), FIELDS)
def test_figures_of_a_field_in_english(text: str, spoken: str) -> None:
    tokens = tokenizer.tokenize(text, "en-US")
    assert "".join(t.spoken for t in tokens) == spoken
    assert "".join(t.shown for t in tokens) == text
