/** Offenders on which the rules prove that they can fail. */
package org.godwit.engine.house.planted;
