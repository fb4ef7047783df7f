r"""Write formulas in LaTeX as a line of text: $x^2$ becomes x².

They stand between $ and $, $$ and $$, \( and \), \[ and \]. What is no formula stays as it is (it
cost $5), and so does a formula with commands that a line cannot show; `text.leftovers` names it.
The symbols were listed by hand for this project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
_CODE = re.compile(  # of Markdown; formulas in it are none
    r"^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)|\Z)"
    r"|(?<!`)(?P<ticks>`++).{1,1000}?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
# What shows that a text between dollar signs is a formula.
_SIGN = re.compile(r"\\[A-Za-z,;%{]|[\^_=<>+]|[A-Za-z]['′]?(?:$|\()|-?\d+(?:\.\d+)?$")
_WORDS = re.compile(r"[A-Za-z]{4,}(?:\s+[A-Za-z]{2,})+")  # of a sentence
_TEXT_COMMAND = re.compile(r"\\(?:text|mbox|textrm|mathrm|operatorname)\s*\{[^{}]*\}")
_NOT_IN_FORMULAS = re.compile(rf"{HAN_CLASS}|[，。；：！？、“”]")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>~|&#])")
_MAX_DEPTH = 20  # of groups

_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "θ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
_SYMBOLS = {
    "times": "×", "div": "÷", "cdot": "·", "pm": "±", "mp": "∓", "ast": "*", "star": "*",
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "ne": "≠",
    "neq": "≠", "approx": "≈", "equiv": "≡", "sim": "∼", "cong": "≅", "propto": "∝", "ll": "≪",
    "gg": "≫", "lt": "<", "gt": ">", "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "∑",
    "prod": "∏", "int": "∫", "oint": "∮", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆",
    "cup": "∪", "cap": "∩", "emptyset": "∅", "varnothing": "∅", "forall": "∀", "exists": "∃",
    "neg": "¬", "land": "∧", "wedge": "∧", "lor": "∨", "vee": "∨", "to": "→", "rightarrow": "→",
    "leftarrow": "←", "Rightarrow": "⇒", "implies": "⇒", "Leftarrow": "⇐", "iff": "⇔",
    "Leftrightarrow": "⇔", "leftrightarrow": "↔", "mapsto": "↦", "uparrow": "↑", "downarrow": "↓",
    "angle": "∠", "perp": "⊥", "parallel": "∥", "triangle": "△", "circ": "°", "degree": "°",
    "prime": "′", "therefore": "∴", "because": "∵", "cdots": "…", "ldots": "…", "dots": "…",
    "mid": "|", "vert": "|", "Vert": "‖", "lvert": "|", "rvert": "|", "backslash": "\\",
    "hbar": "ℏ", "ell": "ℓ", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "colon": ":",
}  # fmt: skip
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim max min sup inf "
    "det gcd deg arg mod".split()
)
_LIMITS = ("lim", "max", "min", "sup", "inf")  # below which stands a condition
_STYLES = frozenset(  # commands that change how an argument looks, and not what it says
    "mathrm mathbf mathit mathsf mathtt mathcal mathbb boldsymbol bm operatorname "
    "operatorname*".split()
)
_TEXTS = frozenset("text mbox textrm textbf textit textnormal hbox".split())
_FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac"))
_WRITTEN = {
    **_GREEK,
    **_SYMBOLS,
    **{sign: sign for sign in "%$#&_{}"},
    **{name: f"{name} " for name in _FUNCTIONS},
    **dict.fromkeys((",", ";", ":", " ", "quad", "qquad"), " "),
    **dict.fromkeys(  # they change how a formula looks
        "! left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle limits nolimits "
        "rm it bf nonumber".split(),
        "",
    ),
}


class _UnreadableError(ValueError):
    """A formula has what a line cannot show."""


def write_formulas(text: str, *, markdown: bool = False) -> str:
    r"""Return a text with its formulas in the characters of a line.

    Args:
        text: The text; its line ends stay where they are.
        markdown: Whether it is Markdown: code is left alone, and the marks of emphasis in formulas
            are escaped.

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

    if not markdown:
        return _FORMULA.sub(write, text)
    pieces: list[str] = []
    start = 0
    for code in _CODE.finditer(text):
        pieces += [_FORMULA.sub(write, text[start : code.start()]), code[0]]
        start = code.end()
    return "".join([*pieces, _FORMULA.sub(write, text[start:])])


def _is_formula(code: str, match: re.Match[str]) -> bool:
    """Return whether what stands between the signs of a formula is one."""
    bare = _TEXT_COMMAND.sub("", code)
    if _NOT_IN_FORMULAS.search(bare):
        return False
    if match["inline"] is None and match["attached"] is None:
        return True
    if match["attached"] is not None and code[0].isdigit() and "\\" not in code:
        return False
    return _SIGN.search(code) is not None and not _WORDS.search(bare)


def _write(code: str) -> str | None:
    """Return the line for a formula; None if there is none."""
    try:
        line = _Reader(_TOKEN.findall(code.strip())).read_all()
    except _UnreadableError:
        return None
    return " ".join(line.split()) or None


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
        if name in _FRACTIONS:
            return write_fraction(self._read_argument(), self._read_argument(), before)
        if name == "sqrt":
            return self._read_root()
        if name in _STYLES:
            return self._read_argument()
        if name in _TEXTS:
            return self._read_text()
        raise _UnreadableError

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

    def _read_root(self) -> str:
        token = self._next()
        if token != "[":
            return write_root(
                self._read_until("}") if token == "{" else self._read_token(token, "")
            )
        degree = self._read_until("]")
        return write_root(self._read_argument(), degree)

    def _read_text(self) -> str:
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
