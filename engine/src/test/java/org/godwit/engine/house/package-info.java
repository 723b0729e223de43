/**
 * The rules of the house as tests: which package may use which, and what model and engine must
 * never touch. They read class files and run nothing. Each rule is tried on planted offenders, so
 * that a rule which has stopped seeing anything fails.
 */
package org.godwit.engine.house;
