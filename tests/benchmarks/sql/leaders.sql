-- report leaders --as-of 2022-11-18
SELECT case_leader AS key,
  count(*) AS found,
  count(*) FILTER (WHERE state <> 'closed') AS open,
  count(*) FILTER (WHERE state IN ('registered', 'assigned', 'rectifying')
    AND due_on < '2022-11-18') AS overdue,
  count(*) FILTER (WHERE state = 'closed') AS closed,
  count(*) FILTER (WHERE due_on <= '2022-11-18') AS due,
  count(*) FILTER (WHERE due_on <= '2022-11-18' AND rectified_on <= due_on
    AND state IN ('submitted', 'verified', 'closed')) AS on_time,
  count(*) FILTER (WHERE cycle > 1) AS reopened,
  count(*) FILTER (WHERE id IN (SELECT id FROM lookback WHERE looked_on <= '2022-11-18'
    AND result IN ('not-effective', 'rebound', 'false-closure'))) AS failed_lookbacks
FROM hazard
WHERE found_on <= '2022-11-18' AND state NOT IN ('void', 'transferred')
GROUP BY case_leader;
