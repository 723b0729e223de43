/**
 * Drawings of a recording that need no window: the cluster at an instant, charts of load, and the
 * timeline, each drawn once through {@link org.godwit.app.report.Ink} and so the same as SVG, PNG
 * and frames of a GIF; and the HTML report that holds them. Any thread; no JavaFX toolkit.
 */
package org.godwit.app.report;
