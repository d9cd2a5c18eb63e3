"""`python -m hazardctl`."""

from hazardctl.cli.main import main

main()
