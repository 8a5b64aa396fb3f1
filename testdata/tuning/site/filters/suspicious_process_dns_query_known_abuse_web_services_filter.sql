SELECT * FROM suspicious_process_dns_query_known_abuse_web_services
WHERE NOT WILDCARD_IN(Image, '*\AppData\Local\Discord\app-*\Discord.exe')
  AND (NOT WILDCARD_IN(QueryName, '*t.me*')
       OR WILDCARD_IN(QueryName, 't.me', 't.me.', '*.t.me', '*.t.me.', '*pastebin*', '*discord*', '*api.telegram*'))
  AND NOT WILDCARD_IN(dest, '${laboratory}')
