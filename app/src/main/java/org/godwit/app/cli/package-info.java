/**
 * The command line {@code godwit}: what other tools call, so its words, columns, JSON and exit
 * codes are kept stable. Our own lines begin with {@code godwit: }, user errors end with status 2
 * and no stack trace. Never loads JavaFX, except to open the workbench. Called by {@code Main}
 * only.
 */
package org.godwit.app.cli;
