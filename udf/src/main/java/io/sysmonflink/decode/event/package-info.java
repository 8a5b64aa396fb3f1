/**
 * One event as it is being read: its envelope, its fields, its times and ids; and what Sysmon's
 * schema says of them.
 */
package io.sysmonflink.decode.event;
