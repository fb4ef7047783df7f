"""What is timed, as a ratio against something in the same run."""
