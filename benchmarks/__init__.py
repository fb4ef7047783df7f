"""What is timed, side by side with what a user would pick instead. Run from the repository."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # the loopback services are there
