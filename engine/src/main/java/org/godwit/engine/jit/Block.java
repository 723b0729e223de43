package org.godwit.engine.jit;

import org.godwit.engine.isa.Decoded;

/**
 * Straight code of a region with what follows it, and what {@link Analysis} found out. Sets of
 * registers are bit masks: bit n is xn, bit 32 + n is fn; x0 and the sink are in none.
 */
final class Block {
  /** How a block ends. */
  enum End {
    /** To {@link #target} if the condition holds, else to {@link #next}. */
    BRANCH,
    /** To {@link #target}; also where the code simply goes on. */
    JUMP,
    /** Calls {@link #target}, or the address in a register, and goes on at {@link #next}. */
    CALL,
    /** To the address in a register: a return, a jump table. */
    INDIRECT
  }

  /** Where it starts. */
  final long pc;

  /** Address of each instruction, the last of which is the transfer of control if there is one. */
  final long[] pcs;

  /** The instructions as {@link Decoded}. */
  final long[] code;

  final End end;

  /** Target of a direct transfer; {@link Explorer#NOWHERE} if it is in a register. */
  final long target;

  /** Where it goes on after a call or past a branch. */
  final long next;

  /** Known targets of an INDIRECT. */
  final long[] table;

  /** Whether the last instruction is the transfer of control. */
  final boolean explicit;

  /** Accesses that are tested together. */
  final Spans spans;

  // Found by Analysis.
  /** Whether a loop may come back here: the budget is tested. */
  boolean head;

  /** Most instructions from here to the next test of the budget. */
  int bound;

  /** Registers whose values the block, or what follows it, needs from before. */
  long live;

  Block(
      long pc,
      long[] pcs,
      long[] code,
      End end,
      boolean explicit,
      long target,
      long next,
      long[] table) {
    this.pc = pc;
    this.pcs = pcs;
    this.code = code;
    this.end = end;
    this.explicit = explicit;
    this.target = target;
    this.next = next;
    this.table = table;
    this.spans = Spans.of(this);
  }

  /** Instructions, the transfer included. */
  int count() {
    return code.length;
  }

  /** Instructions before the transfer. */
  int straight() {
    return explicit ? code.length - 1 : code.length;
  }

  /** The transfer of control. */
  long transfer() {
    return code[code.length - 1];
  }

  /** Address behind the transfer. */
  long behind() {
    return pcs[pcs.length - 1] + Decoded.length(transfer());
  }
}
