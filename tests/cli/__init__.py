"""Whole command lines: exit status, what is printed, what is said beside it, what is kept."""
