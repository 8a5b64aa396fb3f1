/**
 * The renderings of events as JSON. A new one is a class here and a line in {@link
 * io.sysmonflink.decode.parse.json.shape.JsonShapes}.
 */
package io.sysmonflink.decode.parse.json.shape;
