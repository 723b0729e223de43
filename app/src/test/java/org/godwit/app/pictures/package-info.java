/** The set of pictures of the window that people look through after a change. Not tests. */
package org.godwit.app.pictures;
