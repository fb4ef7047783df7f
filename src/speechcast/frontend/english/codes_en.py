"""Read the figures of names in English words: Boeing 747, 401(k), Room 101, John 3:16.

Such figures count nothing. They are read in pairs (seven forty-seven) or one by one. The lists of
names were written by hand for this project.
"""

from __future__ import annotations

import re

from ..rules import Match
from ..rules import make_rule as _rule
from .number_words_en import (
    parse_roman,
    spell_digits,
    to_cardinal,
    to_code,
    to_ordinal,
    to_words,
    to_year,
)
from .quantities_en import COUNTED, SCALES, TO

# What has a number for its name.
_NUMBERED = (
    "[Rr]ooms?|Rm|[Ff]lights?|[Rr]outes?|[Hh]ighways?|Hwy|Rte|Ste|"
    "[Ii]nterstate|[Ss]uites?|[Aa]partments?|Apt|"
    "[Bb]us|[Tt]rain|[Gg]ates?|[Cc]hannel|Boeing|Airbus|[Bb]uilding|[Ss]tudio|[Ww]ard|[Ll]ocker|"
    "Box|[Ff]orm|[Hh]all|[Cc]abin|[Ss]eat|[Uu]nit|[Ll]ot|[Ll]ine|[Ee]rror|Resolution|Porsche|"
    "[Pp]orts?|[Rr]ated|[Rr]ating\\sof|Elo|[Cc]ourse|[Pp]latform|[Bb]erth|[Tt]rack|[Hh]ull|[Ss]quadron"
)
# The books that are cited by chapter and verse.
_BOOKS = (
    "Genesis|Exodus|Leviticus|Numbers|Deuteronomy|Joshua|Judges|Ruth|Samuel|Kings|Chronicles|Ezra|"
    "Nehemiah|Esther|Job|Psalms?|Proverbs|Ecclesiastes|Song of Songs|Song of Solomon|Isaiah|"
    "Jeremiah|Lamentations|Ezekiel|Daniel|Hosea|Joel|Amos|Obadiah|Jonah|Micah|Nahum|Habakkuk|"
    "Zephaniah|Haggai|Zechariah|Malachi|Tobit|Judith|Wisdom|Sirach|Baruch|Maccabees|Matthew|Mark|"
    "Luke|John|Acts|Romans|Corinthians|Galatians|Ephesians|Philippians|Colossians|Thessalonians|"
    "Timothy|Titus|Philemon|Hebrews|James|Peter|Jude|Revelation|Qur['’]?an|Koran|Surah?"
)
# How they are shortened before chapter and verse.
_SHORT_BOOKS = {
    "Gen": "Genesis", "Ex": "Exodus", "Exod": "Exodus", "Lev": "Leviticus", "Num": "Numbers",
    "Deut": "Deuteronomy", "Josh": "Joshua", "Judg": "Judges", "Sam": "Samuel",
    "Chron": "Chronicles", "Neh": "Nehemiah", "Ps": "Psalm", "Pss": "Psalms",
    "Prov": "Proverbs", "Eccl": "Ecclesiastes", "Isa": "Isaiah", "Jer": "Jeremiah",
    "Lam": "Lamentations", "Ezek": "Ezekiel", "Dan": "Daniel", "Hos": "Hosea", "Mic": "Micah",
    "Zech": "Zechariah", "Mal": "Malachi", "Matt": "Matthew", "Mk": "Mark", "Lk": "Luke",
    "Jn": "John", "Rom": "Romans", "Cor": "Corinthians", "Gal": "Galatians",
    "Eph": "Ephesians", "Phil": "Philippians", "Col": "Colossians", "Thess": "Thessalonians",
    "Tim": "Timothy", "Heb": "Hebrews", "Jas": "James", "Pet": "Peter", "Rev": "Revelation",
}  # fmt: skip
_SHORT = "|".join(_SHORT_BOOKS)
# Books of which there are several; the first four of them are seldom anything else.
_SEVERAL_BOOKS = (
    r"(?:(?:Corinthians|Thessalonians|Chronicles|Maccabees)\b|"
    r"(?:Samuel|Kings|Timothy|Peter|John)(?=\s\d)|"
    r"(?:Sam|Chron|Cor|Thess|Tim|Pet|Jn)\.?\s\d)"
)
# Postal codes of the states, the District of Columbia and Puerto Rico (United States Postal
# Service, Publication 28, appendix B).
STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "D.C.", "FL": "Florida",
    "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana",
    "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine",
    "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina",
    "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin",
    "WY": "Wyoming",
}  # fmt: skip
_STATE = rf"(?:{'|'.join(STATES)})"
_NO_STATE = r"(?:OK|HI|ID|MD|MS|PR)\b(?!\s\d{5})"  # "Yes, OK", "Jane Doe, MD"
_STREETS = (
    "Street|St|Avenue|Ave|Boulevard|Blvd|Road|Rd|Drive|Dr|Lane|Ln|Way|Court|Ct|Place|Pl|Highway|"
    "Hwy|Parkway|Pkwy|Expressway|Expy|Square|Terrace"
)
_ADDRESS = (
    r"\s(?:(?:[NS][EW]?|[EW])\.?\s|(?:North|South|East|West)\s)?(?:[A-Z][a-z]{1,20}\s|\d{1,3}(?:st|nd|rd|th)\s)"
    rf"{{1,3}}(?:{_STREETS})\b"
)
# Bodies whose standards are cited, and the letter of a series.
_STANDARD = (
    r"\b(?:ISO(?:/IEC|/TS|/TR)?|IEC|IEEE|EN|ASTM|ANSI|BS|DIN|JIS|NFPA|UL|SAE|ASME|API|FIPS|RFC|"
    r"GBZ?|JTG|JGJ|CJJ|[A-Z]{2,3}/T|T/[A-Z]{2,6}|Q/[A-Z]{1,6})\s?[A-Z]?"
)
_NEIGHBORS = ("CT", "TL", "LS")  # letters of vertebrae where one part of the spine ends
_SIDES = {"L": "left", "R": "right", "C": "center"}  # of parallel runways
# What has clauses in brackets, which may be figures: Article 6(1)(f).
_LAWS = (
    "(?:[Aa]rticle|[Ss]ection|[Cc]lause|[Rr]ule|[Rr]egulation|[Pp]aragraph|[Ss]ubsection|[Pp]ara)s?|"
    r"(?:Arts?|arts?|[Ss]ecs?|ss?|[Cc]l|[Rr]egs?|[Pp]aras?|[Rr])\."
)
_LAW = rf"(?:\b(?:{_LAWS})\s|§\s?)"
_CLAUSE = r"\((?:[a-zA-Z]|[ivx]{1,4}|\d{1,2})\)"
_CITED = rf"(?:\d{{1,4}}(?:{_CLAUSE}){{0,3}}(?:,|,?\s(?:and|or|to))\s)?"  # before another
_RUNWAY = r"(0[1-9]|[12]\d|3[0-6])([LRC])?(?![\w%]|\.\d)"
# What three numbers with hyphens belong to: a 10-20-10 fertilizer.
_IN_THREE = (
    "fertilizers?|feed|blend|formula|formulation|record|formation|season|stack|offense|defense"
)
_ALONE = rf"(?![\d%]|[,.:]\d|\s(?:{COUNTED}|{SCALES}\b|percent\b))"  # counts nothing
_DIALED = r"\b(?:[Cc]all|[Dd]ial|[Tt]ext|[Hh]otline|[Pp]hone|[Ee]xtension|[Ee]xt\.?)\s(?:number\s)?"
_SECRET = r"\b(?:PIN|[Pp]asscode|[Pp]assword|[Cc]ode)\s(?:is\s|number\s|of\s)?"


def _read_clause(m: Match) -> str:
    """Return the words for 401(k) or 501(c)(3)."""
    return " ".join((to_code(m[1]), *map(_read_label, m[2].strip("()").split(")("))))


def _read_clause_after(m: Match) -> str:
    """Return the words for the clause of a section that is a chain: the (a) of 4.2.1(a)."""
    return f" {_read_label(m[0].strip('()'))}"


def _read_label(label: str) -> str:
    """Return what labels a clause: figures and small Roman numerals as numbers, else letters."""
    if re.fullmatch("[ivx]{2,4}", label):
        return to_words(str(parse_roman(label.upper())))
    return to_words(label) if label.isdigit() else label.upper()


def _read_verse(m: Match) -> str:
    """Return the words for chapter and verses: 3:16-18."""
    joint = ", " if m[1].endswith("0") and len(m[2]) == 1 else " "  # 20:3 is not 23
    words = to_code(m[1]) + joint + to_code(m[2])
    return f"{words} to {to_code(m[3])}" if m[3] else words


def _read_codes(m: Match) -> str:
    """Return the words for 737-800."""
    return " ".join(map(to_code, m[0].split("-")))


def _read_standard(m: Match) -> str | None:
    """Return the words for the number of a standard, its parts and its year: 61508-2:2010."""
    number, parts, year = m.groups()
    if not (parts or year or len(number) > 3) and m.string[m.start() - 1].isspace():
        return None
    if year and len(year) == 2 and int(year) > float(number):
        return None
    words = [" point ".join(map(_read_thousands, number.split(".")))]
    words += (f"dash {to_code(part)}" for part in re.findall(r"\d+", parts))
    if year:
        words.append(to_year(year) if len(year) == 4 else f"dash {to_code(year)}")
    return " ".join(words)


def _read_thousands(number: str) -> str:
    """Return the words for a standard's number, of round thousands as such: 14001, 22000."""
    if re.fullmatch(r"[1-9]\d00\d", number):
        return to_cardinal(int(number)).replace(" and ", " ")
    return to_code(number)


def _read_variant(m: Match) -> str:
    """Return the words for a type of aircraft and its variant: A350-900."""
    return f"{to_code(m[1])} dash {to_code(m[2])}"


def _read_runway(m: Match) -> str:
    """Return the words for a runway: 27L is two seven left."""
    return f"{spell_digits(m[1])} {_SIDES.get(m[2], '')}".rstrip()


def _read_chain(m: Match) -> str:
    """Return the words for figures with hyphens: numbers (11-5-1), or a code figure by figure."""
    lengths = set(map(len, m[0].split("-")))
    is_code = max(lengths) > 2 or lengths == {2} or re.search(r"\b0\d", m[0])
    return spell_digits(m[0]) if is_code else _read_numbers(m)


def _read_numbers(m: Match) -> str:
    return " ".join(map(to_words, m[0].split("-")))


def _read_level(m: Match) -> str | None:
    """Return the words for two neighbouring vertebrae; None for a fraction."""
    above, below = int(m[1]), int(m[2])
    return f"{to_cardinal(above)} {to_cardinal(below)}" if below == above + 1 else None


def _read_joint(m: Match) -> str | None:
    """Return what joins two codes of one letter, the second higher; None if they are two names."""
    first = re.search(r"([A-Z])(\d{1,3})$", m.string[max(0, m.start() - 4) : m.start()])
    if not first:
        return None
    if first[1] != m[1]:
        return " " if first[1] + m[1] in _NEIGHBORS and m[2] == "1" else None
    if int(first[2]) >= int(m[2]):
        return None
    is_level = m[1] in "CLT" and int(first[2]) + 1 == int(m[2])
    return " " if is_level else "to"


def _read_machine(m: Match) -> str:
    """Return the words for 10.0.0.1:8080, the address of a machine."""
    words = " dot ".join(map(spell_digits, m[1].split(".")))
    return f"{words} colon {to_code(m[2])}" if m[2] else words


def _read_telephone(m: Match) -> str:
    """Return the words for a telephone number, after plus where it begins with a country's."""
    return "plus " * m[0].startswith("+") + spell_digits(m[0])


def _read_toll_free(m: Match) -> str:
    area = to_cardinal(int(m[2])) if m[2].endswith("00") else spell_digits(m[2])
    return f"{'one ' if m[1] else ''}{area} {spell_digits(m[3])}".rstrip()


RULES = (
    # verses
    _rule(rf"(\d{{1,3}}):(\d{{1,3}})(?:{TO}(\d{{1,3}})(?![\d:]))?(?![\d:]|\s?[ap]\.?m\b)",
          _read_verse, before=rf"\b(?:{_BOOKS}|{_SHORT})\.?\s"),
    _rule(rf"({_SHORT})(?:\.(?=\s\d{{1,3}}:\d)|(?=\s\d{{1,3}}:\d))",
          lambda m: _SHORT_BOOKS[m[1]]),
    _rule(r"Pss?\.(?=\s\d)", "Psalm"),
    _rule(rf"([123])(?=\s{_SEVERAL_BOOKS})", lambda m: to_ordinal(int(m[1])).capitalize()),
    _rule(rf"(I{{1,3}})(?=\s{_SEVERAL_BOOKS})", lambda m: to_ordinal(len(m[1])).capitalize()),
    # standards, vertebrae and strains
    _rule(r"(\d{2,5}(?:\.\d{1,2})?)((?:[-–/]\d{1,3}(?!\d)){0,2})(?:[-–:]((?:19|20)\d\d|\d\d))?"
          rf"(?![\d.]*\d|[-–:%]|\s{COUNTED})", _read_standard, before=_STANDARD),
    _rule(r"(?<!T(?=1/2))(\d{1,2})/(\d{1,2})(?![\d/])", _read_level, before=r"\b[CLT]"),
    _rule(r"/(?=[CLTS]\d\b)", " ", before=r"\b[CLT]\d{1,2}"),
    _rule(r"((?:\.\d{1,2}){1,4})(?!\d|\.\d)",
          lambda m: "".join(f" point {to_words(n)}" for n in m[1][1:].split(".")),
          before=r"(?:^|[^\w.])[A-Z]{1,4}"),
    # a span of them: T4-T6, Q1-Q3
    _rule(r"[-–—](?=([A-Z])(\d{1,3})(?![\w-]|[.,]\d))", _read_joint, before=r"\b[A-Z]\d{1,3}"),
    # answers of servers
    _rule(r"[1-5]\d\d(?=\s(?:errors?|redirects?|responses?|status)\b)", lambda m: to_code(m[0]),
          before=r"\b(?:[Aa]n?|[Tt]he|HTTP|[Ss]tatus|[Cc]ode)\s"),
    # laws and plans
    _rule(r"(40[13])([kb])\b", lambda m: f"{to_code(m[1])} {m[2]}"),
    _rule(rf"(\d{{1,4}})((?:{_CLAUSE}){{1,4}})", _read_clause, before=rf"{_LAW}{_CITED}"),
    _rule(_CLAUSE, _read_clause_after,
          before=rf"{_LAW}[0-9]{{1,3}}(?:\.[0-9]{{1,2}}){{1,3}}(?:{_CLAUSE}){{0,3}}"),
    _rule(r"(\d{1,4})((?:\([a-zA-Z]\))(?:\([a-zA-Z\d]{1,2}\)){0,3})(?<!\(s\))", _read_clause),
    # telephone numbers and other chains of digits
    _rule(r"(1[- .])?(8[0-8]{2}|900)[- .](\d{3}[- .]\d{4}|(?=[A-Z]{2}))(?!\d)", _read_toll_free),
    _rule(r"(1[-– ])(8[0-8]{2}|900)(?=\s(?:number|line|hotline))()", _read_toll_free),
    _rule(r"\+?(?:\d{1,3}[- .])?\(?\d{3}\)?[- .]\d{3}[- .]\d{4}(?!\d)", _read_telephone),
    _rule(r"\+\d[\d -]{6,}\d", _read_telephone),
    _rule(r"0\d{2,4}[- ]\d{3,4}[- ]?\d{3,4}(?!\d)|\d{3}-\d{4}(?!\d)", lambda m: spell_digits(m[0])),
    _rule(r"\d{3,6}(?!\d|,\d|\.\d)", lambda m: spell_digits(m[0]), before=_DIALED),
    _rule(r"\d{3,8}(?!\d|,\d|\.\d)", lambda m: spell_digits(m[0]), before=_SECRET),
    _rule(rf"\d{{3}}-\d{{3}}{_ALONE}", _read_codes, before=r"\b(?:Boeing|Airbus)\s"),
    _rule(r"7[0-8]7-(?:[1-9]00|[89]|10)(?!\d|[.,]\d)", _read_codes, before=r"(?:^|[^\w.-])"),
    _rule(r"(3[0-8]0)-(\d{3,4})(?!\d|[.,]\d)", _read_variant, before=r"\bA"),
    _rule(r"\d{4}(?!\d)", lambda m: spell_digits(m[0]), before=r"\b[Ss]quawk(?:s|ed|ing)?\s"),
    _rule(rf"\d{{3,4}}{_ALONE}", lambda m: to_code(m[0]), before=r"\b(?:KV?|D|RV|BWV|HWV)\.\s"),
    _rule(rf"\d{{1,2}}(?:-\d{{1,2}}){{2}}(?=\s(?:{_IN_THREE})\b)", _read_numbers),
    _rule(r"\d{3,4}(?![\d%]|[,.:]\d)", lambda m: to_code(m[0]),
          before=rf"\b(?=[A-Z])(?:{_NUMBERED})\.?\s#?"),
    _rule(rf"\d{{3,4}}{_ALONE}", lambda m: to_code(m[0]), before=rf"\b(?:{_NUMBERED})\.?\s#?"),
    _rule(r"\d{3}(?!\d|,\d|\.\d)", lambda m: spell_digits(m[0]),
          before=rf"{_DIALED}\d{{3}},?\s(?:or|and)\s"),
    _rule(r"911(?=\s(?:calls?|operators?|dispatchers?|emergency|centers?|lines?|services?|systems?)\b)",
          lambda m: spell_digits(m[0])),
    _rule(rf"911{_ALONE}(?!-)", lambda m: spell_digits(m[0]), before=r"(?:^|[^-\w]|[a-z]\s)"),
    _rule(r"\d{5}-\d{4}(?![\d-]|[,.:]\d)", lambda m: spell_digits(m[0]), before=r"(?:^|[^\w.-])"),
    _rule(rf"\d{{5}}(?:-\d{{4}})?{_ALONE}", lambda m: spell_digits(m[0]),
          before=rf"(?:\b{_STATE}|\b[Zz][Ii][Pp]|\b[A-Z][a-z]+\s[A-Z][a-z]+)\s"),
    # figures of names
    _rule(rf"\d{{3,4}}{_ALONE}(?!-|\s(?:more|new|other|of|or|young|local)\b)",
          lambda m: to_code(m[0]),
          before=r"[a-z,;:]\s(?![A-Z][a-z]{2,5}day\s)[A-Z][A-Za-z]{2,}\s"),
    _rule(r"\d{3,4}(?![\d%]|[,.:]\d)", lambda m: to_code(m[0]),
          before="(?:^|[^A-Za-z])[A-Z]{1,4}"),  # flight CA1831 departs
    _rule(rf"\d{{3,4}}{_ALONE}", lambda m: to_code(m[0]), before=r"(?:^|[^A-Za-z])[A-Z]{1,4}-"),
    _rule(rf"\d{{3,4}}{_ALONE}(?!-\d+-\d)", lambda m: to_code(m[0]),
          before=r"(?:(?:^|[^A-Za-z])[A-Z]{2,4}\s|\b[A-Z][a-z]+-)"),
    _rule(r"(\d{3,5}):((?:19|20)\d\d)(?!\d)", lambda m: f"{to_code(m[1])} {to_year(m[2])}",
          before=r"\b[A-Z]{2,4}\s"),
    _rule(rf"7[0-8]7{_ALONE}(?!-)", lambda m: to_code(m[0]), before=r"\b(?:[Tt]he|[Aa]n?|new)\s"),
    _rule(r"(7[0-8]7)s\b", lambda m: to_code(m[1]) + "s"),
    # even chances: 50-50; sizes: 2x4
    _rule(r"(?!0x)(\d{1,4})\s?x\s?(\d{1,4})(?:\s?x\s?(\d{1,4}))?(s?)(?![\w.]\w|\w)",
          lambda m: " by ".join(to_code(n) for n in m.groups()[:3] if n) + m[4],
          before=r"(?:^|[^\w.])"),
    _rule(r"50/50(?![\d/])", "fifty-fifty"),
    _rule(r"([1-9]\d)[-–]([1-9]\d)(?=\s(?:split|deal|share|custody|rule|partnership|blend|mix)\b)",
          lambda m: "-".join(map(to_words, m.groups())) if int(m[1]) + int(m[2]) == 100 else None),
    _rule(r"20/20(?![\d/])", "twenty-twenty"),
    _rule(r"([1-9]\d)/([1-9]\d)(?![\d/])",
          lambda m: " ".join(map(to_words, m.groups())) if int(m[1]) + int(m[2]) == 100 else None),
    _rule(r"(480|720|1080|1440|2160)([pi])(\d{2,3})?\b",
          lambda m: f"{to_code(m[1])} {m[2]}" + (f" {to_words(m[3])}" if m[3] else "")),
    _rule(rf"(?<![\w-])(\d{{1,2}})[-–](\1)(?![-–/\d%]|\.\d|\s{SCALES})",
          lambda m: f"{to_cardinal(int(m[1]))}-{to_cardinal(int(m[2]))}"),
    _rule(rf"(\d{{1,5}})([A-Z])?(?={_ADDRESS})",
          lambda m: f"{to_code(m[1])} {m[2] or ''}".rstrip()),
    _rule(rf"(?!{_NO_STATE}){_STATE}\b", lambda m: STATES[m[0]], before=r"[A-Z][a-z]+,\s"),
    _rule(rf"{_STATE}(?=\s\d{{5}}\b)", lambda m: STATES[m[0]], before=r"[a-z]\s"),
)  # fmt: skip
"""The rules, which apply before those for dates and plain figures."""

RUNWAYS = (
    _rule(_RUNWAY, _read_runway, before=rf"\b[Rr]unways?\s(?:{_RUNWAY}(?:/|\s(?:and|or)\s))?"),
    _rule(r"/(?=[0-3]\d[LRC]?\b)", ", ", before=r"\b[Rr]unways?\s\d\d[LRC]?"),
)
"""The rules for runways, which apply before those for units: 27L is no 27 liters."""

CHAINS = (
    _rule(r"\d{1,3}(?:\.000){2,4}(?![\d.]*\d)", lambda m: to_words(m[0].replace(".", ""))),
    _rule(r"\d+(?:-\d+){2,}", _read_chain),
    _rule(r"(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{2,5}))?(?!\.?\d)", _read_machine),
    _rule(r"\d+(?:\.\d+){2,}",
          lambda m: " point ".join(map(to_words, m[0].split(".")))),
)  # fmt: skip
"""The rules for chains of figures that are no date."""
