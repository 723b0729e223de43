package org.godwit.engine.kernel.call;

import org.godwit.engine.state.Walk;
import org.godwit.model.view.LedgerRow;

/**
 * A system call with its arguments marshalled: scalars as they were in a0 to a5, buffers as bytes.
 * Everything a handler may see of the guest; it travels as it is when the caller is away. A call
 * that waits keeps what it has done so far in {@link #progress}, since its handler is called again
 * from the start whenever a channel it waits on wakes.
 */
public final class Call {
  /** Argument registers. */
  public static final int ARGUMENTS = 6;

  private int number;
  private int tid;
  private long pc;
  private long[] scalars = new long[ARGUMENTS];
  private final byte[][] in = new byte[ARGUMENTS][];
  private final int[] capacity = new int[ARGUMENTS];
  private final byte[][] out = new byte[ARGUMENTS][];

  /** Bytes moved so far, deadline reached, or whatever a waiting handler has to remember. */
  public long progress;

  /** Signals that the caller blocks or ignores, as bits; bit 0 is signal 1. */
  public long shunned;

  /** Virtual time at which the call was first handled, in nanoseconds. */
  public long startedNanos;

  /** Who answers it, for the ledger. */
  public LedgerRow.Place place = LedgerRow.Place.HERE;

  /** Since when it waits at home for something to happen, or 0. */
  public long parkedNanos;

  /** How long it waited at home for something to happen. */
  public long waitedNanos;

  /** An empty call, to be filled by the marshaller or read from a walk. */
  public Call() {}

  /** A call of number {@code number} by task {@code tid} from address {@code pc}. */
  public Call(int number, int tid, long pc, long[] scalars) {
    this.number = number;
    this.tid = tid;
    this.pc = pc;
    this.scalars = scalars.clone();
  }

  /** The call's number in the riscv64 table. */
  public int number() {
    return number;
  }

  /** The calling task. */
  public int tid() {
    return tid;
  }

  /** Guest address of the ecall instruction. */
  public long pc() {
    return pc;
  }

  /** Argument register {@code index} as it was. */
  public long scalar(int index) {
    return scalars[index];
  }

  /** Argument register {@code index} as a C int. */
  public int integer(int index) {
    return (int) scalars[index];
  }

  /** What the guest's buffer {@code index} holds, or null for a null pointer. */
  public byte[] in(int index) {
    return in[index];
  }

  /** The path in argument {@code index}, without its NUL; bytes as ISO-8859-1 characters. */
  public String path(int index) {
    return in[index] == null
        ? null
        : new String(in[index], java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /** Bytes that the guest's buffer {@code index} can take; 0 for a null pointer. */
  public int capacity(int index) {
    return capacity[index];
  }

  /** Whether the caller blocked or ignored a signal when it made the call. */
  public boolean shuns(int signal) {
    return (shunned >> signal - 1 & 1) != 0;
  }

  /** Whether the guest passed a null pointer for {@code index}. */
  public boolean isNull(int index) {
    return scalars[index] == 0;
  }

  /** Gives argument {@code index} its result; at most {@link #capacity} bytes are copied out. */
  public void out(int index, byte[] bytes) {
    out[index] = bytes;
  }

  /** The result for argument {@code index}, or null. */
  public byte[] out(int index) {
    return out[index];
  }

  /** Makes the call be about something else. */
  public void scalar(int index, long value) {
    scalars[index] = value;
  }

  /** Used by the marshaller: the content of argument {@code index}. */
  public void in(int index, byte[] bytes) {
    in[index] = bytes;
  }

  /** Used by the marshaller: room of argument {@code index}. */
  public void capacity(int index, int bytes) {
    capacity[index] = bytes;
  }

  /** Bytes that the request carries, for the cost of forwarding it. */
  public int inBytes() {
    int sum = 0;
    for (byte[] each : in) {
      sum += each == null ? 0 : each.length;
    }
    return sum;
  }

  /** Bytes that the reply carries, for the cost of forwarding it. */
  public int outBytes() {
    int sum = 0;
    for (byte[] each : out) {
      sum += each == null ? 0 : each.length;
    }
    return sum;
  }

  /** Every field, for requests that travel and calls that wait. */
  public void walk(Walk walk) {
    number = walk.i32("number", number);
    tid = walk.i32("tid", tid);
    pc = walk.i64("pc", pc);
    scalars = walk.longs("scalars", scalars);
    progress = walk.i64("progress", progress);
    shunned = walk.i64("shunned", shunned);
    startedNanos = walk.i64("started", startedNanos);
    place = walk.constant("place", place, LedgerRow.Place.values());
    parkedNanos = walk.i64("parked", parkedNanos);
    waitedNanos = walk.i64("waited", waitedNanos);
    for (int i = 0; i < ARGUMENTS; i++) {
      capacity[i] = walk.i32("capacity", capacity[i]);
      if (walk.present("hasIn", in[i] != null)) {
        in[i] = walk.bytes("in", in[i]);
      }
      if (walk.present("hasOut", out[i] != null)) {
        out[i] = walk.bytes("out", out[i]);
      }
    }
  }
}
