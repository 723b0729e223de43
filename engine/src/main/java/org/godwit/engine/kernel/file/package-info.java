/**
 * Files of one node: the tree of inodes, open file descriptions, descriptor tables, pipes,
 * consoles, and the handlers of all calls on descriptors, sockets included. Everything hangs off
 * {@link org.godwit.engine.kernel.file.NodeFiles}, one per node, and {@link
 * org.godwit.engine.kernel.file.FileContext}, one per process; {@link
 * org.godwit.engine.kernel.file.FileRows} lists the calls for the kernel's table.
 *
 * <p>Knows neither processes nor guest memory nor signals: handlers see a marshalled {@link
 * org.godwit.engine.kernel.call.Call}, answer an {@link org.godwit.engine.kernel.call.Outcome}, and
 * never wait. Time, randomness, space and consoles come through ports. Used by {@code kernel} only,
 * from the one thread that advances the node's island.
 */
package org.godwit.engine.kernel.file;
