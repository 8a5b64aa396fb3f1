/**
 * Windows event log records, in whatever rendering they come, to rows.
 *
 * <p>The rooms below follow a record's way: {@code frame} finds it in the bytes, {@code skip} drops
 * it by its id or by a prefilter, {@code parse} reads it, {@code fast} reads the usual ones sooner,
 * {@code event} holds what was read, and {@code row} makes a row of it. This package leads a record
 * from room to room; no room knows it.
 */
package io.sysmonflink.decode;
