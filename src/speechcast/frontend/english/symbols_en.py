"""The English words for signs.

The table was written by hand for this project; the words are American.
"""

from __future__ import annotations

from . import money_en

# Signs by themselves, each as said between other words.
SIGNS = money_en.SIGNS | {
    "&": "and",
    "+": "plus",
    "=": "equals",
    "@": "at",
    "%": "percent",
    "#": "number",
    "×": "times",
    "÷": "divided by",
    "<": "less than",
    ">": "greater than",
    "≤": "at most",
    "≥": "at least",
    "±": "plus or minus",
    "≈": "about",
    "°": "degrees",
    "§": "section",
    "¶": "paragraph",
    "~": "about",
    "℃": "degrees Celsius",
    "℉": "degrees Fahrenheit",
    "≠": "is not",
    "∞": "infinity",
    "№": "number",
    "©": "copyright",
    "＆": "and",
    "＋": "plus",
    "→": "to",
    "⇒": "implies",
    "∑": "the sum of",
    "∫": "the integral of",
    "∠": "angle",
    "∵": "because",
    "∴": "therefore",
    "∈": "in",
    "⊥": "perpendicular to",
    "‰": "per mille",
}

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "kai", "ψ": "psi", "ω": "omega",
}  # fmt: skip
"""Greek letter → its name, as espeak-ng reads it right."""
