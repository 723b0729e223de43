/**
 * Guest memory: pages, areas with permissions, copy-on-write, write epochs and what of it a
 * migration carries.
 *
 * <p>It knows nothing of instructions, processes or files: a file or a shared segment is a {@code
 * Backing} that hands out pages. An address space and its pages are used by one thread at a time,
 * the one that advances their node; only sealed pages (images of programs) are shared between
 * nodes. Used by {@code machine}, {@code jit}, {@code elf} and {@code kernel}.
 */
package org.godwit.engine.memory;
