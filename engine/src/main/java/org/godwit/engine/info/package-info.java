/**
 * What nodes know of themselves and of each other: load figures, one gossip message a second, a
 * small ageing window of beliefs, and who is still alive (reference sections 5.1 and 5.4).
 */
package org.godwit.engine.info;
