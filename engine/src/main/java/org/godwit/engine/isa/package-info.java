/**
 * The RISC-V table: one row per instruction, and what follows from it alone (decoder, disassembler,
 * assembler).
 *
 * <p>It knows encodings, never meanings: registers, memory and arithmetic live in {@code machine}.
 * It depends on nothing. Everything here is immutable after class loading and may be used by any
 * thread. Used by {@code machine}, {@code jit} and by views that show code.
 */
package org.godwit.engine.isa;
