/**
 * Compares the rows of a search in Splunk, exported as CSV, with the rows that a run here wrote.
 */
package io.sysmonflink.jobs.diff;
