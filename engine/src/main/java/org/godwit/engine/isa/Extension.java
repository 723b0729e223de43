package org.godwit.engine.isa;

/** The parts of RV64GC that rows of the table belong to (RISC-V Unprivileged ISA, 20191213). */
public enum Extension {
  I,
  M,
  A,
  F,
  D,
  C,
  ZICSR,
  ZIFENCEI
}
