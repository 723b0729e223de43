/** Planted on top; may use all below. */
package org.godwit.engine.house.planted.session;
