/**
 * Tells of single records why a detection matches them or not: what {@code detect explain} does.
 * The conditions are those of the SQL files, and Flink decides them.
 */
package io.sysmonflink.jobs.explain;
