"""Attack the program with generated input.

    texts          strategies: text of speeches, bytes, changes to bytes
    pages          strategies: documents of which it is known what a reader sees of them
    commands       command lines, and what must hold after each
    targets        what is attacked, and what must hold for every input
    campaign       attack the targets for some minutes, on several processes
    test_targets   a few inputs for every target, as a test

`make fuzz MINUTES=10` runs a campaign; it prints its seed, and `SEED=…` repeats it.
"""
