package io.sysmonflink.files;

import java.io.Serializable;

/**
 * How files are read, in bytes.
 *
 * @param split the size of the parts that a file is cut into
 * @param block how much is read at a time
 */
record ReadSizes(long split, int block) implements Serializable {

  private static final long serialVersionUID = 1L;
}
