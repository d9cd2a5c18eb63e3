"""What is said beside the answers: the line after a change, questions, counts and warnings."""

WORDS = {
    "registered-as-it-comes": "{name} was not on the register; it is now {number}.",
    "drawn": "Drawn: {count} of {population}; --seed {seed} draws the same again.",
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
    "upgraded": "The ledger {path} was brought up to this program; "
    "as it was before, it is kept as {copy}.",
    "set": "{name} = {value}",
    "backed-up": "{path}: {n} events, head {head}, {evidence} evidence files, {size} bytes; "
    "ledger {ledger_id}. Read back and whole.",
    "copied": "{path}: {n} events, {came} of them new, head {head}, "
    "{evidence} evidence files; ledger {ledger_id}. Its digest is that of its source.",
    "copy-interrupted": "Interrupted. The copy to {path} is finished only when all has come; "
    "the same command goes on with it.",
    "restored": "{path}: {n} events, head {head}, {evidence} evidence files; ledger {ledger_id}.",
    "restored-older": "What was restored is older, by {events} events, than what stood there.",
    "kept-before": "What stood there, {what}, is kept: {path}",
    "proven": "No fault. {events} events, {hazards} hazards ({closed} closed, {open} open), "
    "{evidence} evidence files; {remarks} remarks.",
    "at-fault": "{faults} faults. {events} events, {hazards} hazards "
    "({closed} closed, {open} open), {evidence} evidence files; {remarks} remarks.",
    "more-faults": "… and {count} more; -f json lists them all.",
    "and-more": "and {count} more",
    "imported": "{file}: {rows} rows: {imported} imported, {duplicates} already there "
    "({changed} changed since), {not_hazards} no hazard, {rejected} rejected; "
    "{skipped} other lines skipped.",
    "imported-records": "{file}: {rows} rows: {imported} imported, {duplicates} already there "
    "({changed} say something else, {completed} completed), {rejected} rejected; "
    "{skipped} other lines skipped.",
    "would-import-records": "{file}: {rows} rows: {acceptable} would be imported, {duplicates} "
    "already there ({changed} say something else, {completed} would be completed), {rejected} "
    "rejected; {skipped} other lines skipped. Nothing was saved.",
    "field-changed-in-file": "{file} row {row}: {field} is {ledger} in {number}, {stated} here; "
    "not applied.",
    "field-changed-since": "{file} row {row}: {field} of {number} is {ledger} here, {stated} in "
    "the file; not applied.",
    "more-changes": "{file}: {count} more fields say something else; `-f json` lists them all.",
    "enterprises-registered": "{file}: {count} enterprises were not on the register and are now: "
    "{names}.",
    "would-register": "{file}: {count} enterprises are not on the register and would be: {names}.",
    "near-duplicate": "{file}, row {row}: perhaps the same hazard as {known} ({found_on}): "
    "{description}. Both are kept; `hazardctl void --duplicate-of` takes one away.",
    "recurrence": "{file}, row {row}: perhaps {known} ({found_on}), come back after it was "
    "closed: {description}.",
    "row": "row {row}[[ of {file}]]",
    "more-candidates": "{file}: {count} more rows resemble known hazards; `-f json` lists them "
    "all.",
    "renumbered": "{file}, row {row}: the number {stated} could not be kept; it is now {number}.",
    "mapping-saved": "Saved: --mapping {name} reads such files.",
    "columns-read": "{file}: columns: {columns}.",
    "too-large-to-come-back": "{count} hazards are more than the {limit} that `import` reads of a "
    "workbook. To take them in again, export as csv.",
    "rows-so-far": "{count} rows, {rate} a second",
    "refused": "{file}: refused, nothing was imported from it: {problems} faults.",
    "would-import": "{file}: {rows} rows: {acceptable} would be imported, "
    "{duplicates} already there ({changed} changed since), {not_hazards} no hazard, "
    "{rejected} rejected; {skipped} other lines skipped. Nothing was saved.",
    "unmapped": "{file}: kept with the raw rows, but not understood: columns {columns}.",
    "more-problems": "… and {count} more; -f json lists them all.",
    "changed-in-file": "{file} row {row}: the same is {ledger} in {number}, and {stated} here; "
    "not applied.",
    "changed-since": "{file} row {row}: {number} is {ledger} here, {stated} in the file; "
    "not applied.",
    "evidence-saved": "{name}: {path}",
    "evidence-proven": "Evidence files: {files}; intact: {intact}; at fault: {faults}.",
    "given-back": "Faults of {file}: {path}",
    "lost-in-copy": "{file}: its pictures, controls or macros are not in the marked copy.",
    "not-given-back": "{file}: no copy with the faults marked could be made; "
    "the answer has them all.",
    "left-blank": "{file}: nothing to fill in these columns, left blank: {columns}.",
    "no-such-column": "{file}: no column is called “{heading}”: that --map did nothing.",
    "pictures-lost": "{file}: pictures, shapes and charts of the template are not kept.",
    "place": "{file} {sheet} row {row}, {column}: {sentence}",
    "warning": "{file}: {sentence}",
}
