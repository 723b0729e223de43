/**
 * Files for nodes and on the host: the userland that every node carries, reading what a person
 * names, writing so that a failure leaves the old file, and copying a folder for a node's tree
 * (decision 25). Every failure is a problem that names the path. No JavaFX; used by the command
 * line and by the workbench.
 */
package org.godwit.app.host;
