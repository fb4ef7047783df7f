"""Code that is common to engines that use a server."""
