/**
 * Sockets of one node, and what they say to those of other nodes: reliable streams with credit, and
 * datagrams, over a port that loses what a cut link loses. Local connections take the same path
 * without the port. Knows no files and no descriptors; {@code kernel.file} wraps sockets into open
 * files. Not thread safe: used by the one thread that advances the island.
 */
package org.godwit.engine.kernel.net;
