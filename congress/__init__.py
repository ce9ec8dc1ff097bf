"""The project: wiring only. Nothing is imported here, so that `congress.local` runs before Django."""
