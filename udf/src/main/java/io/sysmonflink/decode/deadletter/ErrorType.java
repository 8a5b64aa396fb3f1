package io.sysmonflink.decode.deadletter;

import java.util.Locale;

/**
 * Why a record, or a file, went to the dead letter: the values of its {@code error_type}, in lower
 * case.
 */
public enum ErrorType {
  /** Neither an XML event nor a JSON object. */
  NOT_AN_EVENT,
  /** Begins like an event, but its end is missing. */
  TRUNCATED,
  /** Larger than the limit; its bytes come in several dead letters. */
  TOO_LARGE,
  /** Nested deeper than any event is. */
  TOO_DEEP,
  /** A document type or entity declaration. */
  DTD,
  /** Bytes that are not UTF-8. */
  INVALID_UTF8,
  /** XML that is not well-formed, or not laid out as an event. */
  MALFORMED_XML,
  /** JSON that does not parse. */
  MALFORMED_JSON,
  /** The same field twice, so that its value is anyone's guess. */
  DUPLICATE_FIELD,
  /** No event id where one of the known shapes has it, or one that is no number. */
  NO_EVENT_ID,
  /** An event of Sysmon's in which not one of the fields was found that such an event has. */
  NO_EVENT_DATA,
  /** No time, or one in an unknown spelling. */
  UNREADABLE_TIME,
  /** More than a day later than the clock: it would push real events out of the window. */
  FROM_FUTURE,
  /** No record, but a whole file, or the rest of one, that cannot be read. */
  UNREADABLE_FILE,
  /** No record, but a file that was not the same when it was read as when it was listed. */
  CHANGED_FILE,
  /** Messages that Kafka removed before they were read; stands for all of them. */
  OFFSETS_LOST;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value as it stands in {@code error_type}. */
  public String label() {
    return label;
  }
}
