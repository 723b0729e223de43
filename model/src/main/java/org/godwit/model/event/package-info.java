/** What happened, as data: the lines of a session's event log. */
package org.godwit.model.event;
