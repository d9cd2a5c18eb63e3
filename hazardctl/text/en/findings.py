"""What a proof of the ledger says of each fault and of each suspicion."""

WORDS = {
    # pages and schema
    "pages-damaged": "the database says: {said}",
    "unreadable": "it cannot be read to its end: {reason}",
    "schema-missing": "{name} is missing from the schema",
    "schema-added": "{name} does not belong to the schema",
    "schema-altered": "{name} is not what this version of the schema has",
    # the chain
    "event-altered": "the event is not the one that was hashed",
    "event-does-not-follow": "the event does not follow the one before it",
    "events-missing": "after event {after} events are missing",
    "event-unfollowable": "the event does not go on from what was before it",
    # rows
    "row-differs": "{table}: {columns} not as the events say",
    "row-missing": "{table}: a row is missing that the events tell of",
    "row-without-event": "{table}: a row that no event tells of[[ ({id})]]",
    "setting-differs": "the setting {name} is {stored}; the events say {told}",
    "sum-differs": "{sum}: {left} is not {right}",
    # evidence
    "evidence-missing": "the file {name} ({sha256}) is not there any more",
    "evidence-altered": "the file {name} ({sha256}) is not what was attached",
    "evidence-replaced": "a link or a device stands in the place of the file {name} ({sha256})",
    "evidence-unreadable": "the file {name} ({sha256}) cannot be read: {reason}",
    # digests
    "digest-other-ledger": "{file} is of another ledger, {ledger_id}",
    "digest-longer": "{file} is of {digest} events; the ledger has {ledger}: its end was cut off",
    "digest-head-differs": "{file}: event {seq} is not the one that stood there then",
    "digest-count-differs": "{file}: {name} was {digest}; by the events it was {ledger}",
    "digest-badly-signed": "{file}: the signature does not hold ({reason})",
    "digest-signer-unknown": "{file} is signed with {key}, which is not on the list of signers",
    "digest-unsigned": "{file} is not signed",
    "digest-signer-unchecked": "{file} is signed with {key}; --signers FILE tells whose that is",
    "digest-signed": "{file} is signed by {name} ({key})",
    # suspicions
    "closed-unverified": "closed by an import without a verifier: {count} hazards: {numbers}",
    "closed-soon": "closed within {minutes} minutes of being entered: {count} hazards: {numbers}",
    "rectified-for-many": "rectified for {many} enterprises or more: {count} people: {names}",
    "reporter-erased": "who reported them is not kept any more: {count} hazards: {numbers}",
    "same-file": "the same file ({name}) is evidence of {count} hazards: {numbers}",
    "rehearsed": "entered with another today than the clock's: {count} hazards: {numbers}",
    "clock-set-back": "recorded at an earlier moment than the event before it",
    "readable-by-others": "others than its owner may read {name} ({mode})",
}
