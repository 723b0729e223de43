package org.godwit.engine.machine;

import java.util.Arrays;
import org.godwit.engine.machine.MachineVectors.Case;
import org.godwit.engine.machine.MachineVectors.State;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.Prot;

/**
 * A test world for instruction vectors: one hart, a region of c.ebreak in which the instructions
 * are put, and a data window with nothing mapped around it.
 */
final class VectorGuest {
  static final long START = MachineVectors.CODE + MachineVectors.CODE_SIZE / 2;
  private static final int C_EBREAK = 0x9002;
  private static final long PLENTY = 1_000_000;

  final Hart hart = new Hart();
  final AddressSpace memory = new AddressSpace(Frames.unlimited());
  private final Machine machine;
  private final byte[] fresh = new byte[MachineVectors.DATA_SIZE];
  private final byte[] data = new byte[MachineVectors.DATA_SIZE];

  VectorGuest(Machine machine) {
    this.machine = machine;
    map(MachineVectors.CODE, MachineVectors.CODE_SIZE, Prot.READ | Prot.WRITE | Prot.EXEC);
    map(MachineVectors.DATA, MachineVectors.DATA_SIZE, Prot.READ_WRITE);
    byte[] code = new byte[MachineVectors.CODE_SIZE];
    for (int k = 0; k < code.length; k += 2) {
      code[k] = (byte) C_EBREAK;
      code[k + 1] = (byte) (C_EBREAK >> 8);
    }
    memory.copyOut(MachineVectors.CODE, code, 0, code.length);
    for (int k = 0; k < fresh.length; k++) {
      fresh[k] = MachineVectors.pattern(k);
    }
    memory.copyOut(MachineVectors.DATA, fresh, 0, fresh.length);
  }

  private void map(long start, long length, int prot) {
    memory.map(new Area(start, start + length, prot, false, null, 0, ""));
  }

  /** Puts instructions at {@link #START}; returns the address behind them. */
  long load(int... words) {
    long at = START;
    for (int word : words) {
      if ((word & 3) == 3) {
        memory.store32(at, word);
        at += 4;
      } else {
        memory.store16(at, word);
        at += 2;
      }
    }
    return at;
  }

  private void unload(long end) {
    for (long at = START; at < end; at += 2) {
      memory.store16(at, C_EBREAK);
    }
  }

  /** Runs until it traps, or ends at the latest after {@code budget} instructions. */
  Stop run(long budget) {
    return machine.run(hart, memory, budget);
  }

  /** Runs a case in pieces of so many instructions; null if it agrees, else what differs. */
  String check(Case c, long piece) {
    long end = load(c.words());
    set(c.in());
    hart.clearReservation();
    hart.setPc(START);
    Stop stop = Stop.BUDGET;
    long left = PLENTY;
    while (stop == Stop.BUDGET && left > 0) {
      stop = run(Math.min(left, piece));
      left -= piece;
    }
    String difference = difference(c, stop);
    if (!Arrays.equals(data, fresh)) {
      memory.copyOut(MachineVectors.DATA, fresh, 0, fresh.length);
    }
    unload(end);
    return difference;
  }

  private void set(State state) {
    for (int i = 0; i < 32; i++) {
      hart.setX(i, state.x()[i]);
      hart.setF(i, state.f()[i]);
    }
    hart.fcsr().write(state.fcsr()[0]);
  }

  private String difference(Case c, Stop stop) {
    StringBuilder text = new StringBuilder();
    Stop expected =
        switch (c.end()) {
          case TRAP -> Stop.EBREAK;
          case ILL -> Stop.ILLEGAL;
          case SEGV -> Stop.FAULT;
        };
    if (stop != expected) {
      text.append(String.format(" stop: expected %s, got %s", expected, stop));
    }
    note(text, "pc", c.pc(), hart.pc());
    for (int i = 0; i < 32; i++) {
      note(text, "x" + i, c.out().x()[i], hart.x(i));
      note(text, "f" + i, c.out().f()[i], hart.f(i));
    }
    note(text, "fcsr", c.out().fcsr()[0], hart.fcsr().read());
    memory.copyIn(MachineVectors.DATA, data, 0, data.length);
    byte[] wanted = c.memory() == null ? fresh : c.memory();
    int at = Arrays.mismatch(wanted, data);
    if (at >= 0) {
      note(text, "byte at data+" + Integer.toHexString(at), wanted[at], data[at]);
    }
    return text.isEmpty() ? null : text.toString();
  }

  private static void note(StringBuilder text, String what, long expected, long got) {
    if (expected != got) {
      text.append(String.format(" %s: expected %x, got %x", what, expected, got));
    }
  }
}
