/** The command line. */
package io.sysmonflink.jobs.cli;
