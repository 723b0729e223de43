package org.godwit.engine.elf;

/** What comes of looking at a file: an image that can be loaded, or why not. */
public sealed interface ElfResult permits ElfImage, ElfProblem {}
