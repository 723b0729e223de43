/**
 * Messages that the window keeps for the user: the list behind toasts and the Notifications panel.
 */
package org.godwit.app.notice;
