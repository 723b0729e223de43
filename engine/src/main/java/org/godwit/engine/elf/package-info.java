/**
 * Programs: reads and checks a static RV64 ELF, maps it into an address space and builds the
 * initial stack.
 *
 * <p>Errors in a file are values ({@link org.godwit.engine.elf.ElfProblem}), never exceptions.
 * Knows nothing of processes or files. Images are immutable and may be shared by all nodes. Used by
 * {@code kernel}.
 *
 * <p>Sources: System V ABI (gABI 4.1) chapters 4 and 5; RISC-V ELF psABI 1.0; Linux fs/binfmt_elf.c
 * for what the stack holds.
 */
package org.godwit.engine.elf;
