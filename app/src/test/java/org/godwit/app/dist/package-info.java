/** Tests of what is handed out: the scripts of the distribution. */
package org.godwit.app.dist;
