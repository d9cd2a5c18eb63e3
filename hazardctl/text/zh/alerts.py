"""预警的说法：每条预警的一句话，以及清单的表头。"""

WORDS = {
    "sentences": {
        "overdue": "整改期限 {limit_on}，已逾期 {days} 天。",
        "due-soon": "整改期限 {limit_on}，还剩 {left} 天。",
        "no-progress": "自 {since} 起无任何进展；至少每 {limit} 天一报。",
        "extension-undecided": "{since} 申请的延期未批复；时限 {limit} 个工作日，至 {limit_on}。",
        "verification-late": "{since} 申请销号，未验收；时限 {limit} 天，至 {limit_on}。",
        "sign-off-stale": "{since} 验收合格，未销号；时限 {limit} 天，至 {limit_on}。",
        "lookback-due": "重大隐患 {since} 销号，未回头看；时限 {limit} 天，至 {limit_on}。",
        "referral-unapproved": "{since} 提出移送，负责人未决定；时限 {limit} 日，至 {limit_on}。",
        "referral-unsent": "{since} 批准移送，未送出；时限 24 小时，至 {limit_on}。",
        "referral-undecided": "公安机关 {since} 受理，未作立案与否的决定；"
        "时限 {limit} 日，至 {limit_on}。",
        "case-undecided": "{since} 立案，未作处罚决定；时限 {limit} 日，至 {limit_on}。",
        "case-late": "{since} 立案，时限 {limit} 日，至 {limit_on}；决定晚了 {days} 天。",
        "fine-unpaid": "{since} 决定罚款，未缴纳；时限 {limit} 日，至 {limit_on}。",
        "art-113": "存在重大隐患未销号；180 日内受罚 {counts[0]} 次，一年内 {counts[1]} 次。"
        "应提请关闭。",
        "silent-unit": "{limit} 天内被查出隐患 {counts[0]} 项，本单位零报告。",
    },
    "columns": {
        "subject": "编号",
        "alert": "预警",
        "days": "超期天数",
        "limit_on": "时限",
        "text": "情况",
        "enterprise": "单位",
        "responsible": "应办人",
        "industry": "行业",
        "district": "属地",
        "since": "起算日",
        "limit": "限额",
        "rule": "规则",
        "source": "出处",
    },
    "of": "{alert}：{count}",
    "none": "截至 {day} 无预警。",
    "count": "截至 {day} 预警：{count} 条。",
}
