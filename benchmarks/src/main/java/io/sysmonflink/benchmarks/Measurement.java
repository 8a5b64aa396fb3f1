package io.sysmonflink.benchmarks;

import java.util.List;

/**
 * One run of a contender.
 *
 * @param seconds in steady state: what the search took by its own clock, without the start of
 *     process and engine
 * @param rows what it found, as lines of CSV with a header; none where it looks for no rows
 */
record Measurement(TimedProcess process, double seconds, List<String> rows) {}
