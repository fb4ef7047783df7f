"""Rewrite the model so that it is faster and sounds better; needs `onnx`."""
