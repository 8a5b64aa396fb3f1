/** What a run may do: the SQL files and the detections' metadata, read and checked. */
package io.sysmonflink.jobs.catalog;
