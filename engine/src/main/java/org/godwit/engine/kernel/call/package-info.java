/**
 * What a system call is, apart from who makes it: argument kinds, the marshalled call, its outcome,
 * error numbers, and the channels that waiting calls wait on. Handlers see a {@link
 * org.godwit.engine.kernel.call.Call} and never guest memory (decision 11). Used by every kernel
 * package; uses none of them.
 */
package org.godwit.engine.kernel.call;
