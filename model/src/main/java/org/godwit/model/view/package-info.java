/** Immutable pictures of a cluster at one instant, made for panels, tables and exports. */
package org.godwit.model.view;
