/**
 * The cluster: its nodes and links, the window loop that carries all islands through virtual time
 * (design rule 2), the commands that change it, and the pictures that are made of it.
 */
package org.godwit.engine.cluster;
