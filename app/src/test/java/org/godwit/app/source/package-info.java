/** Tests of sources and their builds. */
package org.godwit.app.source;
