/** Makes rows of events, dead letters and tallies, and counts what was read. */
package io.sysmonflink.decode.row;
