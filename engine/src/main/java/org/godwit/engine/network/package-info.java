/**
 * Links between islands and the frames on them. A frame is stamped with its departure by the
 * sender; at a window's end one thread gives each its arrival (decision 5). Knows nothing of what
 * frames carry beyond their size.
 */
package org.godwit.engine.network;
