"""The embedded voices: Kokoro-82M through ONNX Runtime."""
