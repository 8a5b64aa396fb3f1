-- Any name that either detection asks for, so that one scan can serve both.
CREATE MACRO any_query_name() AS
  'pastebin|textbin|ngrok\.io|discord|duckdns\.org|pasteio\.com|api\.telegram|t\.me';

-- The text of an XML element.
CREATE MACRO xml_text(xml) AS
  replace(replace(replace(replace(replace(xml, '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&apos;', ''''), '&amp;', '&');

-- The field of EventData with this name. Windows writes its fields on one line without spaces between.
CREATE MACRO event_data(line, field) AS
  xml_text(regexp_extract(line, '<Data Name=''' || field || '''>([^<]*)<', 1));

-- The lines of a file. No log holds the control character 1, so a line is one column.
CREATE MACRO lines_of(file) AS TABLE
  SELECT line
  FROM read_csv(file, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false,
                delim = chr(1), quote = '', escape = '', new_line = '\n');
