"""What engines that ask a server share."""
