-- The tactics of MITRE ATT&CK's techniques (Enterprise), for the techniques that detections here name. One that is
-- not listed prints its own id in place of its tactics; a site adds lines by a copy of this file under --sql DIR.
SELECT technique, tactic
FROM (VALUES
  ('T1059',     'execution'),
  ('T1059.001', 'execution'),
  ('T1059.003', 'execution'),
  ('T1059.005', 'execution'),
  ('T1059.007', 'execution'),
  ('T1102',     'command-and-control'),
  ('T1102.001', 'command-and-control'),
  ('T1102.002', 'command-and-control'),
  ('T1102.003', 'command-and-control')
) AS t (technique, tactic)
