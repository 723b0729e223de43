/**
 * Guided lessons: a question, a prediction, the run, checks and the explanation. A view-model that
 * knows no scene, and its view; made by {@code org.godwit.app.panel} alone. FX thread.
 */
package org.godwit.app.panel.lessons;
