/**
 * Guest programs under the whole engine: on one node against what another implementation did, moved
 * again and again, cut off in the middle of a move, and misbehaving. Tests only; reads the programs
 * from the folder of the module {@code resources}.
 */
package org.godwit.engine.guests;
