/**
 * SQL files as Flink's own parser reads them. It is part of the planner, which is on the class path
 * of {@code ./detect} only: on a cluster no job can reach it.
 */
package io.sysmonflink.jobs.syntax;
