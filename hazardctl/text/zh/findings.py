"""What a proof of the ledger says of each fault and of each suspicion."""

WORDS = {
    # pages and schema
    "pages-damaged": "数据库报告：{said}",
    "unreadable": "无法读完：{reason}",
    "schema-missing": "库结构中缺少 {name}",
    "schema-added": "{name} 不属于库结构",
    "schema-altered": "{name} 与本版库结构不符",
    # the chain
    "event-altered": "这条流水与当初计算哈希时不一致",
    "event-does-not-follow": "这条流水与上一条不相接",
    "events-missing": "第 {after} 条流水之后有缺失",
    "event-unfollowable": "这条流水接不上此前的情况",
    # rows
    "row-differs": "{table} 表：{columns} 与流水不一致",
    "row-missing": "{table} 表：流水中有而表中缺少一行",
    "row-without-event": "{table} 表：有一行没有对应流水[[（{id}）]]",
    "setting-differs": "设置 {name} 为 {stored}，而流水中是 {told}",
    "sum-differs": "{sum}：{left} 不等于 {right}",
    # evidence
    "evidence-missing": "佐证文件 {name}（{sha256}）已不在",
    "evidence-altered": "佐证文件 {name}（{sha256}）与当初附上的不一致",
    "evidence-replaced": "佐证文件 {name}（{sha256}）的位置上是链接或设备",
    "evidence-unreadable": "佐证文件 {name}（{sha256}）无法读取：{reason}",
    # digests
    "digest-other-ledger": "{file} 属于另一本台账 {ledger_id}",
    "digest-longer": "{file} 记有 {digest} 条流水，台账只有 {ledger} 条：末尾被截去",
    "digest-head-differs": "{file}：第 {seq} 条流水已不是当时那一条",
    "digest-count-differs": "{file}：当时 {name} 为 {digest}，按流水应为 {ledger}",
    "digest-badly-signed": "{file}：签名不成立（{reason}）",
    "digest-signer-unknown": "{file} 由 {key} 签名，该密钥不在签名人名单中",
    "digest-unsigned": "{file} 没有签名",
    "digest-signer-unchecked": "{file} 由 {key} 签名；用 --signers 指定名单可知是谁",
    "digest-signed": "{file} 由 {name} 签名（{key}）",
    # suspicions
    "closed-unverified": "导入时即为已销号而无验收人：{count} 项：{numbers}",
    "closed-soon": "登记后 {minutes} 分钟内销号：{count} 项：{numbers}",
    "rectified-for-many": "为 {many} 家以上单位整改：{count} 人：{names}",
    "reporter-erased": "举报人信息已不在：{count} 项：{numbers}",
    "same-file": "同一文件（{name}）作为 {count} 项隐患的佐证：{numbers}",
    "rehearsed": "录入时指定的“今天”与时钟不同：{count} 项：{numbers}",
    "clock-set-back": "记录时刻早于上一条流水",
    "readable-by-others": "除所有者外他人也可读取 {name}（{mode}）",
}
