/**
 * Experiments: a grid of runs in worker processes, a log that can be taken up again, and what the
 * runs say together as tables and as a page.
 */
package org.godwit.app.experiment;
