/**
 * The process table over the whole cluster. A view-model that knows no scene, and a view that binds
 * to it; made by {@code org.godwit.app.panel} alone. FX thread.
 */
package org.godwit.app.panel.processes;
