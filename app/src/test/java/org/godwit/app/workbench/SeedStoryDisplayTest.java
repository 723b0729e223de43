package org.godwit.app.workbench;

import org.junit.jupiter.api.Tag;

/** The seed's story on a real display: the same gestures through GTK and the X server's pointer. */
@Tag("window")
class SeedStoryDisplayTest extends SeedStoryTest {}
