/**
 * Drops records early: by an id that the raw text proves, and by what any query asks of an event.
 */
package io.sysmonflink.decode.skip;
