"""EnglishG2P: figures in words, and which of a clause's phonemes belong to which word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.engines.kokoro import phoneme_alignment
from speechcast.engines.kokoro.g2p_en import PACKAGES, EnglishG2P
from speechcast.engines.kokoro.vocabulary import VOCABULARY
from speechcast.errors import TextError
from speechcast.frontend import tokenizer
from speechcast.model import Pause, Utterance


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        # numbers
        ("1,234 people", "one thousand two hundred and thirty-four people"),
        ("1,000,001", "one million and one"),
        ("101", "one hundred and one"),
        ("126,060,000,000,000", "one hundred and twenty-six trillion sixty billion"),
        ("007", "zero zero seven"),
        ("0.05", "zero point zero five"),
        (".5", "point five"),
        ("-5", "minus five"),
        ("1.2.3", "one point two point three"),
        ("12345678901234567", "one two three four five six seven eight nine zero one two three "
                              "four five six seven"),
        ("$12345678901234567.5", "one two three four five six seven eight nine zero one two three "
                                 "four five six seven point five dollars"),
        ("12345678901234567th", "one two three four five six seven eight nine zero one two three "
                                "four five six seventh"),
        ("1.5e-10", "one point five times ten to the power of minus ten"),
        ("the 3rd, 21st, 12th, 30th", "the third, twenty-first, twelfth, thirtieth"),
        ("10-15 people", "ten to fifteen people"),
        ("pages 3–5", "pages three to five"),
        # years and dates
        ("in 2023", "in twenty twenty-three"),
        ("in 1961 was", "in nineteen sixty-one was"),
        ("1850 soldiers", "one thousand eight hundred and fifty soldiers"),
        ("2005, 2010, 1905, 1900", "two thousand and five, twenty ten, nineteen oh five, "
                                   "nineteen hundred"),
        ("the 1900s, the 1960s", "the nineteen hundreds, the nineteen sixties"),
        ("the '60s, her 60s, 747s", "the sixties, her sixties, seven forty-sevens"),
        ("1939–45", "nineteen thirty-nine to forty-five"),
        ("1998–2003", "nineteen ninety-eight to two thousand and three"),
        ("March 5, 2023", "March fifth, twenty twenty-three"),
        ("Sept. 11", "September eleventh"),
        ("5 March 2023", "the fifth of March twenty twenty-three"),
        ("the 5 March", "the fifth of March"),
        ("2023-03-05", "March fifth twenty twenty-three"),
        # times
        ("at 9:30 a.m. sharp", "at nine thirty a.m. sharp"),
        ("12:00–14:30", "twelve o'clock to fourteen thirty"),
        ("8:05", "eight oh five"),
        ("5pm", "five p.m."),
        # money, shares, ratios
        ("$5.3 billion", "five point three billion dollars"),
        ("£1.25", "one pound and twenty-five pence"),
        ("$1, $0.50, $1.00", "one dollar, fifty cents, one dollar"),
        ("US$3–5m", "three to five million U.S. dollars"),
        ("€20,000", "twenty thousand euros"),
        ("5.2%", "five point two percent"),
        ("3%–5%", "three to five percent"),
        ("1/3, 3/4, 2 1/2", "one third, three quarters, two and one half"),
        ("½, 3½", "one half, three and one half"),
        ("9/11, 24/7", "nine eleven, twenty-four seven"),
        ("3:2", "three to two"),
        # measures
        ("-3°C, 20 °F, 5°", "minus three degrees Celsius, twenty degrees Fahrenheit, five degrees"),
        ("60 km/h, 1 km, 6 ft", "sixty kilometers per hour, one kilometer, six feet"),
        # codes
        ("No. 1, #1", "number one, number one"),
        ("5G", "five G"),
        ("COVID-19", "COVID-nineteen"),
        ("A-12", "A-twelve"),
        ("(212) 555-0123", "two one two five five five zero one two three"),
        ("Call 911", "Call nine one one"),
        ("R&D", "R and D"),
        ("2+2=4", "two plus two equals four"),
        ("me@example.com", "me at example dot com"),
        # abbreviations
        ("Dr. Smith", "Doctor Smith"),
        ("Mr. and Mrs. Hale", "Mister and Mrs Hale"),
        ("St. Louis, Main St. and", "Saint Louis, Main Street and"),
        ("John F. Kennedy", "John F Kennedy"),
        ("e.g. this, i.e. that", "for example this, that is that"),
        ("the U.S. is", "the U.S. is"),
        ("Henry VIII", "Henry the eighth"),
        ("World War II", "World War two"),
        ("It is I.", "It is I."),
    ],
)  # fmt: skip
def test_spoken(text: str, spoken: str) -> None:
    tokens = tokenizer.tokenize(text, "en-US")
    assert "".join(t.spoken for t in tokens) == spoken
    assert "".join(t.shown for t in tokens) == text


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("at 9:30 – 11:45 a.m. today", "at nine thirty to eleven forty-five a.m. today"),
        ("8:10", "eight ten"),
        ("8:09", "eight oh nine"),
        ("13:00", "thirteen hundred"),
        ("12:00", "twelve o'clock"),
        ("10:15:40", "ten fifteen and forty seconds"),
        ("24:00", "twenty-four hundred"),
        ("11 P.M. sharp", "eleven p.m. sharp"),
        ("2021-12-31", "December thirty-first twenty twenty-one"),
        ("1999-01-09", "January ninth nineteen ninety-nine"),
        ("July 4th, 1776", "July fourth, seventeen seventy-six"),
        ("Dec. 25", "December twenty-fifth"),
        ("the 1 May", "the first of May"),
        ("21 June 2024", "the twenty-first of June twenty twenty-four"),
        ("1914-18", "nineteen fourteen to eighteen"),
        ("1914–1918", "nineteen fourteen to nineteen eighteen"),
        ("2019–23", "twenty nineteen to twenty-three"),
        ("1999–2005", "nineteen ninety-nine to two thousand and five"),
        ("2010–12", "twenty ten to twelve"),
        ("the 2000s", "the two thousands"),
        ("the 1800's", "the eighteen hundreds"),
        ("the 90s", "the nineties"),
        ("her 20s", "her twenties"),
        ("’80s", "eighties"),
        ("747s", "seven forty-sevens"),
        ("30's", "thirties"),
        ("212-555-0199", "two one two five five five zero one nine nine"),
        ("+1 212 555 0199", "plus one two one two five five five zero one nine nine"),
        ("(020) 794-6095", "zero two zero seven nine four six zero nine five"),
        ("+44 20 7946 0958", "plus four four two zero seven nine four six zero nine five eight"),
        ("0131 496 0123", "zero one three one four nine six zero one two three"),
        ("555-0142", "five five five zero one four two"),
        ("call 112 now", "call one one two now"),
        ("Dial 1234", "Dial one two three four"),
        ("12-34-56", "one two three four five six"),
        ("10.0.1", "ten point zero point one"),
        ("$5", "five dollars"),
        ("£1", "one pound"),
        ("€0.50", "fifty cents"),
        ("£3.00", "three pounds"),
        ("¥500", "five hundred yen"),
        ("US$2 million", "two million U.S. dollars"),
        ("HK$3.5bn", "three point five billion Hong Kong dollars"),
        ("C$4k", "four thousand Canadian dollars"),
        ("A$12.50", "twelve Australian dollars and fifty cents"),
        ("$5–$7", "five to seven dollars"),
        ("€3–5 thousand", "three to five thousand euros"),
        ("$1,250.75", "one thousand two hundred and fifty dollars and seventy-five cents"),
        ("$2.5", "two point five dollars"),
        ("£1 trillion", "one trillion pounds"),
        ("$1bn", "one billion dollars"),
        ("3–5%", "three to five percent"),
        ("50 %", "fifty percent"),
        ("99.9%", "ninety-nine point nine percent"),
        ("9/11", "nine eleven"),
        ("2 3/4", "two and three quarters"),
        ("1/2", "one half"),
        ("3/2", "three halves"),
        ("7/8", "seven eighths"),
        ("1/4", "one quarter"),
        ("3/3", "three over three"),
        ("12/25", "twelve twenty-fifths"),
        ("4:1", "four to one"),
        ("1.5:2", "one point five to two"),
        ("½", "one half"),
        ("2½", "two and one half"),
        ("¾", "three quarters"),
        ("-40°F", "minus forty degrees Fahrenheit"),
        ("−3.5 °C", "minus three point five degrees Celsius"),
        ("1°C", "one degree Celsius"),
        ("20℃", "twenty degrees Celsius"),
        ("5°", "five degrees"),
        ("100 km/h", "one hundred kilometers per hour"),
        ("1 ft", "one foot"),
        ("6 ft", "six feet"),
        ("1 kg", "one kilogram"),
        ("1 m²", "one square meter"),
        ("2.5 m²", "two point five square meters"),
        ("1 kWh", "one kilowatt hour"),
        ("12 oz", "twelve ounces"),
        ("5 lbs", "five pounds"),
        ("1 lb", "one pound"),
        ("1st", "first"),
        ("2nd", "second"),
        ("3rd", "third"),
        ("11th", "eleventh"),
        ("20th", "twentieth"),
        ("1,000th", "one thousandth"),
        ("101st", "one hundred and first"),
        ("No. 7", "number seven"),
        ("#12", "number twelve"),
        ("in 2015", "in twenty fifteen"),
        ("2015 people", "two thousand and fifteen people"),
        ("1,999", "one thousand nine hundred and ninety-nine"),
        ("1100", "eleven hundred"),
        ("1066", "one thousand and sixty-six"),
        ("2100", "two thousand one hundred"),
        ("10–15", "ten to fifteen"),
        ("3 - 4", "three to four"),
        ("-5", "minus five"),
        ("A-5", "A-five"),
        (".75", "point seven five"),
        ("0.5", "zero point five"),
        ("Chapter IV", "Chapter four"),
        ("World War I", "World War one"),
        ("Part XII", "Part twelve"),
        ("Louis XIV", "Louis the fourteenth"),
        ("Elizabeth II", "Elizabeth the second"),
        ("Type V", "Type five"),
        ("I am", "I am"),
        ("e.g. cats", "for example cats"),
        ("i.e. dogs", "that is dogs"),
        ("U.S.A. today", "U.S.A. today"),
        ("J.F.K.", "J.F.K."),
        ("St. Paul", "Saint Paul"),
        ("Elm St. is", "Elm Street is"),
        ("No. 5", "number five"),
        ("Nos. 5 and 6", "numbers five and six"),
        ("Jan. 3", "January third"),
        ("Jan 3", "January third"),
        ("Mr Hale", "Mister Hale"),
        ("Dr. No", "Doctor No"),
        ("Prof. Lee", "Professor Lee"),
        ("Inc. now", "Incorporated now"),
        ("a.b.com", "a dot b dot com"),
        ("www.x.org", "W W W dot x dot org"),
        ("5 & 6", "five and six"),
        ("5 -> 6", "five to six"),
        ("5 => 6", "five implies six"),
        ("5 <-> 6", "five  six"),
        ("a = b", "a equals b"),
        ("→", "to"),
        ("№ 5", "number five"),
        ("10×3", "ten times three"),
    ],
)
def test_each_rule_in_its_own_words(text: str, spoken: str) -> None:
    tokens = tokenizer.tokenize(text, "en-US")
    assert "".join(t.spoken for t in tokens) == spoken
    assert "".join(t.shown for t in tokens) == text


@pytest.mark.parametrize("figure", ["1,234", "5.2%", "$5.3 billion", "9:30 a.m.", "1939–45", "1/3"])
def test_a_figure_is_one_token(figure: str) -> None:
    tokens = tokenizer.tokenize(f"About {figure} there", "en-GB")
    assert [t.shown for t in tokens] == ["About", " ", figure, " ", "there"]


@given(st.text(alphabet="0123456789.,:/-–%$£°kmh stndrth'apm.Not IVX&+=½", max_size=20))
@settings(deadline=None)
def test_no_figure_is_ever_lost(text: str) -> None:
    tokens = tokenizer.tokenize(text, "en-US")
    assert "".join(t.shown for t in tokens) == text
    for token in tokens:
        if any(c.isalnum() for c in token.shown):
            assert token.voiced, token


@pytest.mark.parametrize(
    ("together", "alone", "pieces"),
    [
        ("ðə ɹˈIts", "ðə ɹˈIts", "ðə ɹˈIts"),
        ("ʌvðə stˈAt", "ʌv ðə stˈAt", "ʌv ðə stˈAt"),
        ("təbi fɹˈi", "tu bˈi fɹˈi", "tə bi fɹˈi"),
        ("IəmnˌɑTə mˈæn", "ˈI æm nˈɑt ˈA mˈæn", "I əm nˌɑT ə mˈæn"),
        ("wˈɛðəɹ ɪt", "wˈɛðə ɪt", "wˈɛðəɹ ɪt"),
        ("mˈIt əv bˈɪn", "mˈIt hˈæv bˈɪn", "mˈIt əv bˈɪn"),
    ],
)
def test_what_runs_together_is_cut_where_the_words_meet(
    together: str, alone: str, pieces: str
) -> None:
    assert phoneme_alignment.split_phonemes(together, alone.split()) == pieces.split()


def test_words_without_a_clear_border_are_not_cut() -> None:
    assert phoneme_alignment.split_phonemes("ʌvðə", ["mˈæn", "bˈɜɹd", "hˈWs"]) is None
    assert phoneme_alignment.split_phonemes("", ["mˈæn", "ˈA"]) is None


# With espeak-ng.


@pytest.fixture(scope="module")
def american() -> EnglishG2P:
    for package in PACKAGES:
        pytest.importorskip(package, reason="needs pip install 'speechcast[english]'")
    return EnglishG2P(british=False)


def line_of(text: str) -> Utterance:
    return Utterance(
        tokens=tokenizer.tokenize(text, "en-US"), sentence=1, row=1, pause=Pause.SENTENCE
    )


@pytest.mark.parametrize(
    ("text", "phonemes"),
    [
        ("The rights of the state.", "ðə ɹˈIts ʌv ðə stˈAt ."),
        ("Let the word go forth -- now!", "lˈɛt ðə wˈɜɹd ɡˌO fˈɔɹθ — nˈW !"),
        ("Mr. Hale, “so”...", "mˈɪstəɹ hˈAl , sˈO …"),
        ("In 1961 the U.S. won.", "ɪn nˈIntin sˈɪkstiwˈʌn ðə jˌuˈɛs wˈʌn ."),
        ("It is a plan A.", "ɪT ɪz ə plˈæn ˈA ."),
        ("WE SHALL SAVE IT", "wi ʃˌəl sˈAv ɪt"),
        ("naïve café", "nIˈiv kæfˈA"),
    ],
)
def test_phonemes(american: EnglishG2P, text: str, phonemes: str) -> None:
    assert " ".join(w.symbols for w in american.phonemize(line_of(text))) == phonemes


def test_british_phonemes_differ(american: EnglishG2P) -> None:
    line = line_of("Go to the bath, dear.")
    british = EnglishG2P(british=True)
    assert [w.symbols for w in american.phonemize(line)][-4:] == ["bˈæθ", ",", "dˈɪɹ", "."]
    assert [w.symbols for w in british.phonemize(line)][-4:] == ["bˈaθ", ",", "dˈɪə", "."]


def test_every_word_belongs_to_its_token(american: EnglishG2P) -> None:
    line = line_of("In the end, one hundred of the 1,234 of them were to be at the U.S. gate.")
    words = american.phonemize(line)
    assert [w.token for w in words] == sorted(w.token for w in words)
    assert {w.token for w in words if line.tokens[w.token].voiced} == {
        i for i, t in enumerate(line.tokens) if t.voiced
    }
    assert {c for w in words for c in w.symbols} <= VOCABULARY.keys()


@pytest.mark.parametrize(("text", "char"), [("We met 习 there.", "习")])
def test_an_unreadable_character_is_named(american: EnglishG2P, text: str, char: str) -> None:
    with pytest.raises(TextError, match=f"the voice cannot read '{char}'"):
        american.phonemize(line_of(text))
