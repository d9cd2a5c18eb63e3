"""文件或行有什么问题，怎样才行。"""

WORDS = {
    # 整个文件
    "cannot-open": "{file} 打不开（{reason}）。请核对路径；须是一个文件。",
    "not-a-table": "{file} 既不是工作簿也不是文本表格（{format}）。请另存为 xlsx 或 csv 再导入。",
    "no-table": "{file}：没有找到表头[[（{sheets}）]]。表头须在前 30 行内。",
    "no-description-column": "{file}：没有一列说明隐患是什么。表头有：{headings}。"
    "请用 --map 列名=description 指明。",
    "no-leading-column": "{file}：按“{what}”导入，须有这些列之一：{fields.code}。"
    "表头有：{headings}。请用 --map 列名={first.code} 指明。",
    "ambiguous-heading": "{file}：列“{heading}”可以是 {fields.code}。"
    "请指明：--map {heading.code}={first.code}。",
    "contested-field": "{file}：列 {headings} 都是 {field.code}。"
    "请选一列：--map {first.code}={field.code}；或略去一列：--map {second.code}=-。",
    "no-such-sheet": "{file} 没有工作表“{sheet}”。已有：{sheets}。",
    "damaged": "{file} 没能读到末尾：文件已损坏，或有意为害。未取用任何内容。"
    "请用表格软件打开并另存。",
    "harmful": "{file} 的结构不是表格软件所能写出的（{reason}）。未取用任何内容。"
    "请用表格软件打开并另存。",
    "encrypted": "{file} 设有密码。请去掉密码后另存。",
    "too-large": "{file} 需占 {found} MiB，最多读取 {limit} MiB。请拆分，或另存为 csv。",
    "too-many-rows": "{file}：工作表 {sheet} 有 {found} 行，工作簿最多读取 {limit} 行。"
    "请拆分，或另存为 csv。",
    "too-many-columns": "{file}：表格有 {found} 列，最多读取 {limit} 列。请删去无关的列。",
    "doubtful-encoding": "{file} 可能是 {one}（“{one_text}”），也可能是 {other}（“{other_text}”）。"
    "请指明：--encoding {one}，或 --encoding {other}。",
    "wrong-encoding": "{file} 不是 {encoding} 编码。请另存为 UTF-8，或用 --encoding 名称 指明。",
    "unknown-encoding": "{file} 既不是 UTF-8 也不是 GB18030。"
    "请另存为 UTF-8，或用 --encoding 名称 指明。",
    "broken-quotes": '{file} 第 {row} 行：引号（"）没有成对，或出现在不该有的地方。'
    "请改正从该行开始的记录。",
    "row-too-long": "{file} 第 {row} 行：一格或一行超过 {limit} 个字符。"
    "可能缺少分隔符或换行；请改正从该行开始的记录。",
    "broken-line": "{file} 第 {row} 行：不是 JSON 对象。请改正或删去该行。",
    "unknown-field": "没有“{field}”这一项可供对应。可选：{fields.code}。",
    # 一行
    "no-column": "表格没有 {field} 这一列。请用 --map 列名={field} 指明，或为整个文件给出一个值。",
    "missing-description": "这一行没有写隐患是什么。请补上，或删去这一行。",
    "missing-enterprise": "这一行没有单位名称。请补上，或加 --enterprise 名称。",
    "missing-found-on": "这一行没有排查时间。请写成 2022-10-05，或加 --found-on 日期。",
    "missing-reopened-on": "第二轮及以后的隐患须有重启时间。请写成 2022-10-05。",
    "not-a-day": "“{found}”不是一个日期。请写成 2022-10-05。",
    "no-such-day": "“{found}”：没有这一天。请改为正确的日期。",
    "no-year": "“{found}”没有年份。请写成 2022-10-05，或加 --year 年份。",
    "ambiguous": "“{found}”有两种读法。请写成 2022-10-05。",
    "unknown-holiday": "“{found}”：不知道该节日是哪一天。请直接写明期限日期。",
    "far-day": "“{found}”会是 {day}，相差 {years} 年以上。请改为正确的日期。",
    "in-the-future": "{day} 晚于今天 {today}。请写实际发生的日期。",
    "due-before-found": "整改期限 {day} 早于发现日期 {after}。请改正其一。",
    "rectified-before-found": "整改完成日期 {day} 早于发现日期 {after}。请改正其一。",
    "verified-before-found": "验收日期 {day} 早于发现日期 {after}。请改正其一。",
    "closed-before-found": "销号日期 {day} 早于发现日期 {after}。请改正其一。",
    "verified-before-rectified": "验收日期 {day} 早于整改完成日期 {after}。请改正其一。",
    "closed-before-rectified": "销号日期 {day} 早于整改完成日期 {after}。请改正其一。",
    "closed-before-verified": "销号日期 {day} 早于验收日期 {after}。请改正其一。",
    "lookback-before-closed": "回头看日期 {day} 早于销号日期 {after}。请改正其一。",
    "control-character": "这一格的第 {at} 个字符是控制字符。请重新输入。",
    "replacement-character": "这一格的第 {at} 个字符是 �：原字已在转换中丢失。请重新输入。",
    "surrogate": "这一格的第 {at} 个字符只有一半。请重新输入。",
    "noncharacter": "这一格的第 {at} 个字符不是文字。请重新输入。",
    "too-long": "这一格从第 {at} 个字符起超过 32,000 个字符。请缩短。",
    "unknown-state": "“{found}”不是已知的状态。请写未整改、整改中、已整改、验收合格、已销号等。",
    "contradictory-state": "“{found}”与列“{other_column}”的“{other_found}”矛盾。请改正其一。",
    "unknown-severity": "“{found}”不是已知的级别。请写一般或重大。",
    "unknown-answer": "“{found}”既不是“是”也不是“否”。请写是或否。",
    "unknown-lookback-result": "“{found}”不是回头看的结果。请写整改到位、整改不到位、反弹、虚假销号"
    "或新发现隐患。",
    "unknown-word": "“{found}”不是这一列所用的词。请写导出时所用的词，或其代码。",
    "missing-value": "这一格不能空着：台账中每一项都有。请补上。",
    "not-a-ledger-number": "“{found}”不是台账编号。请写 YH-2022-00017 之类；新增的行请留空。",
    "not-a-count": "“{found}”不是这里可用的整数。请写 1 之类的数。",
    "unknown-code": "“{found}”不是这一列可用的词：{choices}。请写其中之一。",
    "not-a-count-of": "“{found}”不是 {least} 以上的整数。请写一个整数。",
    "not-an-amount": "“{found}”不是金额。请写数字和单位，如 5000元 或 5万元。",
    "below-nothing": "“{found}”小于零。请写决定的金额。",
    "no-unit": "“{found}”可能是元，也可能是万元：没有写单位，或写了不止一种。"
    "请在列名或格内写明一种，或指明："
    "--map {column}=amount_yuan 或 {column}=amount_wan（隐患资金为 funds_yuan、funds_wan）。",
    "part-of-a-fen": "“{found}”不足一分。请写准确的金额。",
    "amount-too-large": "“{found}”大于任何可能的金额。请核对数字和单位。",
    "not-a-credit-code": "“{found}”不是统一社会信用代码：须 18 位，不含 I、O、S、V、Z。"
    "请按证照抄写，或留空。",
    "wrong-check-digit": "“{found}”：按前 17 位，末位应为 {expected}。请核对证照，或留空。",
    "missing-field": "这一行没有写{what}。请至少补上一项。",
    "day-before-day": "{what} {day} 早于{after} {after_on}。请改正其一。",
    "step-without-day": "“{other}”不能接在“{state}”之后：其后应为{missing}。"
    "请补上中间一步的日期，或删去这一日期。",
    "other-state": "“{found}”与各步日期矛盾：按日期应为“{state}”。请改正其一。",
    "no-fine": "处罚种类为{what}，既非罚款也非没收，却有 {amount} 元。"
    "请在处罚种类中补上罚款，或去掉金额。",
    "too-much-on-the-spot": "当场处罚 {amount} 元；依行政处罚法第51条最多 {most} 元。"
    "请改正金额，或改为普通程序。",
    "amount-questioned": "{amount} 元超过 {source} 的上限 {most} 元。元和万元是否弄混？"
    "如无误，请加 --confirmed。",
    "unknown-hazard": "本台账没有编号或外部编号为“{found}”的隐患。请先导入隐患，或改正编号。",
    "several-hazards": "“{found}”是多项隐患的编号：{numbers}。请写其中一项的台账编号。",
    "unknown-decision": "本台账没有文号为“{found}”的处罚决定。请先导入行政处罚，或改正文号。",
    "several-decisions": "“{found}”是多项处罚的文号：{numbers}。请写其中一项的编号。",
    "alias-taken": "“{alias}”是{name}的名称，而那是另一家企业。请从这一行去掉，或改正这一行。",
    "code-taken": "“{found}”是{name}的信用代码，而那是另一家企业。请改正代码或名称。",
    "long-number": "“{found}”是按数字输入的，已丢失位数：表格只保留 15 位。请按文本输入。",
    "too-few-cells": "这一行有 {cells} 格，表头有 {headings} 列。请补上缺少的分隔符。",
    "too-many-cells": "这一行有 {cells} 格，表头有 {headings} 列。请给含分隔符的格加引号。",
    "error-cell": "这一格是错误值 {found}。请改正公式，或直接输入值。",
    "formula-without-value": "这一格的公式没有计算过。请用表格软件打开并保存，或直接输入值。",
    # 应当知道的
    "no-industry": "{count} 行没有写行业，归入“其他”（首见第 {row} 行）。"
    "--industry 名称 可为整个文件指定。",
    "unknown-industry": "“{found}”不是已知的行业：{count} 行归入“其他”，原文保留"
    "（首见第 {row} 行）。参见 `hazardctl industries`。",
    "unknown-source": "“{found}”不是已知的来源：{count} 行没有来源，原文保留在来源说明"
    "（首见第 {row} 行）。--source 名称 可补全缺列。",
    "industry-left-out": "“{found}”不是已知的行业：{count} 行没有行业，原文只在原始行中"
    "（首见第 {row} 行）。参见 `hazardctl industries`。",
    "no-amount": "“{found}”没有写明确的金额：{count} 行没有金额，原文只在原始行中"
    "（首见第 {row} 行）。",
    "listed-by-whom": "{count} 行写挂牌“{found}”，没有写由哪一级挂牌（首见第 {row} 行）。"
    "请写省级、市级等；原文只在原始行中。",
    "closed-without-day": "{count} 行已销号但没有销号时间（首见第 {row} 行）。"
    "仍为已销号，日期不详。",
    "blank-state": "{count} 行没有写状态，按已登记计（首见第 {row} 行）。如知道请补上。",
    "rebound": "{count} 行写的是反弹（首见第 {row} 行）。"
    "按未销号计；如原隐患已在台账，请改用重启。",
    "overdue-not-yet": "{count} 行写的是逾期，而期限未过（首见第 {row} 行）。"
    "已照原样导入；请改正其一。",
    "extended-without-papers": "{count} 行写的是延期，没有写延期次数（首见第 {row} 行）。"
    "请补上延期次数，并把批准文件留作佐证。",
    "on-spot-without-day": "{count} 行是立行立改，没有写整改完成时间（首见第 {row} 行）。"
    "日期不详；请核实。",
    "traditional-text": "{count} 行有繁体字（首见第 {row} 行）。原文保留。",
    "garbled-text": "{count} 行有转换中弄乱的文字（首见第 {row} 行）。原文保留；请向报送单位索取。",
    "several-problems": "{count} 行在一格里编号列出几个问题，各按一项计（首见第 {row} 行）。"
    "--split 可一个问题一项。",
    "between-grades": "{count} 行级别为“{found}”，按一般计，原级别写入备注（首见第 {row} 行）。",
    "year-supplied": "{count} 个日期没有年份，按 {year} 年或相邻年份读取（首见第 {row} 行）。"
    "--year 年份 可另行指定。",
    "two-digit-year": "“{found}”的年份只有两位，按 20… 读取（{count} 次，首见第 {row} 行）。",
    "due-names-no-day": "“{found}”没有说明哪一天：{count} 行没有期限，原文保留"
    "（首见第 {row} 行）。",
    "day-left-out": "{count} 行在“{column}”有日期，而其状态尚未到这一步（首见第 {row} 行）。"
    "只保留在原始行中。",
    "unpublished-holidays": "{year} 年的节假日尚未公布：{count} 行的工作日按周一至周五计"
    "（首见第 {row} 行）。",
    "merged-down": "{count} 行取用了上方合并单元格的内容（首见第 {row} 行）。",
    "hidden-sheet": "这张工作表是隐藏的，也已读取。",
    "hidden-rows": "有 {count} 个隐藏行，也已读取。",
    "cell-left-out": "“{column}”有 {count} 格是错误值或未计算的公式，内容缺失（首见第 {row} 行）。"
    "该列不对应任何项目。",
    "reporter-left-out": "“{column}”写明了举报人，须保密：不收入台账，原始行中也不保留。"
    "可用 `add --reporter` 另行保管。",
    "errors-unseen": "{format} 文件中的错误值看上去是空格。另存为 xlsx 后可逐格报告。",
    "dates-from-1904": "这个工作簿从 1904 年起计日：按纯数字输入的日期不予读取。",
    "unused-map": "没有名为“{heading}”的列：该 --map 没有起作用。",
}
