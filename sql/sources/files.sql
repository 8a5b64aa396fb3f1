-- Windows event log records in files: every record of every shape that the decoder knows, one row each.
--
-- The first columns are the record's envelope; every other name is looked up in its EventData, so a
-- detection may use any field of any Sysmon event. Only the columns that some query reads are cut out.
-- An empty field is NULL, as Splunk takes an empty value for a missing field.
--
-- A row is one of three things: an event (EventCode is set), a record that could not be read or is not to
-- be believed (error_type is set), or the tally of one file split (tally is set).
CREATE TEMPORARY TABLE windows_events (
  EventCode                INT,
  _time                    TIMESTAMP_LTZ(3),
  Computer                 STRING,
  Channel                  STRING,
  Provider                 STRING,
  RecordId                 BIGINT,
  `source`                 STRING,  -- the file
  `position`               BIGINT,  -- the record's first byte in it (in its text, where it is compressed)

  -- EventData, all fields of Sysmon's schema 4.90
  Archived                 STRING,
  CallTrace                STRING,
  ClientInfo               STRING,
  CommandLine              STRING,
  Company                  STRING,
  Configuration            STRING,
  ConfigurationFileHash    STRING,
  Consumer                 STRING,
  Contents                 STRING,
  CreationUtcTime          STRING,
  CurrentDirectory         STRING,
  Description              STRING,
  Destination              STRING,
  DestinationHostname      STRING,
  DestinationIp            STRING,
  DestinationIsIpv6        STRING,
  DestinationPort          STRING,
  DestinationPortName      STRING,
  Details                  STRING,
  Device                   STRING,
  EventNamespace           STRING,
  EventType                STRING,
  FileVersion              STRING,
  `Filter`                 STRING,
  GrantedAccess            STRING,
  `Hash`                   STRING,
  Hashes                   STRING,
  ID                       STRING,
  Image                    STRING,
  ImageLoaded              STRING,
  Initiated                STRING,
  IntegrityLevel           STRING,
  IsExecutable             STRING,
  LogonGuid                STRING,
  LogonId                  STRING,
  Name                     STRING,
  NewName                  STRING,
  NewThreadId              STRING,
  Operation                STRING,
  OriginalFileName         STRING,
  ParentCommandLine        STRING,
  ParentImage              STRING,
  ParentProcessGuid        STRING,
  ParentProcessId          STRING,
  ParentUser               STRING,
  PipeName                 STRING,
  PreviousCreationUtcTime  STRING,
  ProcessGuid              STRING,
  ProcessId                STRING,
  Product                  STRING,
  Protocol                 STRING,
  Query                    STRING,
  QueryName                STRING,
  QueryResults             STRING,
  QueryStatus              STRING,
  RuleName                 STRING,
  SchemaVersion            STRING,
  `Session`                STRING,
  Signature                STRING,
  SignatureStatus          STRING,
  Signed                   STRING,
  SourceHostname           STRING,
  SourceImage              STRING,
  SourceIp                 STRING,
  SourceIsIpv6             STRING,
  SourcePort               STRING,
  SourcePortName           STRING,
  SourceProcessGUID        STRING,  -- event 10 spells it so,
  SourceProcessGuid        STRING,  -- event 8 so
  SourceProcessId          STRING,
  SourceThreadId           STRING,
  SourceUser               STRING,
  StartAddress             STRING,
  StartFunction            STRING,
  StartModule              STRING,
  State                    STRING,
  TargetFilename           STRING,
  TargetImage              STRING,
  TargetObject             STRING,
  TargetProcessGUID        STRING,
  TargetProcessGuid        STRING,
  TargetProcessId          STRING,
  TargetUser               STRING,
  TerminalSessionId        STRING,
  `Type`                   STRING,
  `User`                   STRING,
  UtcTime                  STRING,
  Version                  STRING,

  -- what could not be read, its bytes untouched
  error_type               STRING,
  error_message            STRING,
  raw_payload              BYTES,

  -- what a file split held
  tally                    ROW<
                             records      BIGINT,
                             `bytes`      BIGINT,
                             decoded      BIGINT,
                             skipped      MAP<STRING, BIGINT>,  -- by event id
                             dead_letters MAP<STRING, BIGINT>,  -- by error_type
                             shapes       MAP<STRING, BIGINT>,  -- of the decoded
                             providers    MAP<STRING, BIGINT>,  -- of the decoded
                             oldest       TIMESTAMP_LTZ(3),     -- of the decoded
                             newest       TIMESTAMP_LTZ(3)>
) WITH (
  'connector'   = 'sysmon-files',
  'path'        = '${input}',
  'event-codes' = '${event_codes}'
)
