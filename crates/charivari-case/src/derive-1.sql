INSERT INTO {in}.made (letter, number, entry)
SELECT letter, record, number FROM main.log
WHERE number >= {from} AND (action LIKE 'add %' OR action LIKE 'record %');

INSERT INTO {in}.evidence (number, sha256, custody, source)
SELECT log.record, body ->> '$.sha256', body ->> '$.custody.kind', body ->> '$.source'
FROM main.log JOIN main.content ON entry = number
WHERE number >= {from} AND action = 'add evidence';

INSERT INTO {in}.run (number, identity)
SELECT log.record, body ->> '$.identity'
FROM main.log JOIN main.content ON entry = number
WHERE number >= {from} AND action = 'record run';

INSERT INTO {in}.finding (number, run, standing)
SELECT log.record, CAST(substr(body ->> '$.run', 2) AS INTEGER), 1
FROM main.log JOIN main.content ON entry = number
WHERE number >= {from} AND action = 'record finding';

UPDATE {in}.finding SET
    decided = latest.entry,
    standing = CASE latest.ruling WHEN 'accepted' THEN 0 WHEN 'rejected' THEN 2 ELSE 1 END
FROM (
    SELECT log.record AS finding, max(number) AS entry, body ->> '$.ruling' AS ruling
    FROM main.log JOIN main.content ON entry = number
    WHERE number >= {from} AND action = 'decide'
    GROUP BY log.record
) AS latest
WHERE finding.number = latest.finding;

UPDATE {in}.run SET superseded_by = body ->> '$.by'
FROM main.log JOIN main.content ON entry = log.number
WHERE log.number >= {from} AND action = 'supersede' AND run.number = log.record;

UPDATE {in}.finding SET superseded_by = pair.value ->> '$[1]'
FROM main.log JOIN main.content ON entry = log.number, json_each(body, '$.findings') AS pair
WHERE log.number >= {from} AND action = 'supersede'
    AND finding.number = CAST(substr(pair.value ->> '$[0]', 2) AS INTEGER);
