"""What engines that talk to a server share."""
