package org.godwit.engine.house.planted.memory;

import org.godwit.engine.house.planted.kernel.Kernel;

/** Breaks the arrow from memory upwards. */
public record Upward(Kernel kernel) {}
