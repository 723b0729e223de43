package org.godwit.app.house.planted;

import org.godwit.engine.session.Session;

/** A use of the engine that is allowed, so that a rule which forbids it has something to see. */
record SessionUser(Session session) {}
