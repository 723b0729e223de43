package org.godwit.engine.elf;

/**
 * A named place of a program.
 *
 * @param size in bytes; 0 if the file does not say
 */
public record Symbol(String name, long address, long size) {}
