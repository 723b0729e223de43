/**
 * A hart: registers, the meaning of instructions, and the interpreter that is the reference for
 * every other engine.
 *
 * <p>{@link org.godwit.engine.machine.Machine} is the one seam: what runs a hart, interpreted or
 * translated. Nothing here knows processes, system calls or time; a system call is a {@link
 * org.godwit.engine.machine.Stop} that the kernel handles. A hart and its memory are used by one
 * thread at a time; the engines themselves have no state. Used by {@code jit} and {@code kernel}.
 */
package org.godwit.engine.machine;
