"""What the renderers say themselves."""

WORDS = {
    "no-rows": "Nothing to show.",
    "comma": ", ",
    "columns-hidden": "Not shown at this width: {columns}. `-f csv` shows every column.",
    "faults": "Faults",  # the heading of the column in which a sender is told of them
}
