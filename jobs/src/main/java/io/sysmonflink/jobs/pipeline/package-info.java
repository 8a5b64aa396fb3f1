/**
 * From catalog to running job: views, result tables and the one statement set that feeds them all.
 */
package io.sysmonflink.jobs.pipeline;
