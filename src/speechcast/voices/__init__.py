"""Read voice presets and the catalog of the online service."""
