"""What screens, papers and verbs read: one module for each subject."""
