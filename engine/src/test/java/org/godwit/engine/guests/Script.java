package org.godwit.engine.guests;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.godwit.engine.isa.Assembler;

/**
 * A guest program made in a test: system calls one after the other, with labels and little more.
 * Code and data are one page each, so that a body is small and a move short. Addresses of data are
 * given out as they are laid down; {@link #slot}s are words that keep results of calls.
 */
final class Script {
  static final long CODE = 0x10000;
  static final long DATA = 0x20000;

  /** An argument that is the content of a slot when the call is made. */
  record Slot(int number) {}

  private static final int DATA_BYTES = 4096;
  private static final int SLOTS = 3584;

  private final StringBuilder text = new StringBuilder();
  private final ByteBuffer data = ByteBuffer.allocate(DATA_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private int labels;

  Script() {
    load("s0", DATA + SLOTS);
  }

  // ---------------------------------------------------------------- data

  /** Lays down words of 64 bits; returns their address. */
  long words(long... values) {
    data.position(data.position() + 7 & -8);
    long at = DATA + data.position();
    for (long value : values) {
      data.putLong(value);
    }
    return at;
  }

  /** Lays down bytes; returns their address. */
  long bytes(byte[] values) {
    long at = DATA + data.position();
    data.put(values);
    return at;
  }

  /** Lays down a string with its NUL; returns its address. */
  long string(String value) {
    long at = bytes(value.getBytes(StandardCharsets.UTF_8));
    data.put((byte) 0);
    return at;
  }

  /** Leaves room; returns its address. */
  long room(int bytes) {
    data.position(data.position() + 7 & -8);
    long at = DATA + data.position();
    data.position(data.position() + bytes);
    return at;
  }

  static Slot slot(int number) {
    return new Slot(number);
  }

  /** Address of a slot. */
  static long slotAddress(int number) {
    return DATA + SLOTS + 8L * number;
  }

  // ---------------------------------------------------------------- code

  private void line(String instruction) {
    text.append(instruction).append('\n');
  }

  /** Puts a constant into a register: 32 bits at a time, signed. */
  private void load(String register, long value) {
    if (value == (int) value) {
      int low = (int) (value << 52 >> 52);
      int high = (int) (value - low >>> 12) & 0xfffff;
      line("lui " + register + "," + high);
      line("addiw " + register + "," + register + "," + low);
    } else {
      load(register, value - (value << 52 >> 52) >> 12);
      line("slli " + register + "," + register + ",12");
      line("addi " + register + "," + register + "," + (value << 52 >> 52));
    }
  }

  /** A system call; arguments are numbers, addresses, or slots. */
  Script call(int number, Object... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case Slot slot -> line("ld a" + i + "," + 8 * slot.number + "(s0)");
        case Number value -> load("a" + i, value.longValue());
        default -> throw new IllegalArgumentException(arguments[i].toString());
      }
    }
    load("a7", number);
    line("ecall");
    return this;
  }

  /** Keeps the last call's result in a slot. */
  Script keep(int slot) {
    line("sd a0," + 8 * slot + "(s0)");
    return this;
  }

  Script label(String name) {
    text.append(name).append(":\n");
    return this;
  }

  Script jump(String label) {
    line("jal zero," + label);
    return this;
  }

  /** Goes on at the label if the last call's result is 0. */
  Script ifZero(String label) {
    line("beq a0,zero," + label);
    return this;
  }

  /** Goes on at the label if the last call's result is negative. */
  Script ifNegative(String label) {
    line("blt a0,zero," + label);
    return this;
  }

  /** Ends with {@code status} unless the last call's result is {@code expected}. */
  Script expect(long expected, int status) {
    String fine = "fine" + labels++;
    load("t0", expected);
    line("beq a0,t0," + fine);
    exit(status);
    return label(fine);
  }

  /** Ends with {@code status} unless the 32-bit word at an address is {@code expected}. */
  Script expectWord(long address, int expected, int status) {
    load("t1", address);
    line("lw a0,0(t1)");
    return expect(expected, status);
  }

  /** Computes for about {@code passes} · 2 instructions. */
  Script compute(long passes) {
    String again = "again" + labels++;
    load("t2", passes);
    label(again);
    line("addi t2,t2,-1");
    line("bne t2,zero," + again);
    return this;
  }

  /** Any instruction. */
  Script instruction(String instruction) {
    line(instruction);
    return this;
  }

  /** Writes the constant to the 64-bit word at an address. */
  Script store(long address, long value) {
    load("t0", address);
    load("t1", value);
    line("sd t1,0(t0)");
    return this;
  }

  /** Writes a word of its own into each of {@code pages} pages from {@code address} on. */
  Script touch(long address, int pages) {
    for (int i = 0; i < pages; i++) {
      store(address + i * 4096L, i + 1);
    }
    return this;
  }

  /** Ends with {@code status} unless they hold what {@link #touch} has written. */
  Script touched(long address, int pages, int status) {
    for (int i = 0; i < pages; i++) {
      expectWord(address + i * 4096L, i + 1, status);
    }
    return this;
  }

  Script print(String what) {
    byte[] bytes = what.getBytes(StandardCharsets.UTF_8);
    return call(64, 1, bytes(bytes), bytes.length);
  }

  Script exit(int status) {
    return call(94, status);
  }

  /** Forks; the parent goes on here with the pid in the slot, the child at the label. */
  Script fork(int slot, String child) {
    return call(220, 17, 0, 0, 0, 0).ifZero(child).keep(slot);
  }

  /** Address of a label, by assembling what is there so far: for handlers. */
  long handlerAddress(String label) {
    String[] before = text.toString().split("\n");
    long address = CODE;
    for (String each : before) {
      if (each.equals(label + ":")) {
        return address;
      }
      address += each.endsWith(":") ? 0 : 4;
    }
    throw new IllegalStateException("no label " + label);
  }

  /** The program as a static ELF: one executable page or more, one page of data. */
  byte[] elf() {
    byte[] code = Assembler.assemble(CODE, text.toString());
    int codeAt = 4096;
    int dataAt = codeAt + (code.length + 4095 & -4096);
    ByteBuffer file = ByteBuffer.allocate(dataAt + DATA_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    file.putShort((short) 2).putShort((short) 243).putInt(1);
    file.putLong(CODE).putLong(64).putLong(0).putInt(4);
    file.putShort((short) 64).putShort((short) 56).putShort((short) 2);
    file.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    segment(file, 5, codeAt, CODE, code.length);
    segment(file, 6, dataAt, DATA, DATA_BYTES);
    file.put(codeAt, code);
    file.put(dataAt, data.array());
    return file.array();
  }

  private static void segment(ByteBuffer file, int flags, long offset, long address, long length) {
    file.putInt(1).putInt(flags).putLong(offset).putLong(address).putLong(address);
    file.putLong(length).putLong(length).putLong(4096);
  }

  /** The program among those on board, under a name. */
  Guests named(String name) {
    return Guests.ON_BOARD.with(name, elf());
  }
}
