"""The English words for units, currencies, abbreviations, months and signs.

The tables were written by hand for this project; spelling and words are American.
"""

from __future__ import annotations

# A currency sign: one, several, hundredths.
MONEY = {
    "$": ("dollar", "dollars", "cents"),
    "£": ("pound", "pounds", "pence"),
    "€": ("euro", "euros", "cents"),
    "¥": ("yen", "yen", "sen"),
}
# Letters before a currency sign: US$.
COUNTRIES = {
    "US": "U.S. ",
    "HK": "Hong Kong ",
    "A": "Australian ",
    "C": "Canadian ",
    "NT": "Taiwan ",
}
# Letters after an amount: $5m.
MAGNITUDES = {"k": "thousand", "m": "million", "mn": "million", "b": "billion", "bn": "billion"}
# Units after a number, longer spellings before shorter ones that they begin with.
MEASURES = {
    "km/h": "kilometers per hour",
    "kph": "kilometers per hour",
    "mph": "miles per hour",
    "m/s": "meters per second",
    "kWh": "kilowatt hours",
    "km": "kilometers",
    "cm": "centimeters",
    "mm": "millimeters",
    "kg": "kilograms",
    "mg": "milligrams",
    "kW": "kilowatts",
    "MW": "megawatts",
    "GW": "gigawatts",
    "GHz": "gigahertz",
    "MHz": "megahertz",
    "Hz": "hertz",
    "TB": "terabytes",
    "GB": "gigabytes",
    "MB": "megabytes",
    "lbs": "pounds",
    "lb": "pounds",
    "oz": "ounces",
    "ft": "feet",
    "mi": "miles",
    "ml": "milliliters",
    "mL": "milliliters",
    "m": "meters",
    "g": "grams",
    "L": "liters",
}
# The letter or sign at the end of a temperature.
SCALES = {**dict.fromkeys("C℃", " Celsius"), **dict.fromkeys("F℉", " Fahrenheit")}
# Abbreviations that a full stop may follow.
ABBREVIATIONS = {
    "Mr": "Mister",
    "Mrs": "Mrs",
    "Ms": "Miz",
    "Dr": "Doctor",
    "Prof": "Professor",
    "Sen": "Senator",
    "Gov": "Governor",
    "Gen": "General",
    "Rep": "Representative",
    "Rev": "Reverend",
    "Hon": "Honorable",
    "Capt": "Captain",
    "Lt": "Lieutenant",
    "Col": "Colonel",
    "Sgt": "Sergeant",
    "Jr": "Junior",
    "Sr": "Senior",
    "Inc": "Incorporated",
    "Ltd": "Limited",
    "Corp": "Corporation",
    "Bros": "Brothers",
    "Dept": "Department",
    "approx": "approximately",
    "vs": "versus",
    "etc": "et cetera",
}
MONTHS = {
    "Jan": "January",
    "Feb": "February",
    "Mar": "March",
    "Apr": "April",
    "May": "May",
    "Jun": "June",
    "Jul": "July",
    "Aug": "August",
    "Sep": "September",
    "Sept": "September",
    "Oct": "October",
    "Nov": "November",
    "Dec": "December",
}
# Signs by themselves, each as said between other words.
SIGNS = {
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
    "$": "dollars",
    "£": "pounds",
    "€": "euros",
    "¥": "yen",
    "¢": "cents",
    "℃": "degrees Celsius",
    "℉": "degrees Fahrenheit",
    "≠": "is not",
    "∞": "infinity",
    "№": "number",
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
