-- The sandbox of the malware laboratory does this for a living.
SELECT * FROM suspicious_process_dns_query_known_abuse_web_services
WHERE NOT WILDCARD_IN(dest, 'lab-*.corp.example.com')
