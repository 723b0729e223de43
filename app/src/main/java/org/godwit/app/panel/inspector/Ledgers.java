package org.godwit.app.panel.inspector;

import java.util.List;
import java.util.function.Consumer;
import org.godwit.model.ProcessId;
import org.godwit.model.view.LedgerRow;

/** Asks for the system calls of a process, between two windows of virtual time. */
@FunctionalInterface
public interface Ledgers {
  /** Asks; {@code then} gets the rows later on the FX thread, none if nothing is known. */
  void ask(ProcessId process, Consumer<List<LedgerRow>> then);
}
