/**
 * SQL as Flink's own parser reads it: syntax trees and ways through them ({@link
 * io.sysmonflink.jobs.sql.SqlSyntax}), where their parts stand in the text ({@link
 * io.sysmonflink.jobs.sql.SqlPlaces}), and conditions as a model that can be read and written
 * ({@link io.sysmonflink.jobs.sql.Condition}). It knows nothing of files and detections.
 */
package io.sysmonflink.jobs.sql;
