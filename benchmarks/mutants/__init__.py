"""Measure how many small faults in the code the tests of a module notice.

    make mutants SEED=1 N=40 MODULES=timeline,subtitles/segment

A *mutant* is a module with one operator, number or condition changed. Each runs against the tests
of its module alone (`modules.py`), in a copy of the tree. It is *caught* if a test fails or the
tests do not end; if it *lived*, its difference is printed to be read: either the change makes no
difference to anyone, or a test is missing.
"""
