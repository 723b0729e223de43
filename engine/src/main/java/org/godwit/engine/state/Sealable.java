package org.godwit.engine.state;

/** What may become immutable for ever, and from then on be shared between clusters. */
public interface Sealable {
  /** Whether it never changes again. */
  boolean sealed();
}
