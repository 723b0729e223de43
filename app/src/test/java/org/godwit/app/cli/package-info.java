/** Tests of the command line, in this JVM, with the streams captured. */
package org.godwit.app.cli;
