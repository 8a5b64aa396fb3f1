package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;

/** A shape that carries a record of another shape, XML or JSON; what is around it is not read. */
non-sealed interface JsonWrapper extends JsonShape {

  /** The record inside an object that matches: an object, or a text that holds one record. */
  JsonNode wrapped(JsonNode object);
}
