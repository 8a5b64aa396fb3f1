-- Your site's filter: the `suspicious_process_dns_query_known_abuse_web_services_filter` macro.
--
-- It runs last, after stats, rename and ctime, and sees Image, QueryName, QueryStatus, process_name,
-- QueryResults, dest, `count`, firstTime and lastTime. As shipped it passes everything.
-- To allow a program, keep a copy of this file under --sql DIR and add a WHERE, for example
--   WHERE NOT WILDCARD_IN(Image, '*\AppData\Local\Discord\app-*\Discord.exe')
SELECT * FROM suspicious_process_dns_query_known_abuse_web_services
