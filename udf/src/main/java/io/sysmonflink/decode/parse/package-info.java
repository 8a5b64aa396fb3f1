/**
 * What the parsers of all renderings have in common: the door for a {@link
 * io.sysmonflink.decode.parse.FastPath}.
 */
package io.sysmonflink.decode.parse;
