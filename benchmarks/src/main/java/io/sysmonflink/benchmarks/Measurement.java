package io.sysmonflink.benchmarks;

import java.util.List;

/**
 * One run of a contender.
 *
 * @param seconds without the start of the process: what the job or the query took by its own clock
 * @param rows what it found, as lines of CSV with a header; none where it looks for no rows
 */
record Measurement(TimedProcess process, double seconds, List<String> rows) {}
