package org.godwit.engine.machine;

import org.godwit.engine.isa.Assembler;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.Prot;

/**
 * A test world without a kernel: a hart, code at {@link #CODE} that it may also write, and data at
 * {@link #DATA}.
 */
final class BareHart {
  static final long CODE = 0x10000;
  static final long DATA = 0x40000;
  static final int PAGES = 4 * 4096;

  final Hart hart = new Hart();
  final Frames frames = Frames.unlimited();
  final AddressSpace memory = new AddressSpace(frames);
  final Machine machine;

  BareHart(String text) {
    this(new Interpreter(), text);
  }

  BareHart(Machine machine, String text) {
    this.machine = machine;
    int all = Prot.READ_WRITE | Prot.EXEC;
    memory.map(new Area(CODE, CODE + PAGES, all, false, null, 0, ""));
    memory.map(new Area(DATA, DATA + PAGES, Prot.READ_WRITE, false, null, 0, ""));
    put(CODE, text);
    hart.setPc(CODE);
  }

  /** Assembles a text to an address. */
  void put(long address, String text) {
    byte[] code = Assembler.assemble(address, text);
    memory.copyOut(address, code, 0, code.length);
  }

  Stop run(long budget) {
    return machine.run(hart, memory, budget);
  }

  /** Runs until something but a spent budget. */
  Stop run() {
    return run(1_000_000);
  }
}
