/**
 * The inspector of the selected process or node, and the verdict "Why?". A view-model that knows no
 * scene, and a view that binds to it; made by {@code org.godwit.app.panel} alone. FX thread.
 */
package org.godwit.app.panel.inspector;
