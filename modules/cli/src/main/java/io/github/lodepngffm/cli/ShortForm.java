package io.github.lodepngffm.cli;

/**
 * The command lines {@code INPUT} and {@code INPUT -o FILE}, in which there is nothing to parse.
 * They are the ones that are run in loops, once for each file; reading the declarations of all
 * options would be the longer part of such a run.
 *
 * @param input what to convert
 * @param output where to, or null
 */
record ShortForm(String input, String output) {

  /** The form that the arguments have; null if they must be parsed. */
  static ShortForm of(String[] arguments) {
    if (arguments.length == 1 && isPlain(arguments[0])) {
      return new ShortForm(arguments[0], null);
    }
    if (arguments.length != 3) {
      return null;
    }
    boolean inputFirst = arguments[1].equals("-o");
    if (!inputFirst && !arguments[0].equals("-o")) {
      return null;
    }
    String input = arguments[inputFirst ? 0 : 2];
    String output = arguments[inputFirst ? 2 : 1];
    return isPlain(input) && isPlain(output) ? new ShortForm(input, output) : null;
  }

  private static boolean isPlain(String argument) {
    return argument.equals(Surroundings.STREAM) || !argument.isEmpty() && argument.charAt(0) != '-';
  }
}
