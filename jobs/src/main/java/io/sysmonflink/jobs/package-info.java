/** The job: one Flink program that runs every detection of the catalog. */
package io.sysmonflink.jobs;
