"""What people type into scoring's screens."""
