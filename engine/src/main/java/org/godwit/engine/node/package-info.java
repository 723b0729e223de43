/**
 * One machine of the cluster: CPUs, kernel, files, its parts in migration and balancing, and the
 * loop that carries it through a stretch of virtual time. A node is an island: one thread at a
 * time, no mutable object shared with another (design rule 1).
 */
package org.godwit.engine.node;
