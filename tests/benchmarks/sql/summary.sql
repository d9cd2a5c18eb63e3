-- report --as-of 2022-11-18
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
    AND due_on BETWEEN '2022-11-18' AND '2022-11-28') AS due_soon,
  count(*) FILTER (WHERE state IN ('registered', 'assigned', 'rectifying')
    AND due_on < '2022-11-18') AS overdue,
  count(*) FILTER (WHERE due_on <= '2022-11-18') AS due,
  count(*) FILTER (WHERE due_on <= '2022-11-18' AND rectified_on <= due_on
    AND state IN ('submitted', 'verified', 'closed')) AS on_time,
  count(*) FILTER (WHERE original_due_on <= '2022-11-18') AS due_original,
  count(*) FILTER (WHERE original_due_on <= '2022-11-18' AND rectified_on <= original_due_on
    AND state IN ('submitted', 'verified', 'closed')) AS on_time_original,
  count(*) FILTER (WHERE cycle > 1) AS reopened
FROM hazard
WHERE found_on <= '2022-11-18' AND state NOT IN ('void', 'transferred')
GROUP BY industry;
