"""What the renderers say themselves."""

WORDS = {
    "no-rows": "Nothing to show.",
    "comma": ", ",
    "columns-hidden": "Not shown at this width: {columns}. `-f csv` shows every column.",
}
