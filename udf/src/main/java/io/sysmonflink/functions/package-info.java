/** What the SPL of the detections can say and Flink SQL cannot, as functions for any Flink SQL. */
package io.sysmonflink.functions;
