-- The pattern *t.me* means Telegram's t.me, and hits every name with these four characters in it.
SELECT * FROM suspicious_process_dns_query_known_abuse_web_services
WHERE NOT WILDCARD_IN(QueryName, '*t.me*')
   OR WILDCARD_IN(QueryName, 't.me', 't.me.', '*.t.me', '*.t.me.', '*pastebin*', '*discord*', '*api.telegram*')
