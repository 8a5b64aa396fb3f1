/** Finds mistakes in SQL and YAML files without running a job: what {@code detect check} does. */
package io.sysmonflink.jobs.check;
