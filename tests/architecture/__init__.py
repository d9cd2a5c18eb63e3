"""The house: which room may know which, what is loaded when, and habits that a machine can see."""
