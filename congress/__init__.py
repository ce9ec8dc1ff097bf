"""The project: wiring only. Nothing is imported: `congress.local` runs before Django is there."""
