/**
 * The cluster as a tree, the canvas's twin for keyboard and screen reader. A view-model that knows
 * no scene, and a view that binds to it; made by {@code org.godwit.app.panel} alone. FX thread.
 */
package org.godwit.app.panel.cluster;
