package io.sysmonflink.benchmarks;

import java.util.List;

/**
 * The Sysmon events that a log is made of, with their fields in the order of Sysmon's schema 4.90.
 */
enum EventType {
  PROCESS_CREATE(
      1,
      5,
      "Process Create",
      "ProcessCreate",
      "RuleName UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company"
          + " OriginalFileName CommandLine CurrentDirectory User LogonGuid LogonId"
          + " TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId"
          + " ParentImage ParentCommandLine ParentUser"),
  NETWORK_CONNECT(
      3,
      5,
      "Network connection detected",
      "NetworkConnect",
      "RuleName UtcTime ProcessGuid ProcessId Image User Protocol Initiated SourceIsIpv6 SourceIp"
          + " SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp"
          + " DestinationHostname DestinationPort DestinationPortName"),
  IMAGE_LOAD(
      7,
      3,
      "Image loaded",
      "ImageLoad",
      "RuleName UtcTime ProcessGuid ProcessId Image ImageLoaded FileVersion Description Product"
          + " Company OriginalFileName Hashes Signed Signature SignatureStatus User"),
  PROCESS_ACCESS(
      10,
      3,
      "Process accessed",
      "ProcessAccess",
      "RuleName UtcTime SourceProcessGUID SourceProcessId SourceThreadId SourceImage"
          + " TargetProcessGUID TargetProcessId TargetImage GrantedAccess CallTrace SourceUser"
          + " TargetUser"),
  FILE_CREATE(
      11,
      2,
      "File created",
      "FileCreate",
      "RuleName UtcTime ProcessGuid ProcessId Image TargetFilename CreationUtcTime User"),
  REGISTRY_VALUE_SET(
      13,
      2,
      "Registry value set",
      "RegistryEvent",
      "RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject Details User"),
  DNS_QUERY(
      22,
      5,
      "Dns query",
      "DnsQuery",
      "RuleName UtcTime ProcessGuid ProcessId QueryName QueryStatus QueryResults Image User");

  final int id;
  final int version;

  /** The first line of the event's message. */
  final String title;

  /** As Windows names the event's task. */
  final String task;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes one that cannot change
  final List<String> fields;

  EventType(int id, int version, String title, String rule, String fields) {
    this.id = id;
    this.version = version;
    this.title = title;
    this.task = title + " (rule: " + rule + ")";
    this.fields = List.of(fields.split(" "));
  }
}
