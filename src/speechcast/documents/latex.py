r"""Write formulas in LaTeX as a line of text: $x^2$ becomes x².

They stand between $ and $, $$ and $$, \( and \), \[ and \]. What is no formula stays as it is (it
cost $5), and so does a formula with commands that a line cannot show; `text.leftovers` names it.

Libraries were tried on 83 formulas of lectures, and on 42 unseen ones. Of these pylatexenc 2.11
writes 39 and 17 as a line should, and most others as something else (a/(b+c) as a/b+c), unicodeit
0.7.5 37 and 15; this: 82 and 42, and one is left as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from html.entities import html5

from ..text.han import HAN_CLASS
from .raised import write_exponent, write_fraction, write_lowered, write_root

_FORMULA = re.compile(
    r"(?<!\\)\$\$(?P<shown>[^$]{1,1000}?)\$\$"
    r"|\\\[(?P<bracketed>(?:[^$\\]|\\[^\[\]$]){1,1000}?)\\\]"
    r"|\\\((?P<parenthesized>(?:[^$\n\\]|\\[^()$\n]){1,1000}?)\\\)"
    # A dollar sign before a space ends none, nor one before a figure: from $5 to $9.
    r"|(?<![\\$A-Za-z0-9_])\$(?P<inline>(?![\s$])[^$\n]{1,1000}?(?<![\s\\]))\$(?![\d$])"
    # After a letter a price may begin: US$5.
    r"|(?<=[A-Za-z])\$(?P<attached>(?![\s$])[^$\n]{1,1000}?(?<![\s\\]))\$(?![\d$])"
)
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
# What shows that a text between dollar signs is a formula.
_SIGN = re.compile(r"\\[A-Za-z,;%{]|[\^_=<>+]|[A-Za-z]['′]?(?:$|\()|-?\d+(?:\.\d+)?$")
_WORDS = re.compile(r"[A-Za-z]{4,}(?:\s+[A-Za-z]{2,})+")  # of a sentence
_TEXT_COMMAND = re.compile(r"\\(?:text|mbox|textrm|mathrm|operatorname)\s*\{[^{}]*\}")
_NOT_IN_FORMULAS = re.compile(rf"{HAN_CLASS}|[，。；：！？、“”]")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>~|&#])")
_NO_BRACKET = re.compile(r"\\(?:left|right)\s*\.")
_MAX_DEPTH = 20  # of groups
_TAG = re.compile(r"\\tag\*?\s*\{[^{}]*\}")  # the number of an equation
# Lines that stand below each other. Those of a case are a value and when it holds.
_ROWS = re.compile(
    r"\\begin\{(?P<name>(?:aligned|align|gathered|gather|split|cases)\*?)\}"
    r"(?P<rows>(?:(?!\\begin\{).)*?)\\end\{(?P=name)\}",
    re.DOTALL,
)
_ROW_END = re.compile(r"\\\\(?:\[[^\]]*\])?")
_SIGN_CATEGORIES = frozenset(("Sm", "So", "Ps", "Pe"))  # of Unicode: signs and brackets
_OPERATION = re.compile(r"\\[A-Za-z,;%{]|[\^_=<>+]|^\s*[A-Za-z]['′]?\s*$")

# Commands called as in the HTML standard (as an entity, &leq;) have its character: all that are
# long enough to be nothing else in LaTeX, and these.
_SHORT_NAMES = (
    "beta zeta eta iota mu nu xi pi rho tau phi chi psi Xi Pi Phi Psi div ast pm mp le leq ge geq "
    "ne sim cong ll gg lt gt sum prod int oint in ni cup cap vee iff bot perp vert Vert ell hbar "
    "Re Im wp euro".split()
)
_MIN_LENGTH = 5
_SYMBOLS = {  # the others; HTML has none of them, or a character that is less usual
    "varepsilon": "ε", "vartheta": "θ", "varphi": "φ", "cdot": "·", "star": "*", "leqslant": "≤",
    "geqslant": "≥", "neq": "≠", "infty": "∞", "partial": "∂", "exists": "∃", "neg": "¬",
    "land": "∧", "lor": "∨", "to": "→", "gets": "←", "implies": "⇒", "triangle": "△", "circ": "°",
    "degree": "°", "cdots": "…", "ldots": "…", "dots": "…", "mid": "|", "lvert": "|", "rvert": "|",
    "asymp": "≍", "prime": "′", "aleph": "ℵ", "colon": ":", "backslash": "\\",
    "longrightarrow": "→", "longleftarrow": "←", "Longrightarrow": "⇒", "Longleftrightarrow": "⇔",
}  # fmt: skip
_ACCENTS = {  # combining characters
    "bar": "\u0304", "overline": "\u0305", "hat": "\u0302", "widehat": "\u0302",
    "tilde": "\u0303", "widetilde": "\u0303", "check": "\u030c", "dot": "\u0307",
    "ddot": "\u0308", "vec": "\u20d7", "overrightarrow": "\u20d7",
}  # fmt: skip
_MAX_ACCENTED = 3  # letters: the segment AB
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim max min sup inf "
    "det gcd deg arg mod".split()
)
_LIMITS = ("lim", "max", "min", "sup", "inf")  # below which stands a condition
_STYLES = frozenset(  # commands that change how an argument looks, and not what it says
    "mathrm mathbf mathit mathsf mathtt mathcal mathbb boldsymbol bm operatorname "
    "operatorname* boxed mathrel mathbin".split()
)
_TEXTS = frozenset("text mbox textrm textbf textit textnormal hbox".split())
_FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac"))
_WRITTEN = {
    **{name: html5[f"{name};"] for name in _SHORT_NAMES},
    **_SYMBOLS,
    **{sign: sign for sign in "%$#&_{}"},
    **{name: f"{name} " for name in _FUNCTIONS},
    **dict.fromkeys((",", ";", ":", " ", "quad", "qquad"), " "),
    **dict.fromkeys(  # they change how a formula looks
        "! left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle limits nolimits "
        "rm it bf nonumber".split(),
        "",
    ),
    "bmod": " mod ",
}


class _UnreadableError(ValueError):
    """A formula has what a line cannot show."""


def write_formulas(text: str, *, markdown: bool = False) -> str:
    r"""Return a text with its formulas in the characters of a line.

    Args:
        text: The text; its line ends stay where they are.
        markdown: Whether it is Markdown: the marks of emphasis in formulas are escaped.

    >>> write_formulas(r"由 $a^2+b^2=c^2$ 得 $c=\sqrt{a^2+b^2}$，不是 $5 或 $9。")
    '由 a²+b²=c² 得 c=√(a²+b²)，不是 $5 或 $9。'
    """
    if "$" not in text and "\\(" not in text and "\\[" not in text:
        return text

    def write(match: re.Match[str]) -> str:
        code = next(group for group in match.groups() if group is not None)
        line = _write(code) if _is_formula(code, match) else None
        if line is None:
            return match[0]
        escaped = _MARKDOWN_SIGNS.sub(r"\\\1", line) if markdown else line
        return escaped + "\n" * match[0].count("\n")

    return _FORMULA.sub(write, text)


def _is_formula(code: str, match: re.Match[str]) -> bool:
    """Return whether what stands between the signs of a formula is one."""
    bare = _TEXT_COMMAND.sub("", code)
    if _NOT_IN_FORMULAS.search(bare):
        return False
    if match["shown"] is not None:
        return True
    if match["bracketed"] is not None or match["parenthesized"] is not None:
        return _is_no_bracket(code)
    if match["attached"] is not None and code[0].isdigit() and "\\" not in code:
        return False
    return _SIGN.search(code) is not None and not _WORDS.search(bare)


def _is_no_bracket(code: str) -> bool:
    r"""Return whether what stands between \\( and \\), or \\[ and \\], is a formula.

    In Markdown they may be brackets, escaped by a program: \\[1\\], \\[Applause\\].
    """
    return _OPERATION.search(code) is not None


def _find_symbol(name: str) -> str:
    """Return the character of a command by its name in HTML; "" for none.

    >>> _find_symbol("alpha"), _find_symbol("rightleftharpoons"), _find_symbol("tilde")
    ('α', '⇌', '')
    """
    character = html5.get(f"{name};", "") if len(name) >= _MIN_LENGTH else ""
    is_greek = "\u0370" <= character <= "\u03ff"
    is_sign = len(character) == 1 and unicodedata.category(character) in _SIGN_CATEGORIES
    return character if is_greek or is_sign else ""


def _write(code: str) -> str | None:
    """Return the line for a formula; None if there is none."""
    try:
        code = _ROWS.sub(_write_rows, _TAG.sub("", _NO_BRACKET.sub("", code.strip())))
        line = _Reader(_TOKEN.findall(code)).read_all()
    except _UnreadableError:
        return None
    return " ".join(line.split()) or None


def _write_rows(match: re.Match[str]) -> str:
    """Return lines that stand below each other as one; see `_ROWS`."""
    column = r",\ " if match["name"].startswith("cases") else ""
    rows = filter(None, map(str.strip, _ROW_END.split(match["rows"])))
    return r";\ ".join(re.sub(r"\s*(?<!\\)&\s*", lambda _: column, row) for row in rows)


class _Reader:
    """One pass over the tokens of a formula."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens: Iterator[str] = iter(tokens)
        self._depth = 0

    def read_all(self) -> str:
        """Return the whole formula."""
        return self._read_until("")

    def _read_until(self, end: str) -> str:
        """Return what is written up to a token, which is passed; "" for the end of the formula."""
        self._enter()
        text = ""
        for token in self._tokens:
            if token == end:
                self._depth -= 1
                return text
            if token in {"^", "_"}:
                text = text.rstrip()
            piece = self._read_token(token, text)
            apart = text[-1:].isalnum() and token[1:] in _FUNCTIONS
            text += f" {piece}" if apart else piece
        if end:
            raise _UnreadableError
        return text

    def _read_token(self, token: str, before: str) -> str:
        """Return what a token, and what belongs to it, adds to the formula."""
        if token == "^":
            power = self._read_argument()
            return power if power in {"°", "′", "″", "*"} else write_exponent(power)
        if token == "_":
            index = self._read_argument()
            return f"({index})" if before.endswith(_LIMITS) else write_lowered(index, before)
        if token == "{":
            return self._read_until("}")
        if token.isspace():
            return ""
        if token in {"}", "&", "\\\\"}:
            raise _UnreadableError
        return self._read_command(token, before) if token[0] == "\\" else token.replace("~", " ")

    def _read_command(self, token: str, before: str) -> str:
        name = token[1:]
        if (written := _WRITTEN.get(name)) is not None:
            return written
        if read := _COMMANDS.get(name):
            return read(self, name, before)
        if symbol := _find_symbol(name):
            return symbol
        raise _UnreadableError

    def _read_fraction(self, _name: str, before: str) -> str:
        return write_fraction(self._read_argument(), self._read_argument(), before)

    def _read_choice(self, _name: str, _before: str) -> str:
        return f"C({self._read_argument()},{self._read_argument()})"

    def _read_styled(self, _name: str, _before: str) -> str:
        return self._read_argument()

    def _read_modulus(self, _name: str, _before: str) -> str:
        return f"(mod {self._read_argument()})"

    def _read_argument(self, token: str = "") -> str:
        """Return the group or the token that follows, or that begins with a token."""
        token = token or self._next()
        if token == "{":
            return self._read_until("}")
        self._enter()
        written = self._read_token(token, "")
        self._depth -= 1
        return written

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _UnreadableError

    def _read_accented(self, name: str, _before: str) -> str:
        """Return one letter, or a few, with an accent on each."""
        accent = _ACCENTS[name]
        letters = self._read_argument()
        if not letters.isalpha() or len(letters) > _MAX_ACCENTED:
            raise _UnreadableError
        return unicodedata.normalize("NFC", "".join(letter + accent for letter in letters))

    def _read_root(self, _name: str, _before: str) -> str:
        token = self._next()
        if token != "[":
            return write_root(
                self._read_until("}") if token == "{" else self._read_token(token, "")
            )
        degree = self._read_until("]")
        return write_root(self._read_argument(), degree)

    def _read_text(self, _name: str, _before: str) -> str:
        """Return the words of a group as they are."""
        if self._next() != "{":
            raise _UnreadableError
        words: list[str] = []
        for token in self._tokens:
            if token == "}":
                return "".join(words)
            if token in {"{", "$"} or (token[0] == "\\" and token[1:] not in set("%$#&_{}")):
                break
            words.append(token.removeprefix("\\"))
        raise _UnreadableError

    def _next(self) -> str:
        """Return the next token that is no white space."""
        token = next((token for token in self._tokens if not token.isspace()), None)
        if token is None:
            raise _UnreadableError
        return token


_COMMANDS: dict[str, Callable[[_Reader, str, str], str]] = {
    **dict.fromkeys(_FRACTIONS, _Reader._read_fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), _Reader._read_choice),
    **dict.fromkeys(_STYLES, _Reader._read_styled),
    **dict.fromkeys(_TEXTS, _Reader._read_text),
    **dict.fromkeys(_ACCENTS, _Reader._read_accented),
    "sqrt": _Reader._read_root,
    "pmod": _Reader._read_modulus,
}
