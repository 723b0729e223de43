package org.godwit.app.launch;

import java.util.List;
import java.util.stream.Stream;
import org.godwit.app.host.PolicyFolder;
import org.godwit.app.workbench.WorkbenchStart;
import org.godwit.engine.session.Session;

/**
 * The policies on board and then the user's own.
 *
 * @param folder where those are
 * @param fixed whether the command line has named it, so that no setting changes it
 */
record OwnPolicies(PolicyFolder folder, boolean fixed) implements WorkbenchStart.PolicyShelf {
  @Override
  public List<String> names() {
    return Stream.concat(Session.policies().stream(), folder.names().stream()).toList();
  }

  @Override
  public void lookIn(String other) {
    if (!fixed) {
      folder.lookIn(other);
    }
  }
}
