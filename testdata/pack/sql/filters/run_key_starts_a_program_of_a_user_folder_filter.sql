-- OneDrive starts itself from its own folder. Only this pair of program and value passes unseen.
SELECT * FROM run_key_starts_a_program_of_a_user_folder
WHERE NOT (WILDCARD_IN(Image, '*\AppData\Local\Microsoft\OneDrive\*')
           AND WILDCARD_IN(TargetObject, '*\CurrentVersion\Run\OneDrive'))
