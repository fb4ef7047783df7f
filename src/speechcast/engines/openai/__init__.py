"""Voices of any server with OpenAI's speech interface."""
