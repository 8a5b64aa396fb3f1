/** Finds the records in a run of bytes, and the places where a file may be cut. */
package io.sysmonflink.decode.frame;
