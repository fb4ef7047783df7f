"""Read Roman numerals in English words: Henry VIII, World War II, Act I Scene ii, Rocky III.

After the name of a ruler a numeral is an ordinal, after anything else that is numbered a cardinal.
"I" is a numeral only where no pronoun can be meant. The names were listed by hand for this project.
"""

from __future__ import annotations

from ..rules import Match
from ..rules import make_rule as _rule
from .number_words_en import ROMAN, ROMAN_BELOW_100, parse_roman, to_cardinal, to_ordinal

# What is numbered.
_NUMBERED = (
    "Wars?|Chapters?|Parts?|Acts?|Articles?|Titles?|Sections?|Volumes?|Vols?|Phases?|Types?|Class|"
    "Books?|Bowl|Stages?|Scenes?|Levels?|Figures?|Figs?|Tables?|Appendix|Apollo|Grades?|Annex|"
    "Episodes?|Schedule|Mark|Mk|Tier|Group|Category|Vatican|Corps|Canto|Division|Unit|Lesson|"
    "Step|No|Round|Plate|Saturn|Symphony|Sonata|Region|Zone|Factor|Gemini|Event"
)
_NUMBERED_IN_SMALL = (
    "chapters?|parts?|acts?|articles?|sections?|volumes?|vols?|phases?|types?|class|books?|stages?|"
    "scenes?|levels?|figures?|tables?|appendix|grades?|pages?|pp|step|lines?|no|ch|fig|sec"
)
_TITLES = (
    "King|Queen|Pope|Emperor|Empress|Tsar|Czar|Tsarina|Kaiser|Prince|Princess|Sultan|Shah|Patriarch|"
    "Pharaoh|Duke|Count|Saint|St|Caliph|Prinz|Archbishop"
)
# Names of kings, queens, popes, emperors and sultans.
_RULERS = (
    "Abdullah|Abdul|Adolf|Adrian|Albert|Alexander|Alexis|Alfonso|Alfred|Amenhotep|Anne|Antiochus|"
    "Artaxerxes|Augustus|Basil|Baudouin|Benedict|Boniface|Carl|Carlos|Catherine|Celestine|Charles|"
    "Christian|Christopher|Clement|Cleopatra|Constantine|Cyrus|Darius|Edward|Elizabeth|Eric|Ethelred|"
    "Eugene|Farouk|Felipe|Ferdinand|Francis|Franz|Frederick|Frederik|Friedrich|Fuad|George|Gregory|"
    "Gustaf|Gustav|Gustavus|Haakon|Harald|Harold|Hassan|Henri|Henry|Hussein|Innocent|Isabella|Ivan|"
    "James|Jean|Jigme|Johann|John|Joseph|Juan|Julius|Justinian|Kamehameha|Khufu|Leo|Leopold|Louis|"
    "Ludwig|Manuel|Margaret|Margrethe|Maria|Martin|Mary|Maximilian|Mehmed|Mehmet|Michael|Mohammed|"
    "Mohammad|Moctezuma|Montezuma|Murad|Napoleon|Nicholas|Nebuchadnezzar|Olav|Oscar|Otto|Paul|Pedro|"
    "Peter|Philip|Philippe|Pius|Ptolemy|Rainier|Rama|Ramesses|Ramses|Richard|Robert|Roger|Rudolf|"
    "Selassie|Selim|Seti|Sigismund|Sixtus|Stephen|Suleiman|Sylvester|Theodore|Theodosius|Thutmose|"
    "Tutankhamun|Umberto|Urban|Victor|Victoria|Vittorio|Vladimir|Wenceslas|Wilhelm|William|Willem|"
    "Xerxes|Zog"
)
# Given names before a surname and a numeral: John D. Rockefeller III.
_GIVEN = (
    "Adam|Alan|Andrew|Anthony|Arthur|Benjamin|Brian|Cornelius|Daniel|David|Donald|Douglas|Edwin|"
    "Ernest|Franklin|Fred|Gary|Gerald|Harry|Herbert|Howard|Hugh|Jack|Jacob|Jeffrey|Jerome|Jesse|"
    "Kenneth|Kevin|Larry|Lawrence|Marcus|Mark|Matthew|Oliver|Patrick|Ralph|Raymond|Robin|Ronald|"
    "Russell|Samuel|Scott|Thomas|Thurston|Timothy|Walter|Wayne"
)
# What follows a pronoun: "Mary I know"; but "Charles I was king".
_I_AM = (
    r"am|have|do|think|know|believe|felt|feel|want|love|need|hope|can|could|will|would|must|saw|met"
)
_I = rf"(?=['’]s\b|[,.;:!?)”\"]|\s(?!(?:{_I_AM})\b|['’])|$)"
_MANY = (
    r"(?=[IVXLCDM]{2})(?!(?:MIX|C[DVC]|DC|M[DCM]|XL)\b)"
    rf"{ROMAN}(?<=[IVXLCDM]{{2}})"
)
_ORDINAL_NOUN = r"(?=\s(?:[Cc]entur(?:y|ies)|Olympi|Winter|Summer|Congress|Corps|Legion))"
# "With Charles I met …" has a pronoun.
_NO_PREPOSITION = "".join(rf"(?<!\b{word}\s)" for word in ("and", "With", "To", "For", "Like"))
# What is divided by a letter after the numeral: stage IIIB, type Ia.
_SUBDIVIDED = (
    "[Ss]tages?|[Gg]rades?|[Tt]ypes?|[Pp]hases?|[Cc]lass|[Gg]roups?|[Cc]ategory|[Ll]evels?|"
    "[Pp]arts?|[Ff]igures?|[Ff]igs?|[Tt]ables?|[Cc]hapters?|[Tt]itles?|[Ss]ections?|Annex|"
    "Supernova|Region"
)
# The numeral of a heading: XIV. Results.
_HEADING = rf"(?:(?=[IVX]{{2}}|[A-Z]{{4}}){_MANY})"
_LIST = r"(?:[IVX]{1,5}[A-Da-d]?(?:,\s|,?\s(?:and|to|or)\s|\s?[-–/]\s?)){0,2}"


def _read_cardinal(m: Match) -> str:
    return to_cardinal(parse_roman(m[1].upper()))


def _read_regnal(m: Match) -> str:
    return f"the {to_ordinal(parse_roman(m[1]))}"


RULES = (
    _rule(rf"({_HEADING})(?=[.:)]?$|[.:)]\s[A-Z])", _read_cardinal, before=r"^"),
    _rule(r"([IVX])(?=[.)]$)", _read_cardinal, before=r"^"),
    _rule(r"([IVX])\.(?=\s[A-Z][a-z]{2}[^.!?]{0,60}$)", lambda m: f"{_read_cardinal(m)}.",
          before=r"^"),
    _rule(r"WW(I{1,2}|[12])\b", lambda m: f"World War {'two' if m[1] in {'II', '2'} else 'one'}"),
    _rule(r"\s?/\s?(?=[IVX]{1,5}[A-Da-d]?\b)", " ",
          before=rf"\b(?:{_NUMBERED}|{_NUMBERED_IN_SMALL})\.?\s(?:[IVX]{{1,5}}[A-Da-d]?/){{0,2}}"
                 "[IVX]{1,5}[A-Da-d]?"),
    _rule(r"[-–](?=[IVX]{1,5}\b)", "to", before=rf"\b(?:{_NUMBERED})\.?\s[IVX]{{1,5}}"),
    _rule(rf"(?!{ROMAN}\b)({_MANY}|[IVX])([A-Da-d])(?![A-Za-z])",
          lambda m: f"{_read_cardinal(m)} {m[2]}",
          before=rf"\b(?:{_SUBDIVIDED})\.?\s(?:[IVX]{{1,5}}[A-Da-d]?[-–/]){{0,2}}"),
    _rule(r"\s?[-–]\s?(?=[ivxl]{1,6}\b)", " to ",
          before=rf"\b(?:{_NUMBERED}|{_NUMBERED_IN_SMALL})\.?\s[ivxl]{{1,6}}"),
    _rule(rf"({_MANY}|[IVX])\b(?!['’](?:m|ve|d|ll)\b)", _read_cardinal,
          before=rf"\b(?:{_NUMBERED})\.?\s{_LIST}"),
    _rule(rf"({_MANY}|I(?=/[IVX])|(?<=/)[IVX])\b", _read_cardinal,
          before=rf"\b(?:{_NUMBERED_IN_SMALL})\.?\s{_LIST}"),
    _rule(r"([VX])\b", _read_cardinal,
          before=r"\b(?:chapter|section|article|volume|book|act|scene|canto|annex)\s"),
    _rule(rf"({ROMAN_BELOW_100.lower()})\b(?!['’.]\w)", _read_cardinal,
          before=rf"\b(?:{_NUMBERED}|{_NUMBERED_IN_SMALL})\.?\s(?:[ivxl]{{1,6}}\s?[-–]\s?)?"),
    _rule(rf"({_MANY})\b{_ORDINAL_NOUN}", lambda m: to_ordinal(parse_roman(m[1]))),
    _rule(r"(?!IV\b)([IVX]{2,5})\b", lambda m: to_ordinal(parse_roman(m[1])), before=r"\b[Tt]he\s"),
    _rule(rf"({_MANY}|[VX])\b", _read_regnal, before=rf"\b(?:{_RULERS})\s"),
    _rule(rf"({_MANY}|[IVX])\b(?!['’](?:m|ve|d|ll)\b|\s(?:am|have)\b)", _read_regnal,
          before=rf"\b(?:{_TITLES})\.?\s(?:[A-Z][a-z]+\s)?[A-Z][a-z]+\s"),
    _rule(rf"(I)\b{_I}", _read_regnal,
          before=rf"{_NO_PREPOSITION}\b(?:{_RULERS})\s"),
    _rule(r"(I)\b(?=[.,;:!?]|$)", _read_regnal,
          before=rf"\bI\sand\s(?:{_RULERS})\s"),
    _rule(r"(I{2,3}|I?V)\b", _read_regnal,
          before=rf"\b(?:{_RULERS}|{_GIVEN})\s(?:[A-Z]\.?\s)?[A-Z][A-Za-z]+,?\s"),
    _rule(r"(?=[IVX]{2})((?:X{1,3}(?:IX|IV|V?I{0,3})|IX|IV|V?I{2,3}|VI))\b", _read_cardinal,
          before=r"\b[A-Z][a-z]+\s"),
)  # fmt: skip
"""The rules, which apply before those for abbreviations."""
