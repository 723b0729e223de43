package org.godwit.model.command;

import org.godwit.model.ProcessId;

/** How a command names a process: by identity, or as the n-th process of a launch. */
public sealed interface ProcessRef {
  /** A process by its identity. */
  record ById(ProcessId id) implements ProcessRef {}

  /**
   * A process that a launch command started.
   *
   * @param launch the launch's id
   * @param index 0 for its first process
   */
  record ByLaunch(String launch, int index) implements ProcessRef {}
}
