package org.godwit.engine.jit;

import java.util.Random;
import org.godwit.engine.isa.Decoder;
import org.godwit.engine.isa.Extension;
import org.godwit.engine.isa.Op;
import org.godwit.engine.machine.Hart;
import org.godwit.engine.memory.AddressSpace;
import org.godwit.engine.memory.Area;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.memory.Prot;

/**
 * Three pages of random instructions that loop, call, return, fault, round oddly and write to their
 * own code: everything that a seed can think of. The same seed makes the same program and the same
 * memory.
 */
final class RandomProgram {
  static final long CODE = 0x10000;
  static final int CODE_SIZE = 3 * 4096;
  static final long DATA = 0x40000;
  private static final int DATA_SIZE = 4 * 4096;
  private static final int NEAR = 48;

  /** Registers that point into data and that no instruction changes. */
  private static final int[] POINTERS = {8, 9, 18, 19};

  private final Random random;
  private final byte[] code = new byte[CODE_SIZE];
  private final boolean writesCode;
  final int mostlyPlain;

  RandomProgram(long seed) {
    random = new Random(seed);
    writesCode = random.nextInt(4) == 0;
    mostlyPlain = 2 + random.nextInt(12);
    int at = 0;
    while (at < CODE_SIZE - 4) {
      at += put(at);
    }
  }

  private int put(int at) {
    if (random.nextInt(4) == 0) {
      int half = compressed();
      code[at] = (byte) half;
      code[at + 1] = (byte) (half >>> 8);
      return 2;
    }
    int word = word();
    for (int i = 0; i < 4; i++) {
      code[at + i] = (byte) (word >>> 8 * i);
    }
    return 4;
  }

  /** c.addi, c.li, c.mv, c.add and the register rows, on registers that may change. */
  private int compressed() {
    int rd = destination();
    int other = 1 + random.nextInt(31);
    int immediate = random.nextInt(32) << 2 | random.nextInt(2) << 12;
    return switch (random.nextInt(5)) {
      case 0 -> 0x0001 | rd << 7 | immediate;
      case 1 -> 0x4001 | rd << 7 | immediate;
      case 2 -> 0x8002 | rd << 7 | other << 2;
      case 3 -> 0x9002 | rd << 7 | other << 2;
      default -> 0x8c01 | 2 + random.nextInt(6) << 7 | random.nextInt(4) << 5 | 2 << 2;
    };
  }

  private int destination() {
    int rd = random.nextInt(32);
    for (int pointer : POINTERS) {
      if (rd == pointer) {
        return 10;
      }
    }
    return rd == 0 ? 11 : rd;
  }

  private int word() {
    while (true) {
      Op op = Op.of(random.nextInt(Op.all().size()));
      if (rare(op) && random.nextInt(mostlyPlain) != 0) {
        continue;
      }
      int word = op.match() | random.nextInt() & ~op.mask();
      word = word & ~(31 << 7) | (random.nextInt(40) == 0 ? 0 : destination()) << 7;
      word = fitted(op, word);
      if (Decoder.decode(word) != Decoder.ILLEGAL || random.nextInt(20) == 0) {
        return word;
      }
    }
  }

  private static boolean rare(Op op) {
    return op == Op.ECALL
        || op == Op.EBREAK
        || op == Op.JALR
        || op.extension() == Extension.A
        || op.extension() == Extension.ZICSR
        || op.extension() == Extension.F
        || op.extension() == Extension.D;
  }

  private int fitted(Op op, int word) {
    return switch (op) {
      case BEQ, BNE, BLT, BGE, BLTU, BGEU -> branch(word);
      case JAL -> jump(word);
      case JALR -> indirect(word);
      case LB, LH, LW, LD, LBU, LHU, LWU, FLW, FLD ->
          near(access(word)) & ~(7 << 20) | aligned() << 20;
      case SB, SH, SW, SD, FSW, FSD -> near(access(word)) & ~(7 << 7) | aligned() << 7;
      case CSRRW, CSRRS, CSRRC, CSRRWI, CSRRSI, CSRRCI -> counter(word);
      default -> op.extension() == Extension.A ? access(word) : word;
    };
  }

  private int aligned() {
    return random.nextInt(8) == 0 ? random.nextInt(8) : 0;
  }

  /** Mostly by way of a pointer, now and then of whatever a register holds. */
  private int access(int word) {
    if (random.nextInt(30) == 0) {
      return word;
    }
    return word & ~(31 << 15) | POINTERS[random.nextInt(POINTERS.length)] << 15;
  }

  /** Mostly within 128 bytes of the pointer, so that accesses are tested together. */
  private int near(int word) {
    return random.nextInt(3) == 0 ? word : word & ~(31 << 27);
  }

  private int branch(int word) {
    int target = 4 * (random.nextInt(2 * NEAR) - NEAR);
    return word & 0x01fff07f
        | (target >>> 12 & 1) << 31
        | (target >>> 5 & 63) << 25
        | (target >>> 1 & 15) << 8
        | (target >>> 11 & 1) << 7;
  }

  private int jump(int word) {
    int target = 4 * (random.nextInt(8 * NEAR) - 4 * NEAR);
    int rd = random.nextInt(3) == 0 ? 0 : random.nextInt(8) == 0 ? 12 : 1;
    return 0x6f
        | rd << 7
        | (target >>> 20 & 1) << 31
        | (target >>> 1 & 1023) << 21
        | (target >>> 11 & 1) << 20
        | (target >>> 12 & 255) << 12;
  }

  /** A return, a call or a jump by way of x20 to x23, which point into code. */
  private int indirect(int word) {
    return switch (random.nextInt(3)) {
      case 0 -> 0x8067;
      case 1 -> 0x67 | 1 << 7 | 20 + random.nextInt(4) << 15;
      default -> 0x67 | 20 + random.nextInt(4) << 15 | 4 * random.nextInt(32) << 20;
    };
  }

  private int counter(int word) {
    int[] numbers = {1, 2, 3, 0xc00, 0xc01, 0xc02};
    return word & 0xfffff | numbers[random.nextInt(numbers.length)] << 20;
  }

  /** Memory with the program in it. */
  AddressSpace memory() {
    AddressSpace memory = new AddressSpace(Frames.unlimited());
    int prot = writesCode ? Prot.READ_WRITE | Prot.EXEC : Prot.READ_EXEC;
    memory.map(
        new Area(CODE, CODE + CODE_SIZE, prot, false, PageStore.sealed(code).backing(1), 0, ""));
    memory.map(new Area(DATA, DATA + DATA_SIZE, Prot.READ_WRITE, false, null, 0, ""));
    memory.map(new Area(DATA + DATA_SIZE, DATA + DATA_SIZE + 4096, Prot.READ, false, null, 0, ""));
    return memory;
  }

  /** A hart that is about to begin. */
  Hart hart(long seed) {
    Random values = new Random(seed);
    Hart hart = new Hart();
    for (int i = 1; i < 32; i++) {
      hart.setX(i, values.nextLong() >> values.nextInt(64));
      hart.setF(
          i,
          values.nextInt(3) == 0
              ? 0xffffffff_00000000L | Float.floatToRawIntBits(values.nextFloat() - 0.5f)
              : Double.doubleToRawLongBits(values.nextGaussian()));
    }
    for (int pointer : POINTERS) {
      long end = DATA + 4096L * (1 + values.nextInt(DATA_SIZE / 4096)); // Where spans cross.
      hart.setX(
          pointer,
          values.nextBoolean()
              ? end - 8L * values.nextInt(16)
              : DATA + 8L * values.nextInt(DATA_SIZE / 8));
    }
    if (writesCode) {
      hart.setX(POINTERS[0], CODE + 4L * values.nextInt(CODE_SIZE / 4));
    }
    for (int i = 20; i < 24; i++) {
      hart.setX(i, CODE + 4L * values.nextInt(CODE_SIZE / 4));
    }
    hart.setPc(CODE + 2L * values.nextInt(CODE_SIZE / 2));
    return hart;
  }
}
