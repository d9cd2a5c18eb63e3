"""结果之外说的话：变更后的一行、询问、计数和提醒。"""

WORDS = {
    "ask": "{option}：",
    "due_left": "期限 {day}（还有 {days} 天）",
    "due_today": "期限 {day}（今天）",
    "due_late": "期限 {day}（逾期 {days} 天）",
    "next_is": "下一步：{command}",
    "next": {
        "registered": "hazardctl assign {number} --due … --responsible-person …",
        "assigned": "hazardctl submit {number} --measures …",
        "accept": "hazardctl accept {number} --assure responsibility=… …",
        "rectifying": "hazardctl submit {number} --measures …",
        "submitted": "hazardctl verify {number} --verified-by …",
        "verified": "hazardctl close {number}",
        "closed": "hazardctl lookback {number} --result … --inspector …",
        "transferred": "hazardctl transfer {number} --take-back",
    },
    "major-without-basis": "{number}：重大隐患没有判定依据。"
    "请补记：hazardctl edit {number} --basis 内容",
    "looks-the-same": "{number} 与 {others} 内容相同。如系重复："
    "hazardctl void {number} --reason … --duplicate-of …",
    "ledger-begun": "已建账：{path}（编号 {prefix}-年份-00001）",
    "set": "{name} = {value}",
    "imported": "{file}：{rows} 行：导入 {imported}，已有 {duplicates}（其中有变化 {changed}），"
    "无隐患 {not_hazards}，退回 {rejected}；另跳过 {skipped} 行。",
    "refused": "{file}：整个文件未导入：{problems} 处问题。",
    "would-import": "{file}：{rows} 行：可导入 {acceptable}，已有 {duplicates}"
    "（其中有变化 {changed}），无隐患 {not_hazards}，退回 {rejected}；另跳过 {skipped} 行。"
    "未保存任何内容。",
    "unmapped": "{file}：以下列未能识别，随原始行保留：{columns}。",
    "more-problems": "……另有 {count} 处问题，-f json 可全部列出。",
    "changed-since": "{file} 第 {row} 行：{number} 在台账中为“{ledger}”，"
    "文件中为“{stated}”，未改动。",
    "place": "{file} {sheet} 第 {row} 行 {column}：{sentence}",
    "warning": "{file}：{sentence}",
}
