package org.godwit.engine.kernel.call;

/**
 * What one argument register of a system call means, so that one marshaller can copy guest memory
 * in before the call and out after it (decision 11).
 */
public sealed interface Arg {
  /** A number that is passed as it is. */
  record Scalar(String name) implements Arg {}

  /** A NUL-terminated path, at most 4096 bytes with its NUL; else ENAMETOOLONG. */
  record Path(String name) implements Arg {}

  /**
   * A buffer that the call reads; a null pointer arrives as null.
   *
   * @param lengthIndex argument that holds its length in units, or −1 if it is one unit
   * @param unit bytes in a unit
   */
  record In(String name, int lengthIndex, int unit) implements Arg {}

  /** A buffer that the call fills; see {@link In} for its length. */
  record Out(String name, int lengthIndex, int unit) implements Arg {}

  /** A buffer that the call reads and then replaces; see {@link In} for its length. */
  record InOut(String name, int lengthIndex, int unit) implements Arg {}

  /** An iovec array that is gathered into one buffer; {@code countIndex} names its length. */
  record Gather(String name, int countIndex) implements Arg {}

  /** An iovec array over which one result is scattered; {@code countIndex} names its length. */
  record Scatter(String name, int countIndex) implements Arg {}

  /** An fd_set of as many bits as argument {@code bitsIndex} says, rounded up to 8 bytes. */
  record FdSet(String name, int bitsIndex) implements Arg {}

  /**
   * A socket address that the call fills, whose capacity stands in the 32-bit word at pointer
   * argument {@code lengthPointerIndex}; the marshaller writes the true length back there.
   */
  record AddressOut(String name, int lengthPointerIndex) implements Arg {}

  /** A msghdr of which the call reads data (gathered), name and ancillary data. */
  record MessageIn(String name) implements Arg {}

  /**
   * A msghdr over which the call scatters data and whose name and ancillary data it fills; the room
   * for the latter arrives as 4 bytes.
   */
  record MessageOut(String name) implements Arg {}
}
