package org.godwit.engine.house.planted.session;

import org.godwit.engine.house.planted.kernel.Kernel;

/** An arrow that is allowed. */
public record Downward(Kernel kernel) {}
