package org.godwit.engine.session;

/**
 * A program as a session used it.
 *
 * @param name its name in launches
 * @param sha256 hash of the bytes, lower-case hexadecimal
 * @param bytes the ELF
 */
public record ProgramImage(String name, String sha256, byte[] bytes) {}
