/** What a run shows people: results as tables, and a summary at the end. */
package io.sysmonflink.jobs.report;
