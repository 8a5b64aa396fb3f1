/** The {@code sysmon-kafka} connector: a table over topics of Windows event log records. */
package io.sysmonflink.kafka;
