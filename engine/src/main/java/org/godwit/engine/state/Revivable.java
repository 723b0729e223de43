package org.godwit.engine.state;

/** What has fields that a {@link GraphCopy} leaves out because they are caches or threads. */
public interface Revivable {
  /** Sets the transient fields of a copy that is to run; all else is as it should be. */
  void revive();
}
