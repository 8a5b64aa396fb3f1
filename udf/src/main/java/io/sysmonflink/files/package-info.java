/** The {@code sysmon-files} connector: a bounded table over files of Windows event log records. */
package io.sysmonflink.files;
