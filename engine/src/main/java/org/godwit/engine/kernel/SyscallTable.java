package org.godwit.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.kernel.file.FileRow;
import org.godwit.engine.kernel.file.FileRows;

/**
 * All system calls that this kernel knows, by number. Unknown ones answer ENOSYS and are reported
 * with their name, which is known for all of riscv64's common calls. Immutable once made; shared by
 * all nodes.
 */
public final class SyscallTable {
  private final TreeMap<Integer, Syscall> rows = new TreeMap<>();

  /** The table of every call on board. */
  public SyscallTable() {
    for (FileRow row : FileRows.all()) {
      add(Syscall.of(row));
    }
    List.of(
            ProcessCalls.rows(),
            MemoryCalls.rows(),
            MemoryLockCalls.rows(),
            SharedMemory.rows(),
            IpcCalls.rows(),
            SchedulingCalls.rows(),
            SignalCalls.rows(),
            TimeCalls.rows(),
            TimerCalls.rows(),
            WaitCalls.rows(),
            JobCalls.rows(),
            CredentialCalls.rows(),
            IdentityCalls.rows(),
            LimitCalls.rows(),
            PriorityCalls.rows(),
            PrctlCalls.rows(),
            RefusedCalls.rows(),
            MountCalls.rows())
        .forEach(group -> group.forEach(this::add));
  }

  private void add(Syscall row) {
    if (rows.putIfAbsent(row.number(), row) != null) {
      throw new IllegalStateException("two rows for system call " + row.number());
    }
  }

  /** The row of a number, or null. */
  Syscall row(int number) {
    return rows.get(number);
  }

  /** All rows by number. */
  public List<Syscall> rows() {
    return new ArrayList<>(rows.values());
  }

  /** Name of a call, known or not. */
  public String name(int number) {
    Syscall row = rows.get(number);
    return row != null ? row.name() : SyscallNames.of(number);
  }
}
