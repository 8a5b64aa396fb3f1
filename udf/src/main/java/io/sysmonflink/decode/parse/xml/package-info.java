/** Reads XML events of any layout. */
package io.sysmonflink.decode.parse.xml;
