"""Voices of a server with OpenAI's speech interface."""
