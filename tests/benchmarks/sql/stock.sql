-- report stock --as-of 2022-11-18
WITH moves AS (
  SELECT industry,
    count(*) FILTER (WHERE found_on < '2022-01-01') - count(*) FILTER (
      WHERE state IN ('closed', 'void', 'transferred')
      AND coalesce(closed_on, since_on) < '2022-01-01') AS opening,
    count(*) FILTER (WHERE found_on >= '2022-01-01') AS found,
    0 AS reopened,
    0 AS taken_back,
    count(*) FILTER (WHERE state = 'closed'
      AND coalesce(closed_on, since_on) >= '2022-01-01') AS closed,
    count(*) FILTER (WHERE state = 'void' AND since_on >= '2022-01-01') AS void,
    count(*) FILTER (WHERE state = 'transferred' AND since_on >= '2022-01-01') AS transferred
  FROM hazard WHERE found_on <= '2022-11-18' GROUP BY industry
  UNION ALL
  SELECT industry, count(*) FILTER (WHERE ended < '2022-01-01')
    - count(*) FILTER (WHERE day < '2022-01-01'), 0,
    count(*) FILTER (WHERE ended >= '2022-01-01'), 0,
    count(*) FILTER (WHERE day >= '2022-01-01'), 0, 0
  FROM (
    SELECT hazard.industry, min(coalesce(past.closed_on, past.since_on)) AS day,
      max(past.until_on) AS ended
    FROM past JOIN hazard USING (id)
    WHERE past.state = 'closed' AND past.cycle < hazard.cycle GROUP BY past.id, past.cycle
  ) GROUP BY industry
  UNION ALL
  SELECT hazard.industry, count(*) FILTER (WHERE until_on < '2022-01-01')
    - count(*) FILTER (WHERE past.since_on < '2022-01-01'), 0, 0,
    count(*) FILTER (WHERE until_on >= '2022-01-01'), 0, 0,
    count(*) FILTER (WHERE past.since_on >= '2022-01-01')
  FROM past JOIN hazard USING (id) WHERE past.state = 'transferred' GROUP BY hazard.industry
)
SELECT industry AS key, sum(opening) AS opening, sum(found) AS found, sum(reopened) AS reopened,
  sum(taken_back) AS taken_back, sum(closed) AS closed, sum(void) AS void,
  sum(transferred) AS transferred,
  sum(opening + found + reopened + taken_back - closed - void - transferred) AS closing
FROM moves GROUP BY industry;
