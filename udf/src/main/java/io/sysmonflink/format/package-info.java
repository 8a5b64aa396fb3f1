/**
 * Windows event log records, in whatever rendering they come, to rows.
 *
 * <p>{@link io.sysmonflink.format.RecordFramer} finds the records in a run of bytes, {@link
 * io.sysmonflink.format.EventDecoder} reads one record, {@link io.sysmonflink.format.EventRows}
 * makes the row. A rendering ("shape") of JSON is one {@link io.sysmonflink.format.JsonShape}.
 */
package io.sysmonflink.format;
