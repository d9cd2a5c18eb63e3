-- report daily --as-of 2022-11-18
WITH moves AS (
  SELECT found_on AS day, count(*) AS found, 0 AS reopened, 0 AS taken_back, 0 AS closed,
    0 AS void, 0 AS transferred, 0 AS same_day
  FROM hazard GROUP BY 1
  UNION ALL
  SELECT coalesce(closed_on, since_on), 0, 0, 0, count(*), 0, 0,
    count(*) FILTER (WHERE coalesce(closed_on, since_on) = found_on)
  FROM hazard WHERE state = 'closed' GROUP BY 1
  UNION ALL
  SELECT since_on, 0, 0, 0, 0, count(*) FILTER (WHERE state = 'void'),
    count(*) FILTER (WHERE state = 'transferred'), 0
  FROM hazard WHERE state IN ('void', 'transferred') GROUP BY 1
  UNION ALL
  SELECT day, 0, 0, 0, 1, 0, 0, day = found_on FROM (
    SELECT min(coalesce(past.closed_on, past.since_on)) AS day, hazard.found_on
    FROM past JOIN hazard USING (id)
    WHERE past.state = 'closed' AND past.cycle < hazard.cycle GROUP BY past.id, past.cycle)
  UNION ALL
  SELECT max(past.until_on), 0, 1, 0, 0, 0, 0, 0 FROM past JOIN hazard USING (id)
  WHERE past.state = 'closed' AND past.cycle < hazard.cycle GROUP BY past.id, past.cycle
  UNION ALL
  SELECT until_on, 0, 0, 1, 0, 0, 0, 0 FROM past WHERE state = 'transferred'
  UNION ALL
  SELECT since_on, 0, 0, 0, 0, 0, 1, 0 FROM past WHERE state = 'transferred'
), days AS (
  SELECT day, sum(found) AS found, sum(reopened) AS reopened, sum(taken_back) AS taken_back,
    sum(closed) AS closed, sum(void) AS void, sum(transferred) AS transferred,
    sum(same_day) AS same_day,
    sum(sum(found + reopened + taken_back - closed - void - transferred))
      OVER (ORDER BY day) AS closing
  FROM moves GROUP BY day
)
SELECT day AS key,
  closing - (found + reopened + taken_back - closed - void - transferred) AS opening,
  found, reopened, taken_back, closed, void, transferred, closing, same_day
FROM days WHERE day BETWEEN '2022-11-01' AND '2022-11-18';
