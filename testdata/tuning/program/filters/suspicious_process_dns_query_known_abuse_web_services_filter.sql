-- Discord in the folder that its updater makes for each version; a Discord.exe anywhere else stays.
SELECT * FROM suspicious_process_dns_query_known_abuse_web_services
WHERE NOT WILDCARD_IN(Image, '*\AppData\Local\Discord\app-*\Discord.exe')
