/**
 * Two sessions side by side: where they part and what led there, their processes at a moment, their
 * load and migrations. View-models and views; FX thread.
 */
package org.godwit.app.panel.compare;
