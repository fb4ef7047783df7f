"""What a sound file says of itself."""
