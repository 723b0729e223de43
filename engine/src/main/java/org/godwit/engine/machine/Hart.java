package org.godwit.engine.machine;

import java.util.Arrays;
import org.godwit.engine.isa.Decoded;
import org.godwit.engine.memory.GuestFault;
import org.godwit.engine.memory.PageWait;
import org.godwit.engine.state.Walk;

/**
 * One hardware thread: what a context switch saves. Floating-point registers are raw bits (decision
 * 8), singles NaN-boxed.
 *
 * <p>Layout: {@code x[0]} is always 0; {@code x[32]} ({@link Decoded#SINK}) takes what a program
 * writes to x0 and means nothing. Used by one thread at a time.
 */
public final class Hart {
  /** Register numbers of the calling convention. */
  public static final int RA = 1;

  public static final int SP = 2;
  public static final int TP = 4;
  public static final int A0 = 10;
  public static final int A1 = 11;
  public static final int A7 = 17;

  private static final int REGISTERS = 32;

  final long[] x = new long[REGISTERS + 1];
  final long[] f = new long[REGISTERS];
  final Fcsr fcsr = new Fcsr();
  long pc;
  long retired;
  long reservedAddress = -1;
  long reservedValue;

  // Not state of the guest: set at each run or each stop, never walked.
  Counters counters = Counters.INSTRUCTIONS;
  long base;
  long left;
  int entry;
  Stop stop;
  long system;
  final long[] scratch = new long[Blocks.LENGTH];
  private GuestFault fault;
  private PageWait pageWait;
  private long address;

  /** A hart with all registers zero. */
  public Hart() {}

  /** Register {@code x}number. */
  public long x(int number) {
    return x[number];
  }

  /** Sets register {@code x}number; x0 stays 0. */
  public void setX(int number, long value) {
    if (number != 0) {
      x[number] = value;
    }
  }

  /** Raw bits of register {@code f}number. */
  public long f(int number) {
    return f[number];
  }

  public void setF(int number, long bits) {
    f[number] = bits;
  }

  /** The live integer registers with the sink, for engines. */
  public long[] integers() {
    return x;
  }

  /** The live floating-point registers, for engines. */
  public long[] floats() {
    return f;
  }

  public Fcsr fcsr() {
    return fcsr;
  }

  /** Address of the next instruction. */
  public long pc() {
    return pc;
  }

  public void setPc(long address) {
    pc = address & ~1L;
  }

  /** Instructions retired since the hart began. */
  public long retired() {
    return retired;
  }

  public void setRetired(long count) {
    retired = count;
  }

  public void setCounters(Counters port) {
    counters = port;
  }

  public Counters counters() {
    return counters;
  }

  /** Forgets the LR reservation: a thread switch, a signal, a move (decision 35). */
  public void clearReservation() {
    reservedAddress = -1;
    reservedValue = 0;
  }

  /** The fault of the last {@link Stop#FAULT}. */
  public GuestFault fault() {
    return fault;
  }

  /** The page of the last {@link Stop#PAGE_WAIT}. */
  public PageWait pageWait() {
    return pageWait;
  }

  /** The address of the last {@link Stop#MISALIGNED}. */
  public long address() {
    return address;
  }

  /** Notes the details of a stop, for engines. */
  public Stop stopFault(GuestFault details) {
    fault = details;
    return Stop.FAULT;
  }

  /** Notes the details of a stop, for engines. */
  public Stop stopWait(PageWait details) {
    pageWait = details;
    return Stop.PAGE_WAIT;
  }

  /** Notes the details of a stop, for engines. */
  public Stop stopMisaligned(long accessed) {
    address = accessed;
    return Stop.MISALIGNED;
  }

  /** Why the loop left, once; null if only a block ended. */
  Stop takeStop() {
    Stop taken = stop;
    stop = null;
    return taken;
  }

  /** Takes over all guest state of another hart: a new thread or process. */
  public void copyFrom(Hart other) {
    System.arraycopy(other.x, 0, x, 0, REGISTERS);
    System.arraycopy(other.f, 0, f, 0, REGISTERS);
    fcsr.write(other.fcsr.read());
    pc = other.pc;
    retired = other.retired;
    reservedAddress = other.reservedAddress;
    reservedValue = other.reservedValue;
  }

  /** Walks what the guest can observe; counters and stop details are not state. */
  public void walk(Walk walk) {
    long[] integers = walk.longs("x", Arrays.copyOf(x, REGISTERS));
    System.arraycopy(integers, 0, x, 0, REGISTERS);
    System.arraycopy(walk.longs("f", f), 0, f, 0, REGISTERS);
    fcsr.write(walk.i32("fcsr", fcsr.read()));
    pc = walk.i64("pc", pc);
    retired = walk.i64("retired", retired);
    reservedAddress = walk.i64("reservedAddress", reservedAddress);
    reservedValue = walk.i64("reservedValue", reservedValue);
  }
}
