"""What the renderers say themselves."""

WORDS = {
    "no-rows": "没有可显示的记录。",
    "comma": "、",
    "columns-hidden": "本宽度下未显示的列：{columns}。用 `-f csv` 可看全部列。",
    "faults": "错误说明",  # the heading of the column in which a sender is told of them
}
