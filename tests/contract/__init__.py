"""What other programs rely on: the keys of JSON, the exit codes, the codes themselves."""
