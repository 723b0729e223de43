package org.godwit.engine.elf;

/**
 * Where a loaded program begins.
 *
 * @param entry first pc
 * @param stackPointer first value of sp, a multiple of 16, pointing at argc
 * @param heapStart initial brk
 */
public record Loaded(long entry, long stackPointer, long heapStart) {}
