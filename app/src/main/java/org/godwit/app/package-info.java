/**
 * Where the program starts: the command line, and the choice between it and the workbench.
 *
 * <p>Pacing, host files, the engine thread and every sentence that a person reads live in this
 * module; the rules of a cluster do not. Nobody calls it but the launcher.
 */
package org.godwit.app;
