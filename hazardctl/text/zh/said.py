"""结果之外说的话：变更后的一行、询问、计数和提醒。"""

WORDS = {
    "registered-as-it-comes": "{name}原未登记，现登记为 {number}。",
    "drawn": "从 {population} 项中抽取 {count} 项；--seed {seed} 可再抽得同样结果。",
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
    "upgraded": "台账 {path} 已升级到本程序的版本；升级前的样子另存为 {copy}。",
    "set": "{name} = {value}",
    "backed-up": "{path}：流水 {n} 条，末条 {head}，佐证文件 {evidence} 个，{size} 字节；"
    "台账 {ledger_id}。已回读核对，完整。",
    "copied": "{path}：流水 {n} 条，本次新增 {came} 条，末条 {head}，佐证文件 {evidence} 个；"
    "台账 {ledger_id}。与原台账的摘要一致。",
    "copy-interrupted": "已中断。复制到 {path} 尚未完成；再次运行同一条命令即可接着复制。",
    "restored": "{path}：流水 {n} 条，末条 {head}，佐证文件 {evidence} 个；台账 {ledger_id}。",
    "restored-older": "恢复的台账比原有的旧，少 {events} 条流水。",
    "kept-before": "原有台账（{what}）保留在：{path}",
    "proven": "没有问题。流水 {events} 条，隐患 {hazards} 项（已销号 {closed}，未销号 {open}），"
    "佐证文件 {evidence} 个；提示 {remarks} 条。",
    "at-fault": "{faults} 处问题。流水 {events} 条，隐患 {hazards} 项"
    "（已销号 {closed}，未销号 {open}），佐证文件 {evidence} 个；提示 {remarks} 条。",
    "more-faults": "……另有 {count} 处，-f json 全部列出。",
    "and-more": "另有 {count} 个",
    "imported": "{file}：{rows} 行：导入 {imported}，已有 {duplicates}（其中有变化 {changed}），"
    "无隐患 {not_hazards}，退回 {rejected}；另跳过 {skipped} 行。",
    "imported-records": "{file}：{rows} 行：导入 {imported}，已有 {duplicates}"
    "（其中内容不同 {changed}，补全 {completed}），退回 {rejected}；另跳过 {skipped} 行。",
    "would-import-records": "{file}：{rows} 行：可导入 {acceptable}，已有 {duplicates}"
    "（其中内容不同 {changed}，可补全 {completed}），退回 {rejected}；另跳过 {skipped} 行。"
    "未保存任何内容。",
    "field-changed-in-file": "{file} 第 {row} 行：{field}在{number}为“{ledger}”，此处为“{stated}”，"
    "未改动。",
    "field-changed-since": "{file} 第 {row} 行：{number} 的{field}在台账中为“{ledger}”，"
    "文件中为“{stated}”，未改动。",
    "more-changes": "{file}：另有 {count} 处内容不同，`-f json` 可列出全部。",
    "enterprises-registered": "{file}：{count} 家企业原未登记，现已登记：{names}。",
    "would-register": "{file}：{count} 家企业尚未登记，导入时将登记：{names}。",
    "near-duplicate": "{file} 第 {row} 行：可能与 {known}（{found_on}）是同一隐患："
    "{description}。两者都保留；确认重复可用 `hazardctl void --duplicate-of`。",
    "recurrence": "{file} 第 {row} 行：可能是已销号的 {known}（{found_on}）再次出现："
    "{description}。",
    "row": "[[{file} ]]第 {row} 行",
    "more-candidates": "{file}：另有 {count} 行与已知隐患相似，`-f json` 可列出全部。",
    "renumbered": "{file} 第 {row} 行：编号 {stated} 不能沿用，现为 {number}。",
    "mapping-saved": "已保存：此类文件可用 --mapping {name} 读取。",
    "columns-read": "{file}：列的对应：{columns}。",
    "too-large-to-come-back": "{count} 项隐患，多于 `import` 能从工作簿读入的 {limit} 项。"
    "要再导入，请导出 csv。",
    "rows-so-far": "已读 {count} 行，每秒 {rate} 行",
    "refused": "{file}：整个文件未导入：{problems} 处问题。",
    "would-import": "{file}：{rows} 行：可导入 {acceptable}，已有 {duplicates}"
    "（其中有变化 {changed}），无隐患 {not_hazards}，退回 {rejected}；另跳过 {skipped} 行。"
    "未保存任何内容。",
    "unmapped": "{file}：以下列未能识别，随原始行保留：{columns}。",
    "more-problems": "……另有 {count} 处问题，-f json 可全部列出。",
    "changed-in-file": "{file} 第 {row} 行：同一项在{number}为“{ledger}”，"
    "此处为“{stated}”，未改动。",
    "changed-since": "{file} 第 {row} 行：{number} 在台账中为“{ledger}”，"
    "文件中为“{stated}”，未改动。",
    "evidence-saved": "{name}：{path}",
    "evidence-proven": "佐证文件 {files} 个：完好 {intact} 个，有问题 {faults} 个。",
    "given-back": "{file} 的问题已标注：{path}",
    "lost-in-copy": "{file}：原表的图片、控件或宏不在标注的副本里。",
    "not-given-back": "{file}：无法写出标注问题的副本；问题以本结果为准。",
    "left-blank": "{file}：以下各列没有可填的内容，留空：{columns}。",
    "no-such-column": "{file}：没有名为“{heading}”的列，该 --map 没有起作用。",
    "pictures-lost": "{file}：模板中的图片、图形和图表未能保留。",
    "place": "{file} {sheet} 第 {row} 行 {column}：{sentence}",
    "warning": "{file}：{sentence}",
}
