/** Splunk's wildcards: the matching itself, for whoever has a value and patterns. */
package io.sysmonflink.wildcards;
