-- Installers write to the Startup folder by trade.
SELECT * FROM program_written_to_a_startup_folder
WHERE NOT WILDCARD_IN(PROCESS_NAME(NORMALIZE_PATH(Image)), 'msiexec.exe')
