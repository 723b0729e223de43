/** Offenders on which the rules prove that they can fail. */
package org.godwit.app.house.planted;
