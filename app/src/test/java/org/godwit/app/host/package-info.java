/** Tests of host files and folders, in temporary folders. */
package org.godwit.app.host;
