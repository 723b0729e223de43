/** Planted where no row names it. */
package org.godwit.engine.house.planted.stray;
