package org.godwit.engine.session.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.godwit.engine.session.HashSample;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Sample;

/**
 * Reads what {@link Packing} made. Whatever else it is given ends in an {@link
 * IllegalArgumentException}, and in no more memory than a few times the bytes.
 */
final class Unpacking {
  private final byte[] bytes;
  private int at;

  Unpacking(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  HashSample hash() {
    return new HashSample(longer(), fixed());
  }

  Sample sample() {
    return new Sample(
        longer(), integer(), real(), real(), real(), longer(), longer(), longer(), integer(),
        integer());
  }

  Event decision() {
    return new Event(
        longer(),
        integer(),
        longer(),
        new Happening.Decided(
            new Decision(
                text(),
                real(),
                integer(),
                integer(),
                list(this::candidate),
                problem(),
                process(),
                integer(),
                flag() ? inputs() : null)));
  }

  private Decision.Candidate candidate() {
    return new Decision.Candidate(present(process()), real(), problem(), list(this::target));
  }

  private Decision.Target target() {
    return new Decision.Target(
        integer(),
        longer(),
        real(),
        real(),
        real(),
        real(),
        real(),
        real(),
        problem(),
        flag() ? new Decision.Marginal(real(), real()) : null);
  }

  private Decision.Inputs inputs() {
    return new Decision.Inputs(
        new Beliefs(
            longer(),
            integer(),
            integer(),
            integer(),
            real(),
            real(),
            flag(),
            flag(),
            longer(),
            longer(),
            list(this::resident),
            list(this::peer)),
        list(this::longer));
  }

  private Beliefs.Resident resident() {
    return new Beliefs.Resident(
        present(process()),
        flag(),
        text(),
        flag(),
        real(),
        real(),
        longer(),
        longer(),
        integer(),
        longer(),
        real(),
        longer(),
        list(this::integer));
  }

  private Beliefs.Peer peer() {
    return new Beliefs.Peer(
        integer(), longer(), integer(), integer(), real(), flag(), longer(), longer(), integer(),
        longer());
  }

  private ProcessId process() {
    return flag() ? new ProcessId(integer(), integer()) : null;
  }

  private static ProcessId present(ProcessId process) {
    if (process == null) {
      throw new IllegalArgumentException("a process is missing");
    }
    return process;
  }

  private Problem problem() {
    return flag() ? new Problem(text(), list(this::argument)) : null;
  }

  private Object argument() {
    return switch (octet()) {
      case Packing.TEXT -> text();
      case Packing.INT -> integer();
      case Packing.LONG -> longer();
      case Packing.DOUBLE -> real();
      default -> throw new IllegalArgumentException("no kind of argument");
    };
  }

  private <T> List<T> list(Supplier<T> element) {
    int size = length();
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(element.get());
    }
    return list;
  }

  private String text() {
    return new String(piece(), StandardCharsets.UTF_8);
  }

  /** Bytes with their length. */
  byte[] piece() {
    int length = length();
    byte[] piece = new byte[length];
    System.arraycopy(bytes, at, piece, 0, length);
    at += length;
    return piece;
  }

  /** A number of things that each take a byte at least. */
  private int length() {
    int length = integer();
    if (length < 0 || length > bytes.length - at) {
      throw new IllegalArgumentException("there is less than that");
    }
    return length;
  }

  private boolean flag() {
    int value = octet();
    if (value > 1) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return value == 1;
  }

  private int integer() {
    long number = longer();
    if (number != (int) number) {
      throw new IllegalArgumentException("too large");
    }
    return (int) number;
  }

  private long longer() {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int part = octet();
      number |= (long) (part & 0x7f) << shift;
      if (part < 0x80) {
        return number >>> 1 ^ -(number & 1);
      }
    }
    throw new IllegalArgumentException("no number");
  }

  private long fixed() {
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits = bits << 8 | octet();
    }
    return bits;
  }

  private double real() {
    double number = Double.longBitsToDouble(fixed());
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("not finite");
    }
    return number;
  }

  /** The next byte, 0 to 255. */
  int octet() {
    if (at >= bytes.length) {
      throw new IllegalArgumentException("nothing more");
    }
    return bytes[at++] & 0xff;
  }
}
