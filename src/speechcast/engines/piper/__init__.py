"""Synthesize with a user's own Piper voice, in any language that Piper has."""
