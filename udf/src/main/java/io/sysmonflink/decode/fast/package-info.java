/**
 * Reads the layouts that most logs are in, straight from the bytes. No other room knows this one:
 * what it does not take, the plain parsers read.
 */
package io.sysmonflink.decode.fast;
