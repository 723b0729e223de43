/**
 * Puts the workbench together from scenarios, programs, panels and settings, and opens it. The only
 * place that the command line enters to get a window; loading it loads JavaFX.
 */
package org.godwit.app.launch;
