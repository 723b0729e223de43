package org.godwit.engine.session.file;

import java.util.zip.CRC32C;

/**
 * The layout of a live log, which a session that is open is written to as it goes, so that what
 * happened is still there when the program is killed (decision 33). It is only ever appended to:
 *
 * <pre>
 * magic     "GODWLOG" and one byte, the version of this layout
 * frame     int length of the payload, int CRC-32C of kind and payload, byte kind, payload
 * frame     ...
 * </pre>
 *
 * <p>Numbers are big-endian. Frames come in batches: whatever is new, then {@link #REACHED}, which
 * says up to which virtual time everything stands before it. A batch counts only as a whole, so
 * that what is read is the session at one instant between two windows and can be run again.
 */
final class LiveLog {
  /**
   * Layout that is written. Older ones are read as well: in version 1 all events and samples were
   * lines, up to version 2 the hashes.
   */
  static final int VERSION = 3;

  /** What a log begins with; the version follows. */
  static final String MAGIC = "GODWLOG";

  /** {@link org.godwit.model.session.SessionHeader} with nothing counted yet; the first frame. */
  static final byte HEADER = 'H';

  /** A program: its name as by {@code DataOutput.writeUTF}, then the ELF. */
  static final byte PROGRAM = 'P';

  /** What nodes of a profile have in their tree: the profile likewise, then the archive. */
  static final byte ROOT = 'R';

  /**
   * What a node's tree was given from outside: the node as an int, then the archive. In the first
   * batch, if at all.
   */
  static final byte TREE = 'X';

  /** Standard input from outside: the node likewise, then the bytes. */
  static final byte INPUT = 'N';

  /** Lines of commands, as in the session file. */
  static final byte COMMANDS = 'C';

  /** Lines of hashes; versions 1 and 2. */
  static final byte HASH_LINES = 'S';

  /** Lines of events; version 1. */
  static final byte EVENT_LINES = 'E';

  /** Lines of samples; version 1. */
  static final byte SAMPLE_LINES = 'M';

  /**
   * Events, each after a byte: {@link #PACKED} before a decision as {@link Packing} makes it,
   * {@link #LINE} before the length and the bytes of a line.
   */
  static final byte EVENTS = 'e';

  /** Samples, packed. */
  static final byte SAMPLES = 'm';

  /** Hashes, packed. */
  static final byte HASHES = 's';

  static final int LINE = 0;
  static final int PACKED = 1;

  /** End of a batch: virtual time as a long. */
  static final byte REACHED = 'T';

  /** Kind, length and checksum of a frame. */
  static final int FRAME_HEAD = 9;

  /** A frame is ended when it has come to this size. */
  static final int FRAME_BYTES = 1 << 20;

  /** Longest payload that is read: a piece, its name, or a frame with one line more. */
  static final int MAX_FRAME = SessionFile.MAX_PIECE + (1 << 16) + 2;

  private LiveLog() {}

  /** Of a kind and the payload behind it, all of it in {@code bytes}. */
  static int checksum(byte[] bytes, int from, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }
}
