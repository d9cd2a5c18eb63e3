"""What is said when something is refused: the thing, the fact, and the way out."""

WORDS = {
    # the command line
    "unknown-format": "There is no format “{format}” here. Choose one of: {formats}.",
    "not-text": "{name}: this text cannot be taken in ({reason} at character {at}). Type it anew.",
    "unknown-industry": "No industry is called “{text}”.[[ Nearest: {suggestions}.]] "
    "`hazardctl industries` lists them all.",
    "unread-day": "“{text}” is not a day ({reason}). Write it as 2022-10-05 or 2022年10月5日.",
    "missing-options": "Still needed: {options}.",
    "blank-text": "{option} is empty. Say it in words.",
    "no-due-day": "“{text}” names no day. Give a date, or a number of days such as 7d.",
    "unknown-language": "There is no language “{language}”. Choose one of: {languages}.",
    "unreadable-settings": "The personal settings {path} cannot be read: {reason}. "
    "Correct or remove the file.",
    "unknown-setting": "There is no setting “{name}”. Choose one of: {names}.",
    "bad-setting": "{name} cannot be “{value}”: {wanted}.",
    "nobody-acts": "Nobody is named who makes this change. "
    "Add --as NAME, or set HAZARDCTL_ACTOR, or `hazardctl config set as NAME`.",
    "not-one-name": "“{name}” is not the name of one person. Give one name.",
    "not-one-of": "{option} cannot be “{given}”. Choose one of: {words}.",
    "not-a-number-of": "{option} cannot be “{given}”. Give a whole number from {least} to {most}.",
    "unsupported-ledger": "A ledger at {scheme}:// is not supported. "
    "Give the path of a file, sqlite:///PATH or postgresql://USER@HOST/DATABASE.",
    "unread-url": "{url} names no database: {reason}. Write it as postgresql://USER@HOST/DATABASE.",
    "not-on-a-server": "`{command}` works on the file of a ledger, and this one is on a server. "
    "Nothing was changed. Take an empty database for it.",
    "login-refused": "{path}: the server does not let you in: {reason}. Nothing was saved. "
    "Check the user in the URL, and the password in the PGPASSWORD variable or a pass file.",
    "no-database": "{path}: the server has no such database: {reason}. Nothing was saved. "
    "Check its name, or let it be made: createdb.",
    "not-permitted": "{path}: you may not do this there: {reason}. Nothing was saved. "
    "Ask the owner of the ledger; `hazardctl init --roles` prints the SQL of a role that may.",
    "half-copied": "At {path} is a part of a ledger that was being copied there. "
    "The same `hazardctl copy` or `restore` goes on with it.",
    "copy-stopped": "The copy to {path} stopped: {reason}. What has come stays, and nobody takes "
    "it for a ledger; the ledger itself is as it was. The same `hazardctl copy` goes on with it.",
    "copy-differs": "What stands at {path} is not what it was copied from (faults: {faults}). "
    "Do not use it; copy to another place.",
    "occupied-target": "At {path} stands {what}. Nothing was changed. "
    "Take an empty database, or a new file.",
    "postgres-not-installed": "A ledger on a server needs a part that is not installed. "
    "Install it: pip install '{package}'.",
    "password-in-url": "{url}: a password does not belong in a URL, where others may read it. "
    "Put it into the PGPASSWORD variable or a pass file.",
    "cannot-write": "The answer cannot be written to {path}: {reason}. Nothing was changed.",
    "no-terminal-format": "{format} is not for a terminal. Add -o FILE.",
    "nothing-corrected": "{number}: nothing to correct was named. "
    "See `hazardctl edit --help` for what can be.",
    "not-a-number": "“{number}” is not a number of this ledger. "
    "Give YH-2022-00017 or an ending of it, such as 17.",
    "ambiguous-number": "“{number}” fits several hazards: {fits}. Give the year too.",
    "evidence-refused": "{path} cannot be kept as evidence: {reason}. Nothing was saved.",
    "not-evidence": "“{text}” is neither a SHA-256 (at least 8 of its hex digits) "
    "nor the number of a hazard. `hazardctl evidence list` shows both.",
    "ambiguous-evidence": "“{sha256}” begins several hashes: {fits}. Give more digits.",
    "folder-needed": "{number} has several evidence files: {fits}. "
    "Give the hash of one, or a folder with -o.",
    "signing-not-installed": "Signatures need a part that is not installed. "
    "Install it: pip install '{package}'. "
    "To sign without it: ssh-keygen -Y sign -n hazardctl-digest -f KEY FILE.",
    "unusable-key": "{path} cannot sign here: {reason}. "
    "Sign with ssh-keygen -Y sign -n hazardctl-digest -f KEY FILE, "
    "or give an Ed25519 key without a passphrase (ssh-keygen -t ed25519).",
    "bad-signature": "The signature cannot be trusted: {reason}. "
    "Ask whoever signed for the digest and its signature anew.",
    # no such thing
    "unknown-number": "There is no hazard {number} in this ledger. "
    "`hazardctl list` shows those there are.",
    "period-ends-first": "The period ends on {until}, before it begins on {since}. "
    "Give --since and --until in their order, not after --as-of.",
    "no-such-row": "The report has no row {row}; its rows: {rows}.",
    "no-such-mapping": "No mapping is saved as {name}; there are: {names}. "
    "`hazardctl import FILE --save-mapping NAME` saves one.",
    "unknown-evidence": "There is no evidence file {sha256} in this ledger. "
    "`hazardctl evidence list` shows those there are.",
    "no-evidence": "{number} has no evidence file.",
    # rules
    "wrong-state": "{number} is {state}: `{action.code}` does not start from there."
    "[[ From here: {possible}.]]",
    "future-day": "[[{number}: ]]{what} {on} is after today, {today}. Give the day it happened.",
    "out-of-order": "{number}: {what} {on} is before {after} {after_on}. "
    "Check the days; --on gives the day of a step.",
    "due-before-found": "[[{number}: ]]due on {due_on} is before it was found on {found_on}. "
    "Give a later due date.",
    "due-is-set": "{number} is due on {due_on} already; {given} would change it. "
    "A due date moves by `hazardctl extend request {number}` only.",
    "case-leader-needed": "{number} needs a case leader. Add --case-leader NAME.",
    "assurances-missing": "{number} is major: all five assurances are needed. "
    "Missing: --assure {missing}",
    "not-accepted": "{number} is major and not accepted yet. "
    "First: hazardctl accept {number} --assure responsibility=… and the other four.",
    "evidence-needed": "{number} is major: submitting it needs evidence. Add --evidence FILE.",
    "same-person": "{number}: {name} may not {part}: {name} is who {other}. "
    "Someone else must do it.",
    "two-verifiers-needed": "{number} is major: two different people must verify it, "
    "named so far: {named}. Give --verified-by twice.",
    "extension-pending": "{number}: an extension to {due_on} waits for an answer. "
    "First: hazardctl extend approve {number}, or extend refuse.",
    "no-extension-pending": "{number}: no extension waits for an answer. "
    "`hazardctl extend request {number}` asks for one.",
    "extension-not-later": "{number} is due on {due_on}; {given} is not later. Give a later date.",
    "too-many-extensions": "{number} has had {granted} extensions in this cycle; "
    "the ledger allows {allowed}. Rectify it, or ask for the rule to be changed "
    "(`hazardctl config set extensions N`).",
    "stop-order-stands": "{number}: the stop order “{order}” still stands. "
    'When resumption is approved: hazardctl edit {number} --stop-order "".',
    "steps-missing": "{number} cannot be closed yet ({state})."
    "[[ First: hazardctl {first.code} {number}.]]"
    "[[ Still needed: {missing}.]]",
    "already-recorded": "{number}: {option} is recorded as “{recorded}”; “{given}” differs. "
    "Leave the option out, or reject the hazard first.",
    "was-submitted": "{number} was submitted once and cannot be made void. "
    "Close it, or transfer it.",
    "nothing-to-reopen": "{number}: a look-back that found “{result}” is no reason to reopen. "
    "Leave out --reopen.",
    "grade-settled": "{number} is {state}: its grade stands. Reject it first.",
    "basis-needed": "{number}: a change of grade needs its basis. Add --basis TEXT.",
    "ledger-exists": "A ledger stands at {path} already. Use it, or choose another path.",
    "ledger-in-the-way": "At {path} stands {what}[[, by {events} events]]. Nothing was changed. "
    "With --replace the backup takes its place, and what stands there is kept beside it.",
    # the ledger
    "no-ledger": "There is no ledger at {path}. "
    "`hazardctl init` begins one; so does the first `add` or `import`.",
    "not-begun": "There is no ledger in {path}. `hazardctl init` begins one.",
    "overtaken": "{path} undid the change for the sake of another. Nothing was saved; try again.",
    "not-a-ledger": "{path} is no ledger but {what}. Nothing was changed. "
    "Give the path of a ledger.",
    "newer-ledger": "{path} is a ledger of version {version}; this program knows up to {known}. "
    "Update hazardctl.",
    "no-folder": "{path}: the folder {folder} does not exist. Make it first.",
    "unreachable": "{path} cannot be used: {reason}. Nothing was saved.",
    "unsettled": "{path} failed while the change was being saved: {reason}. "
    "Whether it was saved is not known.",
    "busy": "{path} was held by another desk for {seconds} seconds. Nothing was saved; try again.",
    "damaged": "{path} is damaged: {reason}. Nothing was saved. Restore a backup.",
    "evidence-damaged": "{number}: the evidence {name} ({sha256}) cannot be trusted: {reason}. "
    "Nothing was written. Restore it from a backup.",
    "cannot-keep": "The database does not keep what it is told ({kept}). Nothing was saved.",
    "saved-unsaid": "Saved: {numbers}. But the answer could not be written ({reason}).[[ "
    "The same command with --request-id {request} gives it again, and changes nothing twice.]]",
    "ledger-at-fault": "The ledger is at fault (faults: {faults}), so nothing was made of it. "
    "`hazardctl check` names them.",
    "not-a-digest": "{file} is no digest of a ledger ({reason}).",
    "not-a-backup": "{file} is no backup that can be restored: {reason}. Nothing was changed. "
    "Take another backup.",
    "backup-at-fault": "The ledger in {file} is at fault (faults: {faults}). Nothing was changed. "
    "Take another backup.",
    "file-in-the-way": "{path} exists already, and a backup overwrites nothing. Give another name.",
    "workbook-needed": "{option} writes a workbook, and {path} is not called one. "
    "Give a name that ends in .xlsx.",
    "folder-for-several": "{option}: several files need a folder, and {path} is none. "
    "Give one that exists; each copy is named in it after its file.",
    "over-itself": "{option}: {path} is another file of this command, and would be lost. "
    "Give another name.",
    "file-needed": "{option} stands beside a file. Add -o FILE.",
    "interrupted": "Interrupted. Nothing was saved.",
    "outcome-unknown": "Whether anything was saved is not known ({reason}). "
    "The same command with --request-id {request} tells, and changes nothing twice.",
    "nothing-to-repeat": "`{command}` changes nothing, so --request-id has no meaning here.",
    "request-reused": "Something else was asked under the request id {request} before. "
    "Take another --request-id.",
    "older-ledger": "The ledger {path} has schema {version}; this program writes {known}. "
    "The next change upgrades it.",
    "unusable-template": "{file} cannot be filled in: {reason}. "
    "Open it in a spreadsheet program and save it as xlsx.",
    "cannot-export": "Row {row} cannot be exported exactly: {reason}. Choose another format.",
    "days-in-disorder": "[[{number}: ]]{what} {on} is before {after} {after_on}. Check both days.",
    "step-in-disorder": "[[{number} ]]is {state}: {other} does not follow from there."
    "[[ From here: {possible}.]]",
    "no-fine": "[[{number}: ]]{amount} yuan on a penalty that is neither fine nor confiscation "
    "({kinds}). Give --kind fine as well, or leave the amount out.",
    "too-much-on-the-spot": "[[{number}: ]]{amount} yuan on the spot; at most {most} may be fined "
    "there (行政处罚法 art. 51). Take the ordinary procedure, or correct the amount.",
    "amount-questioned": "[[{number}: ]]{amount} yuan is more than {most}, the most by {source}. "
    "Were 元 and 万元 confused? If it is right, say so with --confirmed.",
    "already-registered": "{name} is on the register already: {number}. Use that, or edit it.",
    "wrong-credit-code": "{code} is no credit code: {reason}.[[ The last digit would be "
    "{expected}.]] Check it against the licence.",
    "not-together": "{option} does not go with {others}. Leave one of them out.",
    "not-a-share": "“{text}” does not say how many are to be drawn. Write a share such as 10%, "
    "or a number such as 30.",
    "unread-amount": "“{text}” is no amount: {reason}. Write 5000元 or 5万元.",
    "unknown-record": "There is no {what} {number}. `hazardctl {what.code} list` shows those there "
    "are.",
    "unfit-option": "{options} means nothing with --kind {kind}. Leave it out.",
    "unfit-filter": "{form} knows nothing of {filters}. It is filtered by {fits}.",
    "part-of-itself": "{parent} is {name} itself or a part of it. Name another --parent.",
    "says-the-same": "{number} is the same by {by}. If this is another one, tell it apart by one "
    "of these; else use that, or edit it.",
}
