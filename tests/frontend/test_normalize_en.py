"""EnglishG2P: figures in words, and which of a clause's phonemes belong to which word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.engines.kokoro import phoneme_alignment
from speechcast.engines.kokoro.g2p_en import PACKAGES, EnglishG2P
from speechcast.engines.kokoro.vocabulary import VOCABULARY
from speechcast.errors import TextError
from speechcast.frontend import number_words_en, tokenizer
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
        ("the '60s, her 60s, 747s", "the sixties, her sixties, seven hundred and forty-sevens"),
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
        ("£1.25", "one pound twenty-five"),
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
        ("5G", "fiveG"),
        ("COVID-19", "COVID-nineteen"),
        ("A-12", "A-twelve"),
        ("(212) 555-0123", "two one two five five five zero one two three"),
        ("Call 911", "Call nine one one"),
        ("R&D", "RandD"),
        ("2+2=4", "twoplustwoequalsfour"),
        ("me@example.com", "meatexampledotcom"),
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


@given(st.integers(0, 10**15 - 1))
@settings(deadline=None)
def test_every_number_has_words(n: int) -> None:
    words = number_words_en.to_cardinal(n)
    assert words.replace("-", " ").replace(" ", "").isalpha()
    assert number_words_en.to_ordinal(n)[:3] == words[:3] or n < 13


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
