/** Planted below the kernel, which it must not use. */
package org.godwit.engine.house.planted.memory;
