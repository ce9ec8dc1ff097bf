"""Reads that more than one screen needs."""
