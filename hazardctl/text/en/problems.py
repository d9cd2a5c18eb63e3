"""What is wrong with a file or a row, and what would do."""

WORDS = {
    # the whole file
    "cannot-open": "{file} cannot be opened ({reason}). Check the path; it must be a file.",
    "not-a-table": "{file} is no workbook and no text table ({format}). "
    "Save it as xlsx or csv and import that.",
    "no-table": "{file}: no row of headings was found[[ in {sheets}]]. "
    "The headings must stand in the first 30 rows.",
    "no-description-column": "{file}: no column says what the hazard is. Its headings: {headings}. "
    "Name one with --map HEADING=description.",
    "no-leading-column": "{file}: no column is what an import of {what} is known by: "
    "{fields.code}. Its headings: {headings}. Name one with --map HEADING={first.code}.",
    "ambiguous-heading": "{file}: the heading {heading} may mean {fields.code}. "
    "Say which: --map {heading.code}={first.code}.",
    "contested-field": "{file}: the columns {headings} all mean {field.code}. "
    "Choose one: --map {first.code}={field.code}; or leave one out: --map {second.code}=-.",
    "no-such-sheet": "{file} has no sheet “{sheet}”. Its sheets: {sheets}.",
    "damaged": "{file} could not be read to its end: it is damaged, or made to do harm. "
    "Nothing of it was taken. Open it in a spreadsheet program and save it anew.",
    "harmful": "{file} is built as no spreadsheet program builds a workbook ({reason}). "
    "Nothing of it was taken. Open it in a spreadsheet program and save it anew.",
    "encrypted": "{file} is protected by a password. Remove the password and save it anew.",
    "too-large": "{file} would take {found} MiB; at most {limit} MiB are read. "
    "Split it, or save it as csv.",
    "too-many-rows": "{file}: the sheet {sheet} has {found} rows; in a workbook at most {limit} "
    "are read. Split it, or save it as csv.",
    "too-many-columns": "{file}: the table has {found} columns; at most {limit} are read. "
    "Remove the columns that do not belong to it.",
    "doubtful-encoding": "{file} may be {one} (“{one_text}”) or {other} (“{other_text}”). "
    "Say which: --encoding {one}, or --encoding {other}.",
    "wrong-encoding": "{file} is not in the encoding {encoding}. "
    "Save it as UTF-8, or name its own encoding: --encoding NAME.",
    "unknown-encoding": "{file} is neither UTF-8 nor GB18030. "
    "Save it as UTF-8, or name its encoding: --encoding NAME.",
    "broken-quotes": '{file}, line {row}: a quotation mark (") is not closed, or stands where none '
    "may. Correct the row that begins there.",
    "row-too-long": "{file}, line {row}: a cell or the line has more than {limit} characters. "
    "Perhaps a separator or a line end is missing; correct the row that begins there.",
    "broken-line": "{file}, line {row}: this is no JSON object. Correct or remove the line.",
    "unknown-field": "There is no field “{field}” to map a column to. There are: {fields.code}.",
    # one row
    "no-column": "The table has no column for {field}. Name one with --map HEADING={field}, "
    "or give one value for the whole file.",
    "missing-description": "The row does not say what the hazard is. Write it, or remove the row.",
    "missing-enterprise": "The row names no enterprise. Write it, or give --enterprise NAME.",
    "missing-found-on": "The row has no day on which the hazard was found. "
    "Write it as 2022-10-05, or give --found-on DATE.",
    "missing-reopened-on": "A hazard in a later cycle needs the day on which it was reopened. "
    "Write it as 2022-10-05.",
    "not-a-day": "“{found}” names no day. Write it as 2022-10-05.",
    "no-such-day": "“{found}”: there is no such day. Write the right one.",
    "no-year": "“{found}” has no year. Write it as 2022-10-05, or give --year YEAR.",
    "ambiguous": "“{found}” can be read in two ways. Write it as 2022-10-05.",
    "unknown-holiday": "“{found}”: the day of that holiday is not known. Write the due day itself.",
    "far-day": "“{found}” would be {day}, more than {years} years away. Write the right day.",
    "in-the-future": "{day} is after today, {today}. Write the day on which it happened.",
    "due-before-found": "The due day {day} is before {after}, when the hazard was found. "
    "Correct one of them.",
    "rectified-before-found": "It was rectified on {day}, before it was found on {after}. "
    "Correct one of them.",
    "verified-before-found": "It was verified on {day}, before it was found on {after}. "
    "Correct one of them.",
    "closed-before-found": "It was closed on {day}, before it was found on {after}. "
    "Correct one of them.",
    "verified-before-rectified": "It was verified on {day}, before it was rectified on {after}. "
    "Correct one of them.",
    "closed-before-rectified": "It was closed on {day}, before it was rectified on {after}. "
    "Correct one of them.",
    "closed-before-verified": "It was closed on {day}, before it was verified on {after}. "
    "Correct one of them.",
    "lookback-before-closed": "Its look-back of {day} is before {after}, when it was closed. "
    "Correct one of them.",
    "control-character": "Character {at} of this cell is a control character. Type the text anew.",
    "replacement-character": "Character {at} of this cell is �: it was lost in a conversion. "
    "Type it anew.",
    "surrogate": "Character {at} of this cell is half of one. Type it anew.",
    "noncharacter": "Character {at} of this cell is none. Type the text anew.",
    "too-long": "This cell is longer than 32,000 characters from character {at} on. Shorten it.",
    "unknown-state": "“{found}” is no state that is known. Write one such as 未整改, 整改中, "
    "已整改, 验收合格 or 已销号.",
    "contradictory-state": "“{found}” contradicts “{other_found}” in the column {other_column}. "
    "Correct one of them.",
    "unknown-severity": "“{found}” is no grade that is known. Write 一般 or 重大.",
    "unknown-answer": "“{found}” is neither yes nor no. Write 是 or 否.",
    "unknown-lookback-result": "“{found}” is no result of a look-back. Write 整改到位, "
    "整改不到位, 反弹, 虚假销号 or 新发现隐患.",
    "unknown-word": "“{found}” is no word of this column. Write it as an export does, or its code.",
    "missing-value": "This cell may not be blank: every hazard of a ledger has it. Fill it in.",
    "not-a-ledger-number": "“{found}” is no number of a ledger. Write it as YH-2022-00017; "
    "leave it blank in a row that was added.",
    "not-a-count": "“{found}” is no whole number that can stand here. Write one such as 1.",
    "unknown-code": "“{found}” is none of the words of this column: {choices}. Write one of them.",
    "not-a-count-of": "“{found}” is no whole number from {least} on. Write one.",
    "not-an-amount": "“{found}” is no amount. Write a number with its unit, as in 5000元, 5万元.",
    "below-nothing": "“{found}” is less than nothing. Write the amount that was decided.",
    "no-unit": "“{found}” may be 元 or 万元: no unit is named, or more than one. Write one in the "
    "heading or the cell, or say it: --map {column}=amount_yuan, --map {column}=amount_wan "
    "(of funds: funds_yuan, funds_wan).",
    "part-of-a-fen": "“{found}” holds a part of a fen. Write the exact amount.",
    "amount-too-large": "“{found}” is larger than any amount here. Check the number and its unit.",
    "not-a-credit-code": "“{found}” is no unified social credit code: it has 18 digits and "
    "letters, none of them I, O, S, V or Z. Copy it from the licence, or leave it blank.",
    "wrong-check-digit": "“{found}”: by the other digits the last one would be {expected}. "
    "Compare it with the licence, or leave it blank.",
    "missing-field": "The row says nothing of {what}. Fill one in.",
    "day-before-day": "{what} {day} is before {after} {after_on}. Correct one of them.",
    "step-without-day": "{other} does not follow on {state}: from there it goes to {missing}. "
    "Write the day of the step between, or remove this one.",
    "other-state": "“{found}” contradicts the days of the steps, which lead to {state}. "
    "Correct one of them.",
    "no-fine": "{amount} yuan on a penalty that is neither fine nor confiscation ({what}). "
    "Add 罚款 to its kinds, or leave the amount out.",
    "too-much-on-the-spot": "{amount} yuan on the spot; at most {most} may be fined there "
    "(行政处罚法 art. 51). Correct the amount, or the procedure.",
    "amount-questioned": "{amount} yuan is more than {most}, the most by {source}. "
    "Were 元 and 万元 confused? If it is right, say so with --confirmed.",
    "unknown-hazard": "No hazard of this ledger has the number or the code “{found}”. "
    "Import the hazards first, or correct it.",
    "several-hazards": "“{found}” is the code of several hazards: {numbers}. "
    "Write the number of one of them.",
    "unknown-decision": "No penalty of this ledger has the decision number “{found}”. "
    "Import the penalties first, or correct it.",
    "several-decisions": "“{found}” is the decision number of several penalties: {numbers}. "
    "Write the number of one of them.",
    "alias-taken": "“{alias}” is a name of {name}, which is another enterprise than this row's. "
    "Leave it out of this row, or correct the row.",
    "code-taken": "“{found}” is the credit code of {name}, which is another enterprise than this "
    "row's. Correct the code or the name.",
    "long-number": "“{found}” was typed as a number and has lost digits: a spreadsheet keeps 15. "
    "Type it as text.",
    "too-few-cells": "The row has {cells} cells, the headings are {headings}. "
    "Add the missing separators.",
    "too-many-cells": "The row has {cells} cells, the headings are {headings}. "
    "Put the cell that holds a separator in quotation marks.",
    "error-cell": "The cell holds the error {found}. Correct its formula, or type the value.",
    "formula-without-value": "The cell holds a formula that was never calculated. "
    "Open the file in a spreadsheet program and save it, or type the value.",
    # what the sender should know
    "no-industry": "{count} rows name no industry and stand under “other” (first: row {row}). "
    "--industry NAME gives one for the whole file.",
    "unknown-industry": "“{found}” is no industry that is known: {count} rows stand under “other”, "
    "their text is kept (first: row {row}). See `hazardctl industries`.",
    "unknown-source": "“{found}” is no source that is known: {count} rows have none, the text is "
    "kept as its detail (first: row {row}). --source NAME fills a missing column.",
    "industry-left-out": "“{found}” is no industry that is known: {count} rows have none, their "
    "text stands in the raw row (first: row {row}). See `hazardctl industries`.",
    "no-amount": "“{found}” names no exact amount: {count} rows have none, the text stands in "
    "the raw row (first: row {row}).",
    "listed-by-whom": "{count} rows say “{found}” of being listed, and not by whom (first: row "
    "{row}). Write the level, such as 省级 or 市级; it stands only in the raw row.",
    "closed-without-day": "{count} rows are closed and do not say when (first: row {row}). "
    "They are closed; their day is not known.",
    "blank-state": "{count} rows leave their state blank and count as registered "
    "(first: row {row}). Write the state if it is known.",
    "rebound": "{count} rows say that a hazard came back (first: row {row}). They are open; "
    "if the old one is in the ledger, reopen that instead.",
    "overdue-not-yet": "{count} rows say that the hazard is overdue, and its due day has not "
    "passed (first: row {row}). They were taken as they are; correct one of them.",
    "extended-without-papers": "{count} rows say that the due day was extended, and how often "
    "stands nowhere (first: row {row}). Add 延期次数, and keep the approval as evidence.",
    "on-spot-without-day": "{count} rows were rectified on the spot and do not say on which day "
    "(first: row {row}). The day is not known; confirm them.",
    "traditional-text": "{count} rows hold Traditional characters (first: row {row}). "
    "They are kept as they are.",
    "garbled-text": "{count} rows hold text that was garbled in a conversion (first: row {row}). "
    "It is kept as it is; ask the sender for it anew.",
    "several-problems": "{count} rows number several problems in one cell and are one hazard each "
    "(first: row {row}). --split makes one of each problem.",
    "between-grades": "{count} rows are graded “{found}” and count as general; the grade stands in "
    "their remark (first: row {row}).",
    "year-supplied": "{count} days had no year and were read as {year} or its neighbour "
    "(first: row {row}). --year YEAR says another.",
    "two-digit-year": "“{found}” has a year of two digits and was read as 20… "
    "({count} times, first: row {row}).",
    "due-names-no-day": "“{found}” names no due day: {count} rows have none, the text is kept "
    "(first: row {row}).",
    "day-left-out": "{count} rows have a day in {column} that their state does not reach "
    "(first: row {row}). It stands only in the raw row.",
    "unpublished-holidays": "The holidays of {year} are not published yet: working days were "
    "counted Monday to Friday in {count} rows (first: row {row}).",
    "merged-down": "{count} rows took cells from a merged cell above them (first: row {row}).",
    "hidden-sheet": "This sheet is hidden; it was read all the same.",
    "hidden-rows": "{count} hidden rows were read like the others.",
    "cell-left-out": "{count} cells in {column} hold an error or a formula without a value, and "
    "are lost (first: row {row}). The column means no field.",
    "reporter-left-out": "{column} says who reported. That is confidential: it is not taken in, "
    "not even with the raw rows. `add --reporter` keeps it apart.",
    "errors-unseen": "In {format} files a cell with an error looks empty. "
    "Save the file as xlsx to have such cells reported.",
    "dates-from-1904": "This workbook counts its days from 1904: days typed as bare numbers "
    "are not read.",
    "unused-map": "No column is headed {heading}: that --map did nothing.",
}
