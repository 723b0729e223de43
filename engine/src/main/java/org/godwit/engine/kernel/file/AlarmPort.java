package org.godwit.engine.kernel.file;

/** Lets files have things done at an instant of virtual time. */
@FunctionalInterface
public interface AlarmPort {
  /** Has {@code what} done at {@code nanos}; what is returned prevents it. */
  Runnable at(long nanos, Runnable what);
}
