package org.godwit.engine.isa;

/** Which field of the decoded form an operand fills. */
enum Role {
  RD,
  RS1,
  RS2,
  RS3,
  /** Destination and first source at once, as in {@code c.addi}. */
  RD_RS1,
  IMM,
  ROUNDING,
  /** Shown in text, without a meaning for execution (fence sets, ordering bits). */
  NONE
}
