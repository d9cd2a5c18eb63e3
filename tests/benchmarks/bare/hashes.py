"""SHA-256 over the events of a ledger, each part with its length; nothing is compared."""

import hashlib
import sqlite3
import struct
import sys

book = sqlite3.connect(sys.argv[1])
(ledger,) = book.execute("SELECT value FROM setting WHERE name = 'ledger_id'").fetchone()
head = bytes(32)
sql = "SELECT seq, id, subject, subject_seq, kind, at, actor, body FROM event ORDER BY seq"
for seq, *parts in book.execute(sql):
    one = hashlib.sha256(b"hazardctl/event/v1\0")
    for part in (ledger.encode(), head, struct.pack(">Q", seq), *(str(p).encode() for p in parts)):
        one.update(struct.pack(">Q", len(part)) + part)
    head = one.digest()
