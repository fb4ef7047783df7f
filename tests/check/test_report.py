"""The report, for a person and for a program."""

from __future__ import annotations

from speechcast.check.report import CheckReport, Finding

DRIFT = Finding("drift", "they come later")
GAPS = [Finding("gap", "narrow", position=3_723_004, cue=n, note=True) for n in range(1, 11)]
CUTS = [Finding("word cut", "cut", cue=n) for n in (2, 3)]


def test_a_finding_in_words() -> None:
    assert str(DRIFT) == "drift: they come later"
    assert str(GAPS[0]) == "gap: cue 1, 01:02:03.004: narrow"
    assert str(Finding("order", "odd", position=0)) == "order: 00:00:00.000: odd"


def test_the_verdict_counts_faults_by_kind_and_no_notes() -> None:
    assert CheckReport({}, tuple(GAPS)).verdict == "in sync and complete"
    spoilt = CheckReport({}, (*CUTS, DRIFT, *GAPS))
    assert spoilt.verdict == "not fit to deliver: word cut (2), drift (1)"
    assert spoilt.failures == [*CUTS, DRIFT]


def test_the_report_line_by_line() -> None:
    report = CheckReport({"cues": 3, "worst": None, "drift": 1.25}, (DRIFT, *GAPS))
    lines = list(report.lines())
    assert lines[:4] == [
        "cues" + " " * 38 + "3",
        "worst" + " " * 37 + "-",
        "drift" + " " * 37 + "1.25",
        "drift: they come later",
    ]
    assert lines[4:12] == [f"note: {finding}" for finding in GAPS[:8]]
    assert lines[12:] == ["gap: and 2 more", "not fit to deliver: drift (1)"]
    assert "gap: and 2 more" not in list(CheckReport({}, tuple(GAPS)).lines(most=10))
    assert len(list(CheckReport({}, tuple(GAPS)).lines(most=2))) == 4
    assert len(list(CheckReport({}, tuple(GAPS[:8])).lines())) == 9


def test_the_report_for_a_program() -> None:
    record = CheckReport({"cues": 3}, (DRIFT, GAPS[0])).as_dict()
    assert record == {
        "verdict": "not fit to deliver: drift (1)",
        "ok": False,
        "figures": {"cues": 3},
        "findings": [
            {"kind": "drift", "message": "they come later", "at": None, "cue": None, "note": False},
            {"kind": "gap", "message": "narrow", "at": 3_723_004, "cue": 1, "note": True},
        ],
    }
    assert CheckReport({}, (GAPS[0],)).as_dict()["ok"] is True


def test_a_finding_is_one_line_and_moves_no_cursor() -> None:
    """It quotes a file that somebody else may have written."""
    quoted = Finding("cue without sound", "“甲\n乙\x1b[2J\u202e丙” is not heard", position=0, cue=1)
    assert str(quoted) == (
        "cue without sound: cue 1, 00:00:00.000: “甲 乙\N{REPLACEMENT CHARACTER}[2J"
        "\N{REPLACEMENT CHARACTER}丙” is not heard"
    )
    assert CheckReport({}, (quoted,)).as_dict()["findings"][0]["message"] == quoted.message
