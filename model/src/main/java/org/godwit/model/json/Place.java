package org.godwit.model.json;

import java.util.ArrayList;
import java.util.List;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;

/**
 * Where a value stands in its text: the first four arguments of every problem of this package.
 *
 * @param file name of the file as the user gave it
 * @param line from 1
 * @param column from 1, in UTF-16 units
 * @param path JSON path, e.g. {@code $.nodes[2].cpus}
 */
record Place(String file, int line, int column, String path) {
  /** The refusal {@code key} with this place's four arguments and then {@code more}. */
  ProblemException refuse(String key, Object... more) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(file);
    arguments.add(line);
    arguments.add(column);
    arguments.add(path);
    arguments.addAll(List.of(more));
    return new ProblemException(new Problem(key, arguments));
  }
}
