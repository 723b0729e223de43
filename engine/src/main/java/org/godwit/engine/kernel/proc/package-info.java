/**
 * The frame for files whose content is made when someone looks: what the kernel hangs below {@code
 * /proc} are implementations of these interfaces. Knows neither processes nor the file tree; the
 * tree in {@code kernel.file} walks them, the kernel implements them.
 */
package org.godwit.engine.kernel.proc;
