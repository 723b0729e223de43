/** Planted in the middle; breaks no rule. */
package org.godwit.engine.house.planted.kernel;
