"""Trials of `speechcast align` on random recordings whose truth is known to the sample."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does, before numpy is loaded
