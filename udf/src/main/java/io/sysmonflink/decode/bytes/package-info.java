/** Bytes and the texts in them. It knows nothing of events. */
package io.sysmonflink.decode.bytes;
