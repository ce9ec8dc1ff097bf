"""The checkout on a desk: packages, Python environment, private servers, `make run`.

Standard library only: all of this runs before anything is installed.
"""
