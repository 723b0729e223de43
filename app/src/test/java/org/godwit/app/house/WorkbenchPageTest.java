package org.godwit.app.house;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** docs/workbench.md names a test, or a page, for each of its lines, and the tests exist. */
class WorkbenchPageTest {
  @Test
  void everyLineNamesTestsThatExist() throws IOException {
    NodesPageTest.check("workbench.md", 35);
  }
}
