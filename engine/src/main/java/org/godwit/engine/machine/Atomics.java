package org.godwit.engine.machine;

import org.godwit.engine.isa.Decoded;
import org.godwit.engine.isa.Op;
import org.godwit.engine.memory.AddressSpace;

/**
 * The A extension. Harts that share memory run one at a time, so a read and a write in a row are
 * atomic. SC succeeds if the address is the reserved one and the memory still holds the value that
 * LR saw (decision 35): weaker than hardware in theory (ABA), the same in every engine.
 */
final class Atomics {
  private Atomics() {}

  static Stop execute(Hart hart, AddressSpace memory, long[] x, Op op, long d) {
    long address = x[Decoded.rs1(d)];
    int size = isWord(op) ? 4 : 8;
    if ((address & size - 1) != 0) {
      return hart.stopMisaligned(address);
    }
    int rd = Decoded.rd(d);
    long operand = x[Decoded.rs2(d)];
    switch (op) {
      case LR_W, LR_D -> x[rd] = loadReserved(hart, memory, address, size);
      case SC_W, SC_D -> x[rd] = storeConditional(hart, memory, address, operand, size);
      default -> {
        memory.check(
            address, size, true); // A read-only page is a store fault, even for the load half.
        long old = load(memory, address, size);
        memory.storeSlow(address, combine(op, old, operand), size);
        x[rd] = old;
      }
    }
    return null;
  }

  private static boolean isWord(Op op) {
    return op.mnemonic().endsWith(".w");
  }

  private static long load(AddressSpace memory, long address, int size) {
    return size == 4 ? memory.load32(address) : memory.load64(address);
  }

  private static long loadReserved(Hart hart, AddressSpace memory, long address, int size) {
    long value = load(memory, address, size);
    hart.reservedAddress = address;
    hart.reservedValue = value;
    return value;
  }

  /** 0 if the store happened, 1 if not; the reservation is gone either way. */
  private static long storeConditional(
      Hart hart, AddressSpace memory, long address, long value, int size) {
    memory.check(address, size, true);
    boolean held =
        hart.reservedAddress == address && hart.reservedValue == load(memory, address, size);
    if (held) {
      memory.storeSlow(address, value, size);
    }
    hart.clearReservation();
    return held ? 0 : 1;
  }

  /** The value that an AMO stores; operands of word rows are sign-extended here. */
  private static long combine(Op op, long old, long operand) {
    return switch (op) {
      case AMOSWAP_W, AMOSWAP_D -> operand;
      case AMOADD_W, AMOADD_D -> old + operand;
      case AMOXOR_W, AMOXOR_D -> old ^ operand;
      case AMOAND_W, AMOAND_D -> old & operand;
      case AMOOR_W, AMOOR_D -> old | operand;
      case AMOMIN_W -> Math.min((int) old, (int) operand);
      case AMOMIN_D -> Math.min(old, operand);
      case AMOMAX_W -> Math.max((int) old, (int) operand);
      case AMOMAX_D -> Math.max(old, operand);
      case AMOMINU_W -> Integer.compareUnsigned((int) old, (int) operand) < 0 ? old : operand;
      case AMOMINU_D -> Long.compareUnsigned(old, operand) < 0 ? old : operand;
      case AMOMAXU_W -> Integer.compareUnsigned((int) old, (int) operand) > 0 ? old : operand;
      case AMOMAXU_D -> Long.compareUnsigned(old, operand) > 0 ? old : operand;
      default -> throw new IllegalStateException("not an atomic operation: " + op);
    };
  }
}
