"""What is said of an alert: the sentence that tells it, and the headings of a list of them."""

WORDS = {
    "sentences": {
        "overdue": "Due on {limit_on}: {days} days late.",
        "due-soon": "Due on {limit_on}: {left} days left.",
        "no-progress": "No step and no progress since {since}; at least every {limit} days.",
        "extension-undecided": "An extension asked for on {since} is not decided; {limit} working "
        "days, to {limit_on}.",
        "verification-late": "Submitted on {since}, not verified; {limit} days, to {limit_on}.",
        "sign-off-stale": "Verified on {since}, not signed off; {limit} days, to {limit_on}.",
        "lookback-due": "A major hazard closed on {since}, not looked back on; {limit} days, "
        "to {limit_on}.",
        "referral-unapproved": "Proposed on {since}, not decided by the head; {limit} days, "
        "to {limit_on}.",
        "referral-unsent": "Approved on {since}, not sent; 24 hours, to {limit_on}.",
        "referral-undecided": "With the police since {since}, neither filed nor refused; "
        "{limit} days, to {limit_on}.",
        "case-undecided": "Filed on {since}, not decided; {limit} days, to {limit_on}.",
        "case-late": "Filed on {since}, decided {days} days after the {limit} days that end on "
        "{limit_on}.",
        "fine-unpaid": "Decided on {since}, not paid; {limit} days, to {limit_on}.",
        "art-113": "A major hazard is open; {counts[0]} penalties in 180 days, {counts[1]} in a "
        "year. Propose its closure.",
        "silent-unit": "Others found {counts[0]} hazards within {limit} days; it reported none.",
    },
    "columns": {
        "subject": "Number",
        "alert": "Alert",
        "days": "Days over",
        "limit_on": "Limit",
        "text": "What stands",
        "enterprise": "Enterprise",
        "responsible": "To act",
        "industry": "Industry",
        "district": "District",
        "since": "Since",
        "limit": "Allowed",
        "rule": "Rule",
        "source": "Source",
    },
    "of": "{alert}: {count}",
    "none": "Nothing stands at the end of {day}.",
    "count": "Alerts at the end of {day}: {count}.",
}
