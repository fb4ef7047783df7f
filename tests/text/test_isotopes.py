"""Isotopes: mass numbers before symbols and compounds, and what only looks like one."""

from __future__ import annotations

import pytest

from speechcast.text.isotopes import ends_with_element, is_isotope


@pytest.mark.parametrize(
    ("figures", "after", "expected"),
    [
        ("14", "C", True),
        ("9", "C", True),  # one and a half to three times the atomic number
        ("8", "C", False),
        ("18", "C", True),
        ("19", "C", False),
        ("3", "H₂O", True),
        ("4", "H₂O", False),
        ("0", "H", False),
        ("14", "CO₂测定", True),
        ("13", "C6H12O6", True),
        ("235", "₉₂U", True),
        ("235", "₉₁U", False),
        ("22", "NaI", True),
        ("99m", "Tc", True),
        ("131/137", "Cs", True),
        ("1,137", "Cs", False),
        ("14", "CO", True),
        ("14", "CPU", False),
        ("14", "c", False),
        ("14", "", False),
        ("16", "O型", False),
        ("16", "O水", True),
        ("3", "H7N9", False),
        ("12", "C2C", False),
        ("12", "C2H", True),
        ("12", "C100", False),
    ],
)
def test_is_isotope(figures: str, after: str, expected: bool) -> None:
    assert is_isotope(figures, after) is expected


@pytest.mark.parametrize(
    ("before", "figures", "expected"),
    [
        ("碘", "131", True),
        ("碘", "132", False),
        ("Sr", "90", True),
        ("U", "235", True),
        ("I", "53", False),
        ("C", "14", True),
        ("C", "13", False),
        ("AU", "235", False),
        ("Co", "6", False),
        ("Co", "6x", False),
        ("", "14", False),
    ],
)
def test_ends_with_element(before: str, figures: str, expected: bool) -> None:
    assert ends_with_element(before, figures) is expected
