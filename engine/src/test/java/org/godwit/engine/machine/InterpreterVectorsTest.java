package org.godwit.engine.machine;

/** The reference engine against foreign truth. */
class InterpreterVectorsTest extends InstructionVectors {
  @Override
  Machine machine() {
    return new Interpreter();
  }
}
