"""Fetch the model files of local voices."""
