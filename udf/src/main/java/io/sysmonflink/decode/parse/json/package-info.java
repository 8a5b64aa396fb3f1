/**
 * Reads JSON objects: wrappers around records, lists of records, and events. Which rendering an
 * event is in, a {@link io.sysmonflink.decode.parse.json.JsonShape} knows.
 */
package io.sysmonflink.decode.parse.json;
