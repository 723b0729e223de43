/**
 * The kernel of one node: processes as deputy and body, tasks, system calls, signals, shared
 * memory, futexes. It sends only through its {@link org.godwit.engine.kernel.Ports} and never
 * learns whether a process it serves is local or away beyond the one place that asks (design rule
 * 5). One thread at a time; shares no mutable object with another node's kernel.
 */
package org.godwit.engine.kernel;
