"""Where the model files of local voices come from."""
