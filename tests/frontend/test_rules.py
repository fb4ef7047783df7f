"""The first rule that matches applies, and may look at what stands before."""

from __future__ import annotations

import re

import pytest

from speechcast.frontend.rules import make_rule, match_first


def test_the_first_rule_that_matches_applies() -> None:
    rules = [
        make_rule(r"(\d)%", lambda m: f"{m[1]} percent"),
        make_rule(r"\d", "digit"),
        make_rule(r".", "sign"),
    ]
    assert match_first(rules, "5%", 0) == (2, "5 percent")
    assert match_first(rules, "5$", 0) == (1, "digit")
    assert match_first(rules, "٣", 0) == (1, "sign")  # no ASCII digit
    assert match_first(rules, "5", 1) is None


def test_a_rule_that_matches_no_character_is_passed_over() -> None:
    rules = [make_rule("I*", "roman"), make_rule(".", "sign")]
    assert match_first(rules, "II", 0) == (2, "roman")
    assert match_first(rules, "5", 0) == (1, "sign")
    assert match_first(rules[:1], "5", 0) is None


def test_what_stands_before_must_end_there() -> None:
    rules = [make_rule("%", "percent", before=r"[0-9]\s?")]
    assert match_first(rules, "5 %", 2) == (1, "percent")
    assert match_first(rules, "5 x%", 3) is None
    assert match_first(rules, "%", 0) is None


def test_a_rule_looks_at_twenty_four_characters_before() -> None:
    rules = [make_rule("%", "percent", before="a.*")]
    assert match_first(rules, "a" + "b" * 23 + "%", 24) == (1, "percent")
    assert match_first(rules, "a" + "b" * 24 + "%", 25) is None


def test_a_rule_is_compiled_when_it_is_first_needed() -> None:
    rules = [make_rule("%", "percent"), make_rule("[", "not even an expression")]
    assert match_first(rules, "%", 0) == (1, "percent")
    with pytest.raises(re.error):
        match_first(rules, "$", 0)
