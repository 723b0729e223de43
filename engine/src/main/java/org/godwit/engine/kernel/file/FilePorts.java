package org.godwit.engine.kernel.file;

import java.util.function.Function;
import java.util.function.LongSupplier;
import org.godwit.engine.memory.Frames;
import org.godwit.engine.memory.PageStore;

/**
 * What a node's files need from outside.
 *
 * @param nanos virtual time, in nanoseconds
 * @param epochNanos what virtual time 0 is on the guest's calendar, in nanoseconds since 1970
 * @param frames the node's RAM, where content is charged (decision 27); none left is ENOSPC
 * @param entropy what /dev/urandom gives
 * @param images sealed contents by SHA-256, for reading back files that nobody has written to
 */
public record FilePorts(
    LongSupplier nanos,
    long epochNanos,
    Frames frames,
    Entropy entropy,
    Function<String, PageStore> images) {}
