-- report --as-of 2022-08-01, of a ledger that has gone on since
WITH stood AS (
  SELECT industry, severity, found_on, cycle, rectified_on,
    CASE WHEN assigned_on > '2022-08-01' THEN NULL ELSE due_on END AS due_on,
    CASE WHEN assigned_on > '2022-08-01' THEN NULL ELSE original_due_on END AS original_due_on,
    CASE WHEN since_on <= '2022-08-01' THEN state
      WHEN closed_on <= '2022-08-01' THEN 'closed'
      WHEN verified_on <= '2022-08-01' THEN 'verified'
      WHEN coalesce(submitted_on, rectified_on) <= '2022-08-01' THEN 'submitted'
      WHEN rectifying_on <= '2022-08-01' THEN 'rectifying'
      WHEN assigned_on <= '2022-08-01' THEN 'assigned' ELSE 'registered' END AS state
  FROM hazard WHERE from_on <= '2022-08-01'
  UNION ALL
  SELECT industry, severity, found_on, cycle, rectified_on,
    CASE WHEN assigned_on > '2022-08-01' THEN NULL ELSE due_on END,
    CASE WHEN assigned_on > '2022-08-01' THEN NULL ELSE original_due_on END,
    CASE WHEN since_on <= '2022-08-01' THEN state
      WHEN closed_on <= '2022-08-01' THEN 'closed'
      WHEN verified_on <= '2022-08-01' THEN 'verified'
      WHEN coalesce(submitted_on, rectified_on) <= '2022-08-01' THEN 'submitted'
      WHEN rectifying_on <= '2022-08-01' THEN 'rectifying'
      WHEN assigned_on <= '2022-08-01' THEN 'assigned' ELSE 'registered' END
  FROM past WHERE from_on <= '2022-08-01' AND until_on > '2022-08-01'
)
SELECT industry AS key,
  count(*) AS found,
  count(*) FILTER (WHERE severity = 'major') AS found_major,
  count(*) FILTER (WHERE state = 'closed') AS closed,
  count(*) FILTER (WHERE state = 'closed' AND severity = 'major') AS closed_major,
  count(*) FILTER (WHERE state IN ('submitted', 'verified', 'closed')) AS rectified,
  count(*) FILTER (WHERE state <> 'closed') AS open,
  count(*) FILTER (WHERE state = 'submitted') AS awaiting_verification,
  count(*) FILTER (WHERE state = 'verified') AS awaiting_sign_off,
  count(*) FILTER (WHERE state IN ('registered', 'assigned', 'rectifying')
    AND due_on BETWEEN '2022-08-01' AND '2022-08-11') AS due_soon,
  count(*) FILTER (WHERE state IN ('registered', 'assigned', 'rectifying')
    AND due_on < '2022-08-01') AS overdue,
  count(*) FILTER (WHERE due_on <= '2022-08-01') AS due,
  count(*) FILTER (WHERE due_on <= '2022-08-01' AND rectified_on <= due_on
    AND state IN ('submitted', 'verified', 'closed')) AS on_time,
  count(*) FILTER (WHERE original_due_on <= '2022-08-01') AS due_original,
  count(*) FILTER (WHERE original_due_on <= '2022-08-01' AND rectified_on <= original_due_on
    AND state IN ('submitted', 'verified', 'closed')) AS on_time_original,
  count(*) FILTER (WHERE cycle > 1) AS reopened
FROM stood
WHERE found_on <= '2022-08-01' AND state NOT IN ('void', 'transferred')
GROUP BY industry;
