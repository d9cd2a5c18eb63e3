"""The tests, one room of them for each room of the program."""
