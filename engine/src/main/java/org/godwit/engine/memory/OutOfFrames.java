package org.godwit.engine.memory;

/**
 * The node has no frame left for a page that is needed now. Nothing was changed; the kernel frees
 * memory (kills a process) and lets the access happen again. Without a stack trace: it is an event
 * of the guest's world.
 */
public final class OutOfFrames extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutOfFrames() {
    super("no free frame", null, false, false);
  }
}
