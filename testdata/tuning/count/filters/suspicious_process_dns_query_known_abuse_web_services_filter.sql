-- A single query in two weeks is not followed up; on servers it is.
SELECT * FROM suspicious_process_dns_query_known_abuse_web_services
WHERE `count` >= 2 OR WILDCARD_IN(dest, 'srv-*')
