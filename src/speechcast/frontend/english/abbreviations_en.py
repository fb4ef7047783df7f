"""Write out English abbreviations: Dr., Mt., Co., vol. 2, Ph.D., Roe v. Wade, Boston, Mass.

The tables were written by hand for this project; spelling and words are American.
"""

from __future__ import annotations

import re

from ..rules import Match
from ..rules import make_rule as _rule
from .dates_en import MONTHS, WEEKDAYS
from .units_en import DIRECTIONS

# Before a full stop, anywhere.
_ANYWHERE = {
    "Mr": "Mister",
    "Mrs": "Mrs",
    "Ms": "Miz",
    "Dr": "Doctor",
    "Prof": "Professor",
    "Sen": "Senator",
    "Sens": "Senators",
    "Gov": "Governor",
    "Govs": "Governors",
    "Gen": "General",
    "Rep": "Representative",
    "Reps": "Representatives",
    "Rev": "Reverend",
    "Hon": "Honorable",
    "Pres": "President",
    "Amb": "Ambassador",
    "Adm": "Admiral",
    "Capt": "Captain",
    "Maj": "Major",
    "Lt": "Lieutenant",
    "Col": "Colonel",
    "Cmdr": "Commander",
    "Sgt": "Sergeant",
    "Cpl": "Corporal",
    "Pvt": "Private",
    "Supt": "Superintendent",
    "Messrs": "Messieurs",
    "Jr": "Junior",
    "Sr": "Senior",
    "Inc": "Incorporated",
    "Ltd": "Limited",
    "Corp": "Corporation",
    "Bros": "Brothers",
    "Assn": "Association",
    "Assoc": "Associates",
    "Univ": "University",
    "Dept": "Department",
    "dept": "department",
    "Bldg": "Building",
    "Govt": "Government",
    "govt": "government",
    "Intl": "International",
    "Natl": "National",
    "Ave": "Avenue",
    "Blvd": "Boulevard",
    "Rd": "Road",
    "Ln": "Lane",
    "Hwy": "Highway",
    "Pkwy": "Parkway",
    "Expy": "Expressway",
    "Mts": "Mountains",
    "Approx": "Approximately",
    "approx": "approximately",
    "vs": "versus",
    "etc": "et cetera",
    "cf": "compare",
    "viz": "namely",
    "incl": "including",
    "excl": "excluding",
    "misc": "miscellaneous",
    "avg": "average",
    "hrs": "hours",
    "yrs": "years",
    "mins": "minutes",
}
# Before a full stop and a capital letter: Mt. Everest.
_BEFORE_NAMES = {"Mt": "Mount", "Ft": "Fort", "Fr": "Father", "Pt": "Point"}
# After a capital letter or `&`: Acme Co.
_AFTER_NAMES = {"Co": "Company", "Cos": "Companies"}
# Before a full stop and a figure or numeral: vol. 4.
_BEFORE_FIGURES = {
    "No": "number", "no": "number", "Nos": "numbers", "nos": "numbers", "Fig": "Figure",
    "fig": "figure", "Figs": "Figures", "figs": "figures", "Vol": "Volume", "vol": "volume",
    "Vols": "Volumes", "vols": "volumes", "Ch": "Chapter", "ch": "chapter", "Sec": "Section",
    "sec": "section", "Art": "Article", "art": "article", "Eq": "Equation", "eq": "equation",
    "pp": "pages", "p": "page", "pg": "page", "para": "paragraph", "Apt": "Apartment",
    "apt": "apartment", "Ste": "Suite", "Rte": "Route",
    "Ext": "Extension", "ext": "extension", "ed": "edition",
    "ca": "circa", "c": "circa", "Tel": "telephone", "tel": "telephone", "Rm": "Room",
    "s": "section", "ss": "sections", "n": "note", "nn": "notes", "Cl": "Clause", "cl": "clause",
    "Reg": "Regulation", "reg": "regulation", "Regs": "Regulations", "regs": "regulations",
    "Arts": "Articles", "arts": "articles", "Secs": "Sections", "secs": "sections",
    "Paras": "Paragraphs", "paras": "paragraphs", "Para": "Paragraph", "Sch": "Schedule",
    "max": "maximum", "min": "minimum", "Op": "Opus", "op": "opus", "Sc": "Scene",
}  # fmt: skip
# States after a place and a comma (Boston, Mass.), as the Associated Press shortens them.
_STATES = {
    "Ala": "Alabama", "Ariz": "Arizona", "Ark": "Arkansas", "Calif": "California",
    "Colo": "Colorado", "Conn": "Connecticut", "Del": "Delaware", "Fla": "Florida",
    "Ga": "Georgia", "Ill": "Illinois", "Ind": "Indiana", "Kan": "Kansas", "Ky": "Kentucky",
    "La": "Louisiana", "Md": "Maryland", "Mass": "Massachusetts", "Mich": "Michigan",
    "Minn": "Minnesota", "Miss": "Mississippi", "Mo": "Missouri", "Mont": "Montana",
    "Neb": "Nebraska", "Nev": "Nevada", "Okla": "Oklahoma", "Ore": "Oregon",
    "Pa": "Pennsylvania", "Tenn": "Tennessee", "Tex": "Texas", "Vt": "Vermont", "Va": "Virginia",
    "Wash": "Washington", "Wis": "Wisconsin", "Wyo": "Wyoming",
}  # fmt: skip
_DEGREES = {"PhD": "P.H.D.", "MSc": "M.S.C.", "BSc": "B.S.C.", "EdD": "E.D.D.", "DPhil": "D. Phil",
            "MPhil": "M. Phil"}  # fmt: skip
_DATES = {**MONTHS, **WEEKDAYS}
_ALL = {**_ANYWHERE, **_BEFORE_NAMES, **_AFTER_NAMES, **_BEFORE_FIGURES, **_STATES, **_DATES}
_DOTTED = "|".join((*_ALL, "St", "v", "est", "Est", "al", "[A-Z]"))
_SHORT = "|".join(word for word in (*_ALL, "St") if len(word) == 2)  # none is a degree
# Streets that a name may follow: Wall St. Journal.
_STREETS = "Wall|Main|High|Oak|Elm|Market|State|Broad|Church|Bourbon|Fleet|Downing|Baker|Oxford"
_STREET = r"(?:\d(?:st|nd|rd|th)|\d\w?\s(?:[NSEW]\.?\s)?[A-Z][a-z]+)\s"


def _any_of(table: dict[str, str]) -> str:
    return "|".join(sorted(table, key=len, reverse=True))


def _expand_st(m: Match) -> str:
    return "Saint" if re.match(r"\.?\s[A-Z]", m.string[m.end() : m.end() + 3]) else "Street"


def _spell(m: Match) -> str:
    """Return the letters of an abbreviation, each with a full stop: P.H.D."""
    last = "" if m.string[m.end() : m.end() + 1] == "." else "."
    return ".".join(m[1].replace(".", "").upper()) + last


MAY_BEGIN = r"[a-z]{1,7}\.|[apw]|vs?\b"
"""With what a match of the rules may begin, besides a capital letter."""

RULES = (
    _rule(r"e\.g\.", "for example"),
    _rule(r"i\.e\.", "that is"),
    _rule(r"(a\.k\.a|aka)\b\.?", _spell),
    _rule(r"(?![ap]\.m\.)((?:[a-z]\.){2,4})(?![A-Za-z])", _spell),
    _rule(r"([ap])\.m\b(?:\.(?=\W{0,3}\w))?", lambda m: f"{m[1]}.m."),
    _rule(rf"(?!(?:{_SHORT})\.)(?=(?:[A-Z]\.){{0,3}}[A-Z][a-z]\.)"
          r"((?:[A-Z][a-z]?\.){1,4}[A-Z](?:(?![a-z])|[a-z](?=\.)))(?:\.(?=\W{0,3}\w))?", _spell),
    _rule(r"(?:[A-Z]\.){2,}(?=\W{0,3}\w)|(?:[A-Z]\.)+[A-Z]\b",
          lambda m: ".".join(m[0].replace(".", "")) + "."),
    _rule(r"([DM])\.\s?Phil\b", lambda m: f"{m[1]}. Phil"),
    _rule(r"(LL\.[BMD])\b(?:\.(?=\W{0,3}\w))?", _spell),
    _rule(rf"({_any_of(_DEGREES)})(?=s?\b)", lambda m: _DEGREES[m[1]]),
    _rule(r"([A-Z]{2,3})(?=&[A-Z]\b)", _spell),
    _rule(r"[A-Z](?:/[A-Z]){1,3}(?![\w/&]|\.\w)",
          lambda m: m[0].replace("/", ".") + ("" if m.string[m.end() :].startswith(".") else "."),
          before=r"(?:^|[^\w/&.])"),
    _rule(r"(WHO|US)\b(?!['’]?[A-Z]|\s[A-Z]{2})", _spell, before=r"(?:^|[^A-Z]\s|[^\w\s]\s?)"),
    _rule(r"(WHO|US|IT)\b(?!['’]?[A-Z])", _spell, before=r"[a-z],?\s"),
    _rule(r"([NS][EW]?|[EW])(?=\.?\s(?:[A-Z][a-z]|\d{1,3}(?:st|nd|rd|th)))",
          lambda m: DIRECTIONS[m[1]], before=r"\d\s"),
    _rule(r"(Ave|Blvd|Rd|Expy|Hwy|Pkwy|Ln)\b(?!\.)", lambda m: _ANYWHERE[m[1]],
          before=r"(?:[A-Z][a-z]+|\dth|\dst|\dnd|\drd)\s"),
    _rule(r"(?:Dr|St)(?=\.?(?:$|,|\s[a-z]))", lambda m: {"Dr": "Drive", "St": "Street"}[m[0]],
          before=_STREET),
    _rule(r"St(?=\.)", "Street", before=rf"(?:\d(?:st|nd|rd|th)|\b(?:{_STREETS}))\s"),
    _rule(r"St(?=\.|\s[A-Z])", _expand_st),
    _rule(rf"({_any_of(_BEFORE_FIGURES)})(?=\.\s?(?:\d|[IVXivx]+\b))",
          lambda m: _BEFORE_FIGURES[m[1]]),
    _rule(r"(Rte|Ste|Hwy|Apt)(?=\s\d)", lambda m: _ALL[m[1]]),
    _rule(r"c(?=\.)", "century", before=r"\d(?:st|nd|rd|th)\s"),
    _rule(r"y/y|yoy|YoY", "year over year", before=r"[a-z%]\s"),
    _rule(r"ed(?=\.)", "edition", before=r"\d(?:st|nd|rd|th)\s|\brev\.\s"),
    _rule(r"(?:est|Est)(?=\.\s(?:1\d|20)\d\d\b)", "established"),
    _rule(r"(?:est|Est)(?=\.\s?[$£€]?\d)", "estimated"),
    _rule(rf"({'|'.join(MONTHS)})(?=\.\s?\d|\s\d)", lambda m: MONTHS[m[1]]),
    _rule(rf"({'|'.join(MONTHS)})(?=\.)", lambda m: MONTHS[m[1]], before=r"\d\s"),
    _rule(rf"({_any_of(WEEKDAYS)})(?=\.[,\s]\s?(?:{'|'.join(MONTHS)}|\d))",
          lambda m: WEEKDAYS[m[1]]),
    _rule(r"(Tues|Thurs?|Feb|Apr|Aug|Sept?|Oct|Nov|Dec)(?=\.)", lambda m: _DATES[m[1]]),
    _rule(rf"({_any_of(WEEKDAYS)})(?=\.)", lambda m: WEEKDAYS[m[1]],
          before=rf"\b(?:[Oo]n|[Ee]very|[Nn]ext|[Ll]ast|[Tt]his|(?:{_any_of(WEEKDAYS)})\.?,?"
                 r"\s(?:and|or|to|through|&))\s"),
    _rule(rf"({_any_of(WEEKDAYS)})(?=\.,?\s(?:and|or|to|through|&)\s(?:{_any_of(WEEKDAYS)})\b)",
          lambda m: WEEKDAYS[m[1]]),
    _rule(rf"({_any_of(MONTHS)})(?=\.)", lambda m: MONTHS[m[1]],
          before=rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Nn]ext|[Ll]ast|[Ll]ate|[Ee]arly"
                 rf"|(?:{_any_of(MONTHS)})\.?,?\s(?:and|or|to|through|&))\s"),
    _rule(r"(Mr|Mrs|Ms|Dr)(?=\s[A-Z])", lambda m: _ANYWHERE[m[1]]),
    _rule(r"(Prof|Sen|Gov|Capt|Sgt|Lt|Maj|Cpl)(?=\s[A-Z][a-z])", lambda m: _ANYWHERE[m[1]]),
    _rule(r"(Jr|Sr|Inc|Ltd|Corp)\b(?!\.)", lambda m: _ANYWHERE[m[1]], before=r"[A-Z]\w{1,20},?\s"),
    _rule(r"vs\b(?!\.)", "versus"),
    _rule(rf"([DRI]-)({_any_of(_STATES)})(?=\.)", lambda m: m[1] + _STATES[m[2]]),
    _rule(rf"({_any_of(_STATES)})(?=\.)", lambda m: _STATES[m[1]], before=r"[a-z],\s"),
    _rule(rf"({_any_of(_BEFORE_NAMES)})(?=\.\s[A-Z])", lambda m: _BEFORE_NAMES[m[1]]),
    _rule(rf"({_any_of(_AFTER_NAMES)})(?=\.)", lambda m: _AFTER_NAMES[m[1]],
          before=r"(?:[A-Z][\w'’]{1,20},?|&)\s"),
    _rule(rf"({_any_of(_ANYWHERE)})(?=\.)", lambda m: _ANYWHERE[m[1]]),
    _rule(r"v(?=\.\s[A-Z])", "versus", before=r"[A-Za-z.]\s"),
    _rule(r"w/o\b", "without"),
    _rule(r"w/(?=\s|[a-z])", "with"),
    _rule(r"(?<=[A-Za-z])\.(?=\W{0,3}\w)", "", before=rf"(?:^|[^A-Za-z])(?:{_DOTTED})"),
    _rule(r"\.(?=[A-Za-z])", "dot", before=r"[A-Za-z\d]"),
)  # fmt: skip
"""The rules, which apply before those for signs."""
