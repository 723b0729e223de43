package org.godwit.engine.house.planted.kernel;

/** A target for arrows, wrong and right. */
public record Kernel() {}
