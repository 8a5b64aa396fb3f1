/** What Flink sees of the decoder: the format {@code sysmon}, its options and its schema. */
package io.sysmonflink.format;
