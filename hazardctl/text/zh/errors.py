"""拒绝时说的话：是什么、事实如何、怎么办。"""

WORDS = {
    # 命令行
    "unknown-format": "这里没有“{format}”格式。可选：{formats}。",
    "not-text": "{name}：这段文字不能录入（第 {at} 个字符：{reason}）。请重新输入。",
    "unknown-industry": "没有叫“{text}”的行业。[[相近的有：{suggestions}。]]"
    "全部行业见 `hazardctl industries`。",
    "unread-day": "“{text}”不是一个日期（{reason}）。请写成 2022-10-05 或 2022年10月5日。",
    "missing-options": "还需要：{options}。",
    "blank-text": "{option} 是空的。请写明内容。",
    "no-due-day": "“{text}”没有说明哪一天。请给出日期，或天数（如 7d、7天）。",
    "unknown-language": "没有“{language}”这种语言。可选：{languages}。",
    "unreadable-settings": "个人设置 {path} 无法读取：{reason}。请改正或删除该文件。",
    "unknown-setting": "没有“{name}”这项设置。可选：{names}。",
    "bad-setting": "{name} 不能是“{value}”：{wanted}。",
    "nobody-acts": "没有说明由谁经办。请加 --as 姓名，或设置 HAZARDCTL_ACTOR，"
    "或 `hazardctl config set as 姓名`。",
    "not-one-name": "“{name}”不是一个人的姓名。请只写一个人。",
    "not-one-of": "{option} 不能是“{given}”。可选：{words}。",
    "not-a-number-of": "{option} 不能是“{given}”。请给出 {least} 到 {most} 的整数。",
    "unsupported-ledger": "不支持 {scheme}:// 的台账。请给出文件路径、sqlite:///路径"
    "或 postgresql://用户@主机/数据库。",
    "unread-url": "{url} 没有指明数据库：{reason}。请写成 postgresql://用户@主机/数据库。",
    "not-on-a-server": "`{command}` 处理的是台账文件，而本台账在服务器上。未作任何改动。"
    "请改用一个空的数据库。",
    "login-refused": "{path}：服务器拒绝登录：{reason}。未保存任何内容。"
    "请核对网址中的用户名，以及 PGPASSWORD 变量或密码文件中的密码。",
    "no-database": "{path}：服务器上没有这个数据库：{reason}。未保存任何内容。"
    "请核对库名，或先建库：createdb。",
    "not-permitted": "{path}：没有权限：{reason}。未保存任何内容。"
    "请联系台账所有者；`hazardctl init --roles` 可打印所需角色的 SQL。",
    "half-copied": "{path} 处是一份尚未复制完的台账。"
    "再次运行同一条 `hazardctl copy` 或 `restore` 即可接着复制。",
    "copy-stopped": "复制到 {path} 中断：{reason}。已复制的部分保留，但不会被当作台账；"
    "原台账未变。再次运行同一条 `hazardctl copy` 即可接着复制。",
    "copy-differs": "{path} 处的内容与原台账有 {faults} 处不符。请勿使用，并复制到另一处。",
    "occupied-target": "{path} 处已有{what}。未作任何改动。请改用空的数据库或新的文件。",
    "postgres-not-installed": "服务器上的台账需要一个尚未安装的组件。"
    "请安装：pip install '{package}'。",
    "password-in-url": "{url}：密码不应写在网址里，别人可能看到。"
    "请放在 PGPASSWORD 环境变量或密码文件中。",
    "cannot-write": "结果无法写到 {path}：{reason}。没有改动任何内容。",
    "no-terminal-format": "{format} 不能显示在终端。请加 -o 文件。",
    "nothing-corrected": "{number}：没有说明更正什么。可更正的项目见 `hazardctl edit --help`。",
    "not-a-number": "“{number}”不是本台账的编号。请写 YH-2022-00017 或其末尾，如 17。",
    "ambiguous-number": "“{number}”对应多项隐患：{fits}。请写上年份。",
    "evidence-refused": "{path} 不能作为佐证保存：{reason}。未保存任何内容。",
    "not-evidence": "“{text}”既不是 SHA-256（至少 8 位十六进制数字），也不是隐患编号。"
    "两者都可用 `hazardctl evidence list` 查看。",
    "ambiguous-evidence": "“{sha256}”是多个散列值的开头：{fits}。请多给几位。",
    "folder-needed": "{number} 有多个佐证文件：{fits}。"
    "请给出其中一个的散列值，或用 -o 给出文件夹。",
    "signing-not-installed": "签名所需的组件尚未安装。请安装：pip install '{package}'。"
    "不安装也可签名：ssh-keygen -Y sign -n hazardctl-digest -f 密钥 文件。",
    "unusable-key": "{path} 不能在此签名：{reason}。"
    "请用 ssh-keygen -Y sign -n hazardctl-digest -f 密钥 文件 签名，"
    "或给出没有口令的 Ed25519 密钥（ssh-keygen -t ed25519）。",
    "bad-signature": "签名不可信：{reason}。请向签名人重新索取摘要及其签名。",
    # 没有
    "unknown-number": "台账中没有隐患 {number}。`hazardctl list` 可查看已有的。",
    "period-ends-first": "时段止于 {until}，早于起始日 {since}。"
    "请按先后给出 --since 与 --until，且不晚于 --as-of。",
    "no-such-row": "报表中没有 {row} 这一行；已有：{rows}。",
    "no-such-mapping": "没有名为 {name} 的列对应；已保存的有：{names}。"
    "`hazardctl import 文件 --save-mapping 名称` 可保存。",
    "unknown-evidence": "台账中没有佐证文件 {sha256}。`hazardctl evidence list` 可查看已有的。",
    "no-evidence": "{number} 没有佐证文件。",
    # 规则
    "wrong-state": "{number} 现为“{state}”，不能{action}。[[现在可用的命令：{possible}。]]",
    "future-day": "[[{number}：]]{what}：{on} 晚于今天 {today}。请给出实际发生的日期。",
    "out-of-order": "{number}：{what}日期 {on} 早于{after}日期 {after_on}。"
    "请核对日期；--on 给出该步骤的日期。",
    "due-before-found": "[[{number}：]]整改期限 {due_on} 早于发现日期 {found_on}。"
    "请给出更晚的期限。",
    "due-is-set": "{number} 的整改期限已定为 {due_on}，不能改为 {given}。"
    "期限只能通过 `hazardctl extend request {number}` 延后。",
    "case-leader-needed": "{number} 需要包案领导。请加 --case-leader 姓名。",
    "assurances-missing": "{number} 是重大隐患，五落实缺一不可。还缺：--assure {missing}",
    "not-accepted": "{number} 是重大隐患，尚未签收。"
    "请先：hazardctl accept {number} --assure responsibility=… 等五项。",
    "evidence-needed": "{number} 是重大隐患，申请销号须有佐证。请加 --evidence 文件。",
    "same-person": "{number}：{name}不能{part}，因为{name}就是{other}。须由他人办理。",
    "two-verifiers-needed": "{number} 是重大隐患，须由两人验收，现有：{named}。"
    "请用两次 --verified-by。",
    "extension-pending": "{number}：延期至 {due_on} 的申请尚未答复。"
    "请先：hazardctl extend approve {number}，或 extend refuse。",
    "no-extension-pending": "{number}：没有待答复的延期申请。"
    "`hazardctl extend request {number}` 可提出申请。",
    "extension-not-later": "{number} 的整改期限是 {due_on}，{given} 并不更晚。请给出更晚的日期。",
    "too-many-extensions": "{number} 本轮已延期 {granted} 次，台账只允许 {allowed} 次。"
    "请抓紧整改，或按程序修改规则（`hazardctl config set extensions 次数`）。",
    "stop-order-stands": "{number}：停产停业决定“{order}”仍然有效。"
    '批准恢复后：hazardctl edit {number} --stop-order ""。',
    "steps-missing": "{number} 还不能销号（{state}）。"
    "[[请先{first}：hazardctl {first.code} {number}。]]"
    "[[还需要：{missing}。]]",
    "already-recorded": "{number}：{option} 已记为“{recorded}”，与“{given}”不符。"
    "请去掉该选项，或先退回该隐患。",
    "was-submitted": "{number} 曾申请销号，不能作废。请销号，或移送。",
    "nothing-to-reopen": "{number}：回头看结果为“{result}”，不构成重启理由。请去掉 --reopen。",
    "grade-settled": "{number} 现为“{state}”，级别已定。请先退回。",
    "basis-needed": "{number}：改变级别须有依据。请加 --basis 内容。",
    "ledger-exists": "{path} 已有台账。请直接使用，或另选路径。",
    "ledger-in-the-way": "{path} 处已有{what}[[（相差 {events} 条流水）]]。没有改动任何内容。"
    "加 --replace 可由备份取代，原有台账保留在旁边。",
    # 台账
    "no-ledger": "{path} 没有台账。`hazardctl init` 可建账；第一次 `add` 或 `import` 也会建账。",
    "not-begun": "{path} 里没有台账。`hazardctl init` 可建账。",
    "overtaken": "{path} 为另一项改动撤销了这一项。未保存任何内容，请重试。",
    "not-a-ledger": "{path} 不是台账，而是：{what}。没有改动任何内容。请给出台账的路径。",
    "newer-ledger": "{path} 是第 {version} 版台账，本程序只认识到第 {known} 版。请升级 hazardctl。",
    "no-folder": "{path}：文件夹 {folder} 不存在。请先建立。",
    "unreachable": "{path} 无法使用：{reason}。未保存任何内容。",
    "unsettled": "{path} 在保存时出错：{reason}。是否已保存尚不清楚。",
    "busy": "{path} 被另一席位占用了 {seconds} 秒。未保存任何内容，请重试。",
    "damaged": "{path} 已损坏：{reason}。未保存任何内容。请恢复备份。",
    "evidence-damaged": "{number}：佐证 {name}（{sha256}）不可信：{reason}。未写出任何内容。"
    "请从备份中恢复。",
    "cannot-keep": "数据库没有按要求保存（{kept}）。未保存任何内容。",
    "saved-unsaid": "已保存：{numbers}。但结果无法写出（{reason}）。"
    "[[用 --request-id {request} 重发同一命令即可再次得到结果，不会重复记账。]]",
    "ledger-at-fault": "台账有 {faults} 处问题，未据此生成任何文件。`hazardctl check` 逐一列出。",
    "not-a-digest": "{file} 不是台账摘要（{reason}）。",
    "not-a-backup": "{file} 不是可以恢复的备份：{reason}。没有改动任何内容。请换一个备份。",
    "backup-at-fault": "备份 {file} 中的台账有 {faults} 处问题。没有改动任何内容。请换一个备份。",
    "file-in-the-way": "{path} 已存在，备份不覆盖任何文件。请另取名字。",
    "workbook-needed": "{option} 写出的是工作簿，{path} 不是工作簿的名字。请用 .xlsx 结尾的名字。",
    "folder-for-several": "{option}：多个文件要写到文件夹里，{path} 不是文件夹。"
    "请给出已有的文件夹，各文件的副本按原名存入。",
    "over-itself": "{option}：{path} 是本命令的另一个文件，会被覆盖。请另取名字。",
    "file-needed": "{option} 要与文件放在一起。请加 -o 文件名。",
    "interrupted": "已中断，未保存任何内容。",
    "outcome-unknown": "是否已保存尚不清楚（{reason}）。"
    "用 --request-id {request} 重发同一命令即可得知，不会重复记账。",
    "nothing-to-repeat": "`{command}` 不改动台账，--request-id 在此没有意义。",
    "request-reused": "请求编号 {request} 之前已用于别的内容。请换一个 --request-id。",
    "older-ledger": "台账 {path} 的结构版本为 {version}，本程序写入的是 {known}。"
    "下一次改动时会升级。",
    "unusable-template": "{file} 不能作为模板填写：{reason}。请用表格软件打开，另存为 xlsx。",
    "cannot-export": "第 {row} 行无法原样导出：{reason}。请换一种格式。",
    "days-in-disorder": "[[{number}：]]{what} {on} 早于{after} {after_on}。请核对这两个日期。",
    "step-in-disorder": "[[{number} ]]现为{state}，不能到“{other}”。[[可办理：{possible}。]]",
    "no-fine": "[[{number}：]]处罚种类（{kinds}）不含罚款或没收，却有金额 {amount} 元。"
    "请加 --kind 罚款，或去掉金额。",
    "too-much-on-the-spot": "[[{number}：]]当场处罚 {amount} 元超过上限 {most} 元"
    "（行政处罚法第五十一条）。请走普通程序，或更正金额。",
    "amount-questioned": "[[{number}：]]{amount} 元超过 {source} 的上限 {most} 元。"
    "元和万元是否混淆？如确无误，请加 --confirmed。",
    "already-registered": "{name}已登记，编号 {number}。请直接使用或用 edit 更正。",
    "wrong-credit-code": "{code} 不是统一社会信用代码：{reason}。[[末位应为 {expected}。]]"
    "请对照营业执照核对。",
    "not-together": "{option} 不能与 {others} 同用。请去掉其一。",
    "not-a-share": "“{text}”没有说明抽多少。写成 10% 这样的比例，或 30 这样的数目。",
    "unread-amount": "“{text}”不是金额：{reason}。请写成 5000元 或 5万元。",
    "unknown-record": "没有{what} {number}。`hazardctl {what.code} list` 可列出已有的。",
    "unfit-option": "{options} 与 --kind {kind} 无关。请去掉。",
    "unfit-filter": "{form} 不能按 {filters} 筛选，可用 {fits}。",
    "part-of-itself": "{parent}就是{name}或其子行动，请另指 --parent。",
    "says-the-same": "与 {number} 相同（按 {by} 判断）。若确是另一条，请用其中一项加以区分；"
    "否则请使用或更正该条。",
}
