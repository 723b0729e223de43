/**
 * Translated regions: hot guest code as methods of the host's virtual machine.
 *
 * <p>{@link org.godwit.engine.jit.Translator} is the other {@link
 * org.godwit.engine.machine.Machine}: it interprets until a place is hot, lets a {@link
 * org.godwit.engine.jit.Background} translate the code around it, and runs that from then on. It
 * agrees with the interpreter to the instruction, so when a region becomes ready changes nothing
 * that a guest, an event or a hash can see.
 *
 * <p>On the way from an address to a region: {@code Explorer} finds the blocks, {@code Analysis}
 * what each needs and leaves, {@code Emitter} and {@code Rows} write bytecode, {@link
 * org.godwit.engine.jit.Regions} keeps what all processes share. Used by {@code node}. A translator
 * and its regions serve all threads; what belongs to one address space is in its {@code Context}.
 */
package org.godwit.engine.jit;
