"""What is said beside the answers: the line after a change, questions, counts and warnings."""

WORDS = {
    "ask": "{option}: ",
    "due_left": "due {day} ({days} days left)",
    "due_today": "due {day} (today)",
    "due_late": "due {day} ({days} days late)",
    "next_is": "next: {command}",
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
    "major-without-basis": "{number}: major without a basis. "
    "Record the determination: hazardctl edit {number} --basis TEXT",
    "looks-the-same": "{number} says the same as {others}. If it is a repetition: "
    "hazardctl void {number} --reason … --duplicate-of …",
    "ledger-begun": "Ledger begun: {path} (numbers {prefix}-YEAR-00001)",
    "set": "{name} = {value}",
    "imported": "{file}: {rows} rows: {imported} imported, {duplicates} already there "
    "({changed} changed since), {not_hazards} no hazard, {rejected} rejected; "
    "{skipped} other lines skipped.",
    "refused": "{file}: refused, nothing was imported from it: {problems} faults.",
    "would-import": "{file}: {rows} rows: {acceptable} would be imported, "
    "{duplicates} already there ({changed} changed since), {not_hazards} no hazard, "
    "{rejected} rejected; {skipped} other lines skipped. Nothing was saved.",
    "unmapped": "{file}: kept with the raw rows, but not understood: columns {columns}.",
    "more-problems": "… and {count} more faults; -f json lists them all.",
    "changed-since": "{file} row {row}: {number} is {ledger} here, {stated} in the file; "
    "not applied.",
    "place": "{file} {sheet} row {row}, {column}: {sentence}",
    "warning": "{file}: {sentence}",
}
