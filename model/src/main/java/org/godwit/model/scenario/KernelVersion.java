package org.godwit.model.scenario;

/** Kernel profiles that differ in what a guest can see (HOWTO 12.2, pthread programs). */
public enum KernelVersion {
  /** Threads do not raise {@code clone_vm}; a move of a threaded program ends in SIGSEGV. */
  V2_4_16("2.4.16"),
  /** Threads raise {@code clone_vm} and stay. */
  V2_4_17("2.4.17"),
  /** The last stable series; behaves as 2.4.17 here. */
  V2_4_26("2.4.26");

  private final String text;

  KernelVersion(String text) {
    this.text = text;
  }

  /** As uname and scenario files show it. */
  public String text() {
    return text;
  }

  /** Whether sharing an address space raises {@code clone_vm}. */
  public boolean threadsStay() {
    return this != V2_4_16;
  }
}
