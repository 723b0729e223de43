/** Runs of an experiment: the jobs that arrive, one run to its end, and what it measured. */
package org.godwit.engine.session.experiment;
