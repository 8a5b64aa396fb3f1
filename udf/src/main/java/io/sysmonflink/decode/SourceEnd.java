package io.sysmonflink.decode;

import io.sysmonflink.decode.deadletter.ErrorType;
import java.io.IOException;
import java.util.Optional;

/**
 * What is to be told of a source when all is read that can be.
 *
 * @param fault what is wrong with the source as a whole, if anything: it becomes a dead letter
 * @param appended bytes that were added since it was listed, and are not read
 */
public record SourceEnd(Optional<SourceFault> fault, long appended) {

  /** Nothing. */
  public static final SourceEnd NONE = new SourceEnd(Optional.empty(), 0);

  /** What is wrong. */
  public record SourceFault(ErrorType type, String message) {}

  /** Looks at a source whose end was reached. */
  public interface Look {

    /**
     * Says what is to be told.
     *
     * @throws IOException if the source cannot be looked at
     */
    SourceEnd look() throws IOException;
  }
}
